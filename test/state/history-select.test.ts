import {describe, expect, it} from 'vitest';
import type {LineKey} from '../../src/model/display-line.ts';
import type {HistoryPiece} from '../../src/model/task.ts';
import {History} from '../../src/state/history.ts';
import {MAX_SELECTED_BYTES} from '../../src/state/history-select.ts';
import {following, pieceOf} from '../support/piece.ts';

const MIB = 1024 * 1024;
const large = (index: number): HistoryPiece =>
  pieceOf(1024, 1024, {ordinal: 1 + 1024 * index, firstLine: 1 + 1024 * index});
const error = (key: LineKey): HistoryPiece => pieceOf(1, 100, {stream: 'stderr', ordinal: key[0], sub: key[1]});
const historyOf = (...pieces: HistoryPiece[]): History => {
  const history = new History(Infinity);
  for (const piece of pieces) history.add(piece);
  return history;
};
const ordinals = (pieces: readonly HistoryPiece[]): number[] => pieces.map(({ordinal}) => ordinal);
const everything = {after: null, before: null, count: 1_000_000};

describe('select', () => {
  const ten = Array.from({length: 10}, (_, index) => large(index));

  it('hands out 4 MiB at the most, from the wanted end, and says that there is more', () => {
    const last = historyOf(...ten).select({...everything, keep: 'last'});
    expect(ordinals(last.pieces)).toEqual(ordinals(ten.slice(6)));
    expect(last).toMatchObject({after: [6 * 1024, 0], before: null, atStart: false, atEnd: true});
    const first = historyOf(...ten).select({...everything, keep: 'first'});
    expect(ordinals(first.pieces)).toEqual(ordinals(ten.slice(0, 4)));
    expect(first).toMatchObject({after: null, before: [4 * 1024 + 1, 0], atStart: true, atEnd: false});
  });

  it('narrows the window to what is complete when a stream was cut short', () => {
    // The line on stderr belongs into the first of four MiB, but did not fit any more.
    const stderr = pieceOf(1, MIB, {stream: 'stderr', ordinal: 500, sub: 1});
    const selection = historyOf(...ten.slice(0, 4), stderr).select({...everything, keep: 'last'});
    expect(selection.pieces).toHaveLength(4);
    expect(selection.after).toEqual([500, 1]);
    expect(selection.atStart).toBe(false);
  });

  it('hands out one piece whatever its size', () => {
    const huge = pieceOf(1, MAX_SELECTED_BYTES + 1);
    expect(historyOf(huge).select({...everything, count: 1, keep: 'last'}).pieces).toHaveLength(1);
  });

  it('counts verdicts like bytes', () => {
    const pieces = ten.map(piece => ({...piece, verdicts: new Uint8Array(MIB)}));
    expect(historyOf(...pieces).select({...everything, keep: 'last'}).pieces).toHaveLength(2);
  });

  it('takes only the pieces that the count needs, stderr lines between them included', () => {
    const history = historyOf(...ten, error([9000, 1]), error([10_000, 1]));
    const {pieces} = history.select({...everything, count: 300, keep: 'last'});
    expect(pieces.map(({stream, ordinal}) => `${stream} ${ordinal}`)).toEqual(['stdout 9217', 'stderr 10000']);
  });

  it('pages through everything without a gap, back and forth', () => {
    const errors = [error([0, 1]), error([3, 1]), error([3, 2])];
    const history = historyOf(...errors, pieceOf(5, 10), pieceOf(2, 10, {ordinal: 6, firstLine: 6}));
    const keys: LineKey[] = [[0, 1], [1, 0], [2, 0], [3, 0], [3, 1], [3, 2], [4, 0], [5, 0], [6, 0], [7, 0]];
    for (const [index, key] of keys.entries()) {
      const older = history.select({after: null, before: key, count: 1, keep: 'last'});
      const newer = history.select({after: key, before: null, count: 1, keep: 'first'});
      expect([older.atStart, older.atEnd]).toEqual([index <= 1, false]);
      expect([newer.atStart, newer.atEnd]).toEqual([false, index >= keys.length - 2]);
      expect(older.pieces).toHaveLength(index === 0 ? 0 : 1);
      expect(newer.pieces).toHaveLength(index === keys.length - 1 ? 0 : 1);
    }
  });

  it('has nothing of an empty history', () => {
    expect(new History(1000).select({...everything, keep: 'last'})).toEqual({
      pieces: [], after: null, before: null, atStart: true, atEnd: true,
    });
  });

  it('shows generations one after the other', () => {
    const first = pieceOf(3, 10);
    const second = {...following(first, pieceOf(2, 10)), generation: 2, firstLine: 1, firstOffset: 0};
    const {pieces} = historyOf(first, second).select({...everything, keep: 'last'});
    expect(pieces.map(piece => piece.generation)).toEqual([1, 2]);
  });
});
