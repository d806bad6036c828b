import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {compareKeys} from '../../src/model/display-line.ts';
import type {LineKey} from '../../src/model/display-line.ts';
import type {HistoryPiece} from '../../src/model/task.ts';
import {keyAt, linesAbove, linesBelow} from '../../src/state/history-piece.ts';
import {pieceOf} from '../support/piece.ts';

const pieceArbitrary: fc.Arbitrary<HistoryPiece> = fc
  .record({
    stream: fc.constantFrom('stdout', 'stderr' as const),
    ordinal: fc.nat(9),
    sub: fc.nat(5),
    lines: fc.integer({min: 1, max: 6}),
  })
  .map(({lines, ...place}) => pieceOf(lines, 1, {...place, sub: place.stream === 'stdout' ? 0 : place.sub}));
const keyArbitrary: fc.Arbitrary<LineKey> = fc.tuple(fc.nat(16), fc.nat(12));

describe('keys of a piece', () => {
  it('count the stdout lines up in the first number, the stderr lines in the second', () => {
    expect(keyAt(pieceOf(3, 1, {ordinal: 7}), 2)).toEqual([9, 0]);
    expect(keyAt(pieceOf(3, 1, {stream: 'stderr', ordinal: 7, sub: 4}), 2)).toEqual([7, 6]);
  });

  it('tell how many lines are below and above another, as counting them does', () => {
    fc.assert(
      fc.property(pieceArbitrary, keyArbitrary, (piece, key) => {
        const orders = Array.from({length: piece.lines}, (_, index) => compareKeys(keyAt(piece, index), key));
        expect(linesBelow(piece, key)).toBe(orders.filter(order => order < 0).length);
        expect(linesAbove(piece, key)).toBe(orders.filter(order => order > 0).length);
      }),
      {numRuns: 1000},
    );
  });
});
