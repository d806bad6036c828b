import {compareKeys, type DisplayLine} from '../model/display-line.ts';
import type {Notice, ProcessSnapshot, Snapshot, Totals} from '../model/snapshot.ts';
import type {ErrorGroup} from '../model/tally.ts';
import {changedList, orderedChange, shortChange, windowChange, type ListChange} from './list-change.ts';
import {isSame} from './same.ts';

type ProcessLists = Pick<ProcessSnapshot, 'tail' | 'spark' | 'groups'>;
type SnapshotParts = Pick<Snapshot, 'processes' | 'totals' | 'notices'>;

/** What has changed of one process; nothing is said of what is as before. */
export type ProcessDelta = {
  readonly at: number;
  readonly fields?: Partial<Omit<ProcessSnapshot, keyof ProcessLists>>;
  readonly tail?: ListChange<DisplayLine>;
  readonly spark?: ListChange<number>;
  readonly groups?: ListChange<ErrorGroup>;
};

/** What makes one snapshot out of an older one. */
export type SnapshotDelta = {
  /** `seq` of the older one. */
  readonly base: number;
  readonly fields: Partial<Omit<Snapshot, keyof SnapshotParts>>;
  readonly totals?: Partial<Omit<Totals, 'spark'>>;
  readonly totalsSpark?: ListChange<number>;
  readonly notices?: ListChange<Notice>;
  readonly processes?: readonly ProcessDelta[];
  /** In their place where processes have come or gone. */
  readonly allProcesses?: readonly ProcessSnapshot[];
};

/**
 * What a client that has `previous` must be told to have `next`.
 *
 * `applyDelta(previous, deltaOf(previous, next))` equals `next`. Objects that
 * both snapshots share are not looked into.
 */
export const deltaOf = (previous: Snapshot, next: Snapshot): SnapshotDelta => {
  const {processes: oldProcesses, totals: oldTotals, notices: oldNotices, ...oldFields} = previous;
  const {processes, totals, notices, ...fields} = next;
  const {spark: oldSpark, ...oldSums} = oldTotals;
  const {spark, ...sums} = totals;
  return {
    base: previous.seq,
    fields: changedFields(oldFields, fields) ?? {},
    ...given('totals', changedFields(oldSums, sums)),
    ...given('totalsSpark', windowChange(oldSpark, spark)),
    ...given('notices', orderedChange(oldNotices, notices, (a, b) => a.seq - b.seq)),
    ...(oldProcesses.length === processes.length
      ? given('processes', changedProcesses(oldProcesses, processes))
      : {allProcesses: processes}),
  };
};

/** The snapshot that a delta makes. `delta.base` must be the `seq` of `previous`. */
export const applyDelta = (previous: Snapshot, delta: SnapshotDelta): Snapshot => ({
  ...previous,
  ...delta.fields,
  totals: {...previous.totals, ...delta.totals, spark: listAfter(previous.totals.spark, delta.totalsSpark)},
  notices: listAfter(previous.notices, delta.notices),
  processes: delta.allProcesses ?? processesAfter(previous.processes, delta.processes),
});

const changedProcesses = (
  previous: readonly ProcessSnapshot[],
  next: readonly ProcessSnapshot[],
): readonly ProcessDelta[] | null => {
  const changes = next.flatMap((process, at) => {
    const change = processChange(previous[at]!, process);
    return Object.keys(change).length === 0 ? [] : [{at, ...change}];
  });
  return changes.length === 0 ? null : changes;
};

const processChange = (previous: ProcessSnapshot, next: ProcessSnapshot): Omit<ProcessDelta, 'at'> => {
  if (previous === next) return {};
  const {tail: oldTail, spark: oldSpark, groups: oldGroups, ...oldFields} = previous;
  const {tail, spark, groups, ...fields} = next;
  return {
    ...given('fields', changedFields(oldFields, fields)),
    ...given('tail', orderedChange(oldTail, tail, (a, b) => compareKeys(a.key, b.key))),
    ...given('spark', windowChange(oldSpark, spark)),
    ...given('groups', shortChange(oldGroups, groups)),
  };
};

const processesAfter = (
  previous: readonly ProcessSnapshot[],
  changes: readonly ProcessDelta[] = [],
): readonly ProcessSnapshot[] => {
  if (changes.length === 0) return previous;
  const next = [...previous];
  for (const change of changes) next[change.at] = processAfter(previous[change.at]!, change);
  return next;
};

const processAfter = (previous: ProcessSnapshot, {fields, tail, spark, groups}: ProcessDelta): ProcessSnapshot => ({
  ...previous,
  ...fields,
  tail: listAfter(previous.tail, tail),
  spark: listAfter(previous.spark, spark),
  groups: listAfter(previous.groups, groups),
});

const listAfter = <T>(previous: readonly T[], change: ListChange<T> | undefined): readonly T[] =>
  change === undefined ? previous : changedList(previous, change);

/** The fields of `next` that are not as before; null where all are. */
const changedFields = <T extends object>(previous: T, next: T): Partial<T> | null => {
  const changed: Partial<T> = {};
  for (const key of Object.keys(next) as (keyof T)[]) {
    if (!isSame(previous[key], next[key])) changed[key] = next[key];
  }
  return Object.keys(changed).length === 0 ? null : changed;
};

/** A field that is there only where it has a value. */
const given = <K extends string, V>(key: K, value: V | null): {readonly [key in K]?: V} =>
  value === null ? {} : ({[key]: value} as {readonly [key in K]?: V});
