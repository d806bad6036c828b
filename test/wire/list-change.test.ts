import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {changedList, orderedChange, shortChange, windowChange, type ListChange} from '../../src/wire/list-change.ts';

type Item = {readonly key: number; readonly text: string};
const items = (text: string): Item[] => text.split('').map((letter, index) => ({key: index, text: letter}));
const byKey = (a: Item, b: Item): number => a.key - b.key;
const added = (change: ListChange<unknown> | null): number =>
  (change ?? []).reduce((sum, piece) => sum + ('add' in piece ? piece.add.length : 0), 0);

describe('lists in an order', () => {
  const old = items('abcdef');

  test.each<[string, readonly Item[], number]>([
    ['a window that has moved on', [...old.slice(2), {key: 6, text: 'g'}], 1],
    ['one put in between', [...old.slice(0, 3), {key: 2.5, text: 'x'}, ...old.slice(3)], 1],
    ['one replaced', old.with(2, {key: 2, text: 'C'}), 1],
    ['all gone', [], 0],
    ['all new', items('uvwxyz'), 6],
  ])('%s', (_what, next, expected) => {
    const change = orderedChange(old, structuredClone(next), byKey)!;
    expect(added(change)).toBe(expected);
    expect(changedList(old, change)).toEqual(next);
  });

  test('no change is null', () => {
    expect(orderedChange(old, structuredClone(old), byKey)).toBeNull();
    expect(orderedChange([], [], byKey)).toBeNull();
  });

  test('what is kept are the same objects', () => {
    const next = changedList(old, orderedChange(old, structuredClone(old.slice(3)), byKey)!);
    expect(next[0]).toBe(old[3]);
  });
});

test('short lists keep what has moved', () => {
  const [a, b, c] = items('abc') as [Item, Item, Item];
  expect(added(shortChange([a, b, c], [c, {key: 9, text: 'z'}, a, b]))).toBe(1);
  expect(shortChange([a, b], [a, b])).toBeNull();
});

describe('windows over numbers', () => {
  test.each<[string, number[], number[], number]>([
    ['the running second', [1, 2, 3], [1, 2, 4], 1],
    ['the next second', [1, 2, 3], [1, 2, 3, 0], 1],
    ['a full window moved on', [1, 2, 3, 4], [2, 3, 4, 5], 1],
    ['moved on, and the running second had grown', [1, 2, 3, 4], [2, 3, 9, 5], 2],
    ['nothing in common', [1, 2], [8, 9], 2],
  ])('%s', (_what, previous, next, expected) => {
    const change = windowChange(previous, next)!;
    expect(added(change)).toBe(expected);
    expect(changedList(previous, change)).toEqual(next);
  });

  test('the law: the change of any two makes the second', () => {
    const numbers = fc.array(fc.nat(2), {maxLength: 60});
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const change = windowChange(a, b);
        expect(change === null ? a : changedList(a, change)).toEqual(b);
      }),
    );
  });
});
