import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {DisplayLine} from '../../src/model/display-line.ts';
import {MAX_WINDOW_LINES, append, prepend, rowsFrom, select, settle, topForEnd} from '../../src/ui/line-window.ts';
import type {LineWindow} from '../../src/ui/line-window.ts';
import {randomOf, recordLine} from '../support/fake-lines.ts';

const line = (ordinal: number, generation = 1): DisplayLine =>
  recordLine({key: [ordinal, 0], line: ordinal, generation, atMs: ordinal}, 'text', randomOf(ordinal));
const lines = (from: number, to: number): DisplayLine[] =>
  Array.from({length: to - from + 1}, (_, i) => line(from + i));
const ordinals = (all: readonly DisplayLine[]): number[] => all.map(({key}) => key[0]);

const WINDOW: LineWindow = {lines: lines(10, 19), atStart: false, atEnd: false, selected: 5, top: 2};

describe('rows of a window', () => {
  it('has a divider between generations and none before the first line', () => {
    const two = [line(1, 1), line(2, 1), line(3, 2)];
    expect(rowsFrom(two, 0, 10)).toEqual([
      {kind: 'line', index: 0},
      {kind: 'line', index: 1},
      {kind: 'divider', generation: 2},
      {kind: 'line', index: 2},
    ]);
  });

  it('shows the last line on the bottom row, dividers counted', () => {
    const all = [...lines(1, 8), line(9, 2), line(10, 2)];
    const top = topForEnd(all, 5);
    expect(rowsFrom(all, top, 5)).toHaveLength(5);
    expect(rowsFrom(all, top, 5).at(-1)).toEqual({kind: 'line', index: 9});
  });

  it('always shows the selected line', () => {
    const generations = fc.array(fc.integer({min: 1, max: 3}), {minLength: 1, maxLength: 60});
    fc.assert(
      fc.property(generations, fc.nat(), fc.nat(), fc.integer({min: 2, max: 12}), (gens, top, index, height) => {
        const all = gens.toSorted((a, b) => a - b).map((generation, i) => line(i + 1, generation));
        const window = {lines: all, atStart: true, atEnd: true, selected: 0, top: top % all.length};
        const moved = select(window, index % all.length, height);
        const shown = rowsFrom(moved.lines, moved.top, height);
        expect(shown).toContainEqual({kind: 'line', index: moved.selected});
      }),
    );
  });
});

describe('growing a window', () => {
  it('keeps the same line selected and at the top when older ones come', () => {
    const grown = prepend(WINDOW, lines(4, 9), false);
    expect(ordinals(grown.lines).slice(0, 2)).toEqual([4, 5]);
    expect(grown.lines[grown.selected]).toBe(WINDOW.lines[WINDOW.selected]);
    expect(grown.lines[grown.top]).toBe(WINDOW.lines[WINDOW.top]);
  });

  it('takes lines that it has already only once', () => {
    expect(ordinals(prepend(WINDOW, lines(8, 12), false).lines)).toEqual(ordinals(lines(8, 19)));
    expect(ordinals(append(WINDOW, lines(17, 22), false).lines)).toEqual(ordinals(lines(10, 22)));
  });

  it('takes an answer that brings nothing for the end of history', () => {
    expect(prepend(WINDOW, [], false).atStart).toBe(true);
    expect(append(WINDOW, [], false).atEnd).toBe(true);
  });

  it('stays bounded and keeps what is on the screen', () => {
    let window: LineWindow = {...WINDOW, top: 9, selected: 9};
    for (let i = 2; i < 100; i++) {
      const shown = window.lines[window.selected];
      window = append(window, lines(i * 100, i * 100 + 99), false);
      expect(window.lines[window.selected]).toBe(shown);
      window = select(window, window.lines.length - 1, 20);
    }
    expect(window.lines.length).toBeLessThanOrEqual(MAX_WINDOW_LINES + 20);
    expect(window.atStart).toBe(false);
  });

  it('replaces an undecided line by its judged form', () => {
    const undecided: DisplayLine = {...line(12), kind: 'undecided'};
    const window = {...WINDOW, lines: [line(11), undecided]};
    expect(settle(window, [line(12)]).lines.map(({kind}) => kind)).toEqual(['record', 'record']);
    expect(settle(WINDOW, [line(12)])).toBe(WINDOW);
  });
});
