import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {compareKeys} from '../../src/model/display-line.ts';
import type {LineKey} from '../../src/model/display-line.ts';
import type {HistoryPiece} from '../../src/model/task.ts';
import {History} from '../../src/state/history.ts';
import type {WindowQuery} from '../../src/state/history-select.ts';
import {PIECE_OVERHEAD_BYTES} from '../../src/state/piece-stream.ts';
import {linesOf, scriptArbitrary} from '../support/history-script.ts';
import type {NaiveLine} from '../support/history-script.ts';

const ALL: WindowQuery = {after: null, before: null, count: Infinity, keep: 'last'};
const historyOf = (pieces: readonly HistoryPiece[]): History => {
  const history = new History(Infinity);
  for (const piece of pieces) history.add(piece);
  return history;
};
const sorted = (lines: readonly NaiveLine[]): NaiveLine[] => lines.toSorted((a, b) => compareKeys(a.key, b.key));
const inside = (lines: readonly NaiveLine[], after: LineKey | null, before: LineKey | null): NaiveLine[] =>
  lines.filter(
    ({key}) => (after === null || compareKeys(key, after) > 0) && (before === null || compareKeys(key, before) < 0),
  );
const keptEnd = (lines: readonly NaiveLine[], {count, keep}: WindowQuery): NaiveLine[] =>
  keep === 'first' ? lines.slice(0, count) : lines.slice(Math.max(0, lines.length - count));

const keyArbitrary: fc.Arbitrary<LineKey | null> = fc.option(fc.tuple(fc.nat(90), fc.nat(50)));
const queryArbitrary: fc.Arbitrary<WindowQuery> = fc.record({
  after: keyArbitrary,
  before: keyArbitrary,
  count: fc.integer({min: 1, max: 130}),
  keep: fc.constantFrom('first', 'last' as const),
});

describe('History', () => {
  it('selects the lines that a naive list of lines would, whatever was added', () => {
    fc.assert(
      fc.property(scriptArbitrary, queryArbitrary, ({pieces, lines}, query) => {
        const selection = historyOf(pieces).select(query);
        const wanted = keptEnd(inside(sorted(lines), query.after, query.before), query);
        const got = inside(sorted(linesOf(selection.pieces)), selection.after, selection.before);
        expect(keptEnd(got, query)).toEqual(wanted);
      }),
      {numRuns: 500},
    );
  });

  it('says whether the wanted lines are the oldest and the newest there are', () => {
    fc.assert(
      fc.property(scriptArbitrary, queryArbitrary, ({pieces, lines}, query) => {
        const selection = historyOf(pieces).select(query);
        const all = sorted(lines);
        const wanted = keptEnd(inside(all, query.after, query.before), query);
        const [first, last] = [wanted[0]?.key, wanted.at(-1)?.key];
        if (first === undefined || last === undefined) {
          const {after, before} = query;
          expect(selection.atStart).toBe(!all.some(({key}) => after !== null && compareKeys(key, after) <= 0));
          expect(selection.atEnd).toBe(!all.some(({key}) => before !== null && compareKeys(key, before) >= 0));
        } else {
          expect(selection.atStart).toBe(inside(all, null, first).length === 0);
          expect(selection.atEnd).toBe(inside(all, last, null).length === 0);
        }
      }),
      {numRuns: 500},
    );
  });

  it('takes no piece that the window does not need, and orders them by their first keys', () => {
    fc.assert(
      fc.property(scriptArbitrary, queryArbitrary, ({pieces}, query) => {
        const selection = historyOf(pieces).select(query);
        for (const piece of selection.pieces) {
          expect(inside(linesOf([piece]), query.after, query.before)).not.toEqual([]);
        }
        expect(selection.pieces.length).toBeLessThanOrEqual(query.count);
        const keys = selection.pieces.map(({ordinal, sub}): LineKey => [ordinal, sub]);
        expect(keys).toEqual(keys.toSorted(compareKeys));
      }),
    );
  });

  it('finds the piece of every line, and none for other keys', () => {
    fc.assert(
      fc.property(scriptArbitrary, fc.nat(90), fc.nat(50), ({pieces, lines}, ordinal, sub) => {
        const history = historyOf(pieces);
        for (const line of lines) {
          const piece = history.find(line.key);
          expect(piece === null ? [] : linesOf([piece])).toContainEqual(line);
        }
        const isThere = lines.some(({key}) => compareKeys(key, [ordinal, sub]) === 0);
        expect(history.find([ordinal, sub]) !== null).toBe(isThere);
      }),
      {numRuns: 50},
    );
  });

  it('keeps number, offset and verdict of every line through coalescing', () => {
    fc.assert(
      fc.property(scriptArbitrary, ({pieces}) => {
        const kept = historyOf(pieces).select(ALL).pieces;
        expect(kept.flatMap(factsOf).toSorted()).toEqual(pieces.flatMap(factsOf).toSorted());
      }),
      {numRuns: 200},
    );
  });

  it('stays within its capacity and gives up the oldest lines of each stream first', () => {
    fc.assert(
      fc.property(scriptArbitrary, fc.integer({min: 1, max: 200_000}), ({pieces, lines}, capacityBytes) => {
        const history = new History(capacityBytes);
        for (const piece of pieces) {
          history.add(piece);
          const kept = history.select(ALL).pieces;
          expect(history.heldBytes <= capacityBytes || kept.length === 1).toBe(true);
          const bytes = kept.reduce((sum, one) => sum + one.bytes.length + (one.verdicts?.length ?? 0), 0);
          expect(history.heldBytes).toBe(bytes + kept.length * PIECE_OVERHEAD_BYTES);
        }
        const kept = sorted(linesOf(history.select(ALL).pieces));
        for (const stream of ['stdout', 'stderr'] as const) {
          const ofStream = kept.filter(line => line.stream === stream);
          const newest = sorted(lines).filter(line => line.stream === stream).slice(-ofStream.length || Infinity);
          expect(ofStream).toEqual(newest);
        }
      }),
      {numRuns: 60},
    );
  });
});

/** What is known of each line of a piece: all that a page shows. */
const factsOf = (piece: HistoryPiece): string[] => {
  const verdicts = piece.verdicts === null ? [] : Buffer.from(piece.verdicts).toString().split('\n');
  let offset = piece.firstOffset;
  return linesOf([piece]).map(({stream, key, text}, index) => {
    const fact = `${stream} ${key.join('.')} #${piece.firstLine + index} @${offset} ${verdicts[index] ?? ''} ${text}`;
    offset += text.length + 1;
    return fact;
  });
};
