import {describe, expect, it} from 'vitest';
import {fitParts, joinParts, part, span, spread} from '../../src/ui/row.ts';
import {asciiOf, keyLabel, lookFor} from '../../src/ui/look.ts';
import {PLAIN_LOOK, plain} from '../support/scene.ts';

const PARTS = [part(2, span('two')), part(1, span('one')), part(3, span('three'))];
const kept = (width: number): string =>
  joinParts(fitParts(PARTS, width, 1), span(' '))
    .map(({text}) => text)
    .join('');

describe('parts of a row', () => {
  it.each([
    [13, 'two one three'],
    [12, 'two one'],
    [7, 'two one'],
    [6, 'one'],
    [3, 'one'],
    [2, ''],
  ])('in %i columns: %j', (width, text) => {
    expect(kept(width)).toBe(text);
  });
});

describe('the two ends of a row', () => {
  it.each([
    [12, 'left   right'],
    [10, 'left right'],
    [9, 'leftright'],
    [8, 'le…right'],
    [5, 'right'],
    [4, 'rig…'],
  ])('in %i columns: %j', (width, text) => {
    expect(plain(spread([span('left')], [span('right')], width, PLAIN_LOOK))).toBe(text);
  });
});

describe('a terminal that has nothing but ASCII', () => {
  const look = lookFor({LANG: 'C'}, true);

  it('gets signs of ours by their likes and everything else as question marks', () => {
    expect(asciiOf('stopping… 3 · 日🚀')).toBe('stopping~ 3 - ??');
    expect(asciiOf('plain')).toBe('plain');
  });

  it('gets the names of keys', () => {
    expect(keyLabel('⏎', look)).toBe('Enter');
    expect(keyLabel('⏎', PLAIN_LOOK)).toBe('⏎');
  });
});
