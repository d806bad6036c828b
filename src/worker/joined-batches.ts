import type {GroupedLines, GroupName, ParsedBatch} from '../model/task.ts';
import {mergeTally} from '../state/tally.ts';

/**
 * What two parts of one batch come to, one behind the other. Of neither is anything written out or given back.
 *
 * @param first Changed, and not to be used any more.
 */
export const joined = (first: ParsedBatch, then: ParsedBatch): ParsedBatch => ({
  ...then,
  lines: first.lines + then.lines,
  bytes: first.bytes + then.bytes,
  busyMs: first.busyMs + then.busyMs,
  tally: mergeTally(first.tally, then.tally),
  grouped: joinedGroups(first, then.grouped),
  tail: [...first.tail, ...then.tail],
});

/** Of each group the newest line, which is the later part's where it has one. */
const joinedGroups = ({lines, bytes, grouped}: ParsedBatch, later: readonly GroupedLines[]): readonly GroupedLines[] => {
  if (later.length === 0) return grouped;
  const groups = new Map<GroupName, GroupedLines>(grouped.map(group => [group.name, group]));
  for (const {name, count, index, start} of later) {
    groups.set(name, {name, count: count + (groups.get(name)?.count ?? 0), index: index + lines, start: start + bytes});
  }
  return [...groups.values()];
};
