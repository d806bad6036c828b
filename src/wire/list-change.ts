import {isSame} from './same.ts';

/** A list made from an older one, piece by piece: either a range of it, `to` excluded, or new items. */
export type ListChange<T> = readonly (
  | {readonly keep: readonly [from: number, to: number]}
  | {readonly add: readonly T[]}
)[];

/** The list that a change makes; what is kept are the same objects. */
export const changedList = <T>(previous: readonly T[], change: ListChange<T>): readonly T[] =>
  change.flatMap(piece => ('keep' in piece ? previous.slice(...piece.keep) : piece.add));

/**
 * The change between two lists in one order, where items come, go and are replaced in place.
 *
 * @param compare Negative, zero or positive as `a` stands before, with or after `b`.
 * @returns null where nothing has changed. Right for lists in no order, too, only larger.
 */
export const orderedChange = <T>(
  previous: readonly T[],
  next: readonly T[],
  compare: (a: T, b: T) => number,
): ListChange<T> | null => {
  let at = 0;
  return changeOf(previous, next, item => {
    while (at < previous.length && compare(previous[at]!, item) < 0) at++;
    return at < previous.length && isSame(previous[at], item) ? at++ : null;
  });
};

/** The change between two short lists, where items move. */
export const shortChange = <T>(previous: readonly T[], next: readonly T[]): ListChange<T> | null =>
  changeOf(previous, next, item => {
    const at = previous.findIndex(old => isSame(old, item));
    return at < 0 ? null : at;
  });

/** The change of a window over a row of numbers that grows at its end: it moves on, and its last number changes. */
export const windowChange = (previous: readonly number[], next: readonly number[]): ListChange<number> | null => {
  let best = {from: 0, run: 0};
  for (let from = 0; from < Math.min(previous.length, MAX_SHIFT); from++) {
    const run = runOf(previous, next, from);
    if (run > best.run) best = {from, run};
    // Nothing that starts further on can be longer.
    if (best.run >= previous.length - from - 1) break;
  }
  const {from, run} = best;
  return changeOf(previous, next, (_number, index) => (index < run ? from + index : null));
};

/** A window that has moved on further is sent whole. */
const MAX_SHIFT = 32;

const runOf = (previous: readonly number[], next: readonly number[], from: number): number => {
  const most = Math.min(previous.length - from, next.length);
  let run = 0;
  while (run < most && Object.is(previous[from + run], next[run])) run++;
  return run;
};

/** @param placeOf Where the previous list holds an item of the next one; null: nowhere. */
const changeOf = <T>(
  previous: readonly T[],
  next: readonly T[],
  placeOf: (item: T, index: number) => number | null,
): ListChange<T> | null => {
  if (previous === next) return null;
  const pieces: ({keep: [number, number]} | {add: T[]})[] = [];
  for (const [index, item] of next.entries()) {
    const place = placeOf(item, index);
    const last = pieces.at(-1);
    if (place === null && last !== undefined && 'add' in last) last.add.push(item);
    else if (place === null) pieces.push({add: [item]});
    else if (last !== undefined && 'keep' in last && last.keep[1] === place) last.keep[1]++;
    else pieces.push({keep: [place, place + 1]});
  }
  return isAll(pieces, previous.length) ? null : pieces;
};

const isAll = (pieces: ListChange<unknown>, length: number): boolean => {
  const [only] = pieces;
  if (only === undefined) return length === 0;
  return pieces.length === 1 && 'keep' in only && only.keep[0] === 0 && only.keep[1] === length;
};
