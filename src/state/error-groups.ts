import type {ErrorGroup} from '../model/tally.ts';
import {compareNewest} from './merge-groups.ts';

/** The `count` largest groups, largest first; of equal ones the newest first. */
export const topGroups = (groups: ReadonlyMap<string, ErrorGroup>, count: number): ErrorGroup[] =>
  [...groups.values()].toSorted((a, b) => b.count - a.count || compareNewest(b, a)).slice(0, count);

/** The group that was added to last, whatever its size; null when there is none. */
export const newestGroup = (groups: ReadonlyMap<string, ErrorGroup>): ErrorGroup | null => {
  let newest: ErrorGroup | null = null;
  for (const group of groups.values()) {
    if (newest === null || compareNewest(group, newest) >= 0) newest = group;
  }
  return newest;
};
