import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {compareKeys, TAIL_LINES} from '../../src/model/display-line.ts';
import type {DisplayLine, LineKey} from '../../src/model/display-line.ts';
import {Tail} from '../../src/state/tail.ts';

const line = (key: LineKey, kind: DisplayLine['kind'] = 'record'): DisplayLine => ({
  key, kind, generation: 1, line: key[0], atMs: 0, ownTime: false,
  level: 'none', failure: null, message: kind, fields: [],
});
const tailOf = (...pushes: (readonly DisplayLine[])[]): Tail => {
  const tail = new Tail();
  for (const lines of pushes) tail.push(lines);
  return tail;
};
const keysOf = (tail: Tail): readonly LineKey[] => tail.lines().map(({key}) => key);

/** The newest lines of all, judged ones for undecided ones of the same key. */
const model = (lines: readonly DisplayLine[]): DisplayLine[] => {
  const byKey = new Map<string, DisplayLine>();
  for (const one of lines) {
    const key = String(one.key);
    const known = byKey.get(key);
    if (known === undefined || (known.kind === 'undecided' && one.kind !== 'undecided')) byKey.set(key, one);
  }
  return [...byKey.values()].toSorted((a, b) => compareKeys(a.key, b.key)).slice(-TAIL_LINES);
};

const keyArbitrary = fc.tuple(fc.integer({min: 1, max: 120}), fc.nat(2));
const lineArbitrary = fc
  .tuple(keyArbitrary, fc.constantFrom('undecided', 'judged' as const))
  .map(([key, state]) => line(key, state === 'undecided' ? state : key[1] === 0 ? 'record' : 'stderr'));

describe('Tail', () => {
  it('holds the newest lines in order of arrival, in whatever order and portions they come', () => {
    fc.assert(
      fc.property(fc.array(fc.array(lineArbitrary, {size: 'max', maxLength: 100}), {maxLength: 8}), pushes => {
        expect(tailOf(...pushes).lines()).toEqual(model(pushes.flat()));
      }),
      {numRuns: 300},
    );
  });

  it('puts stdout lines that were parsed later before the stderr lines that overtook them', () => {
    const overtaking = [line([3, 1], 'stderr'), line([3, 2], 'stderr')];
    const tail = tailOf([line([1, 0])], overtaking, [line([2, 0]), line([3, 0]), line([4, 0])]);
    expect(keysOf(tail)).toEqual([[1, 0], [2, 0], [3, 0], [3, 1], [3, 2], [4, 0]]);
  });

  it('replaces an undecided line by its judged form and never the other way round', () => {
    const judged = line([1, 0], 'failure');
    const tail = tailOf([line([1, 0], 'undecided'), line([2, 0], 'undecided')], [judged], [line([1, 0], 'undecided')]);
    expect(tail.lines()).toEqual([judged, line([2, 0], 'undecided')]);
  });

  it('forgets lines that come too late to be among the newest', () => {
    const tail = tailOf(Array.from({length: TAIL_LINES}, (_, index) => line([index + 10, 0])));
    const before = tail.lines();
    tail.push([line([5, 0])]);
    expect(tail.lines()).toBe(before);
  });

  it('hands out the same array while nothing changes, and never changes one it has handed out', () => {
    const tail = tailOf([line([1, 0], 'undecided')]);
    const before = tail.lines();
    tail.push([]);
    tail.push([line([1, 0], 'undecided')]);
    expect(tail.lines()).toBe(before);
    tail.push([line([1, 0]), line([2, 0])]);
    expect(before).toEqual([line([1, 0], 'undecided')]);
    expect(tail.lines()).not.toBe(before);
  });
});
