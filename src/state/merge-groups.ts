import {groupKey, MAX_GROUPS, OTHER_TEMPLATE} from '../model/tally.ts';
import type {ErrorGroup, Sample} from '../model/tally.ts';
import type {GroupedLines} from '../model/task.ts';

/**
 * Adds groups to those of `into`: counts are summed, the newest sample stays. New groups beyond `MAX_GROUPS`
 * are counted under `OTHER_TEMPLATE` of their kind, so no count is lost and memory is bounded.
 */
export const mergeGroups = (into: Map<string, ErrorGroup>, groups: Iterable<ErrorGroup>): void => {
  for (const group of groups) mergeGroup(into, group);
};

/**
 * Adds lines that were only counted, as {@link mergeGroups} does, but a known group keeps its sample.
 *
 * @param seenMs Wall-clock ms of the lines' arrival.
 * @param sampleOf Asked where a group is new.
 */
export const mergeCounted = (
  into: Map<string, ErrorGroup>,
  lines: readonly GroupedLines[],
  seenMs: number,
  sampleOf: (lines: GroupedLines) => Sample,
): void => {
  const others = new Map<ErrorGroup['kind'], {readonly newest: GroupedLines; count: number}>();
  for (const one of lines) {
    const {key, kind, template} = one.name;
    const known = into.get(key);
    if (known !== undefined) into.set(key, grown(known, one.count, seenMs));
    else if (into.size < MAX_GROUPS || template === OTHER_TEMPLATE) into.set(key, newGroup(kind, template, one, seenMs, sampleOf));
    else others.set(kind, {newest: one, count: (others.get(kind)?.count ?? 0) + one.count});
  }
  for (const [kind, {newest, count}] of others) {
    const key = groupKey({kind, template: OTHER_TEMPLATE});
    const known = into.get(key);
    if (known !== undefined) into.set(key, grown(known, count, seenMs));
    else into.set(key, newGroup(kind, OTHER_TEMPLATE, {...newest, count}, seenMs, sampleOf));
  }
};

const newGroup = (
  kind: ErrorGroup['kind'],
  template: string,
  lines: GroupedLines,
  seenMs: number,
  sampleOf: (lines: GroupedLines) => Sample,
): ErrorGroup => ({kind, template, count: lines.count, firstSeenMs: seenMs, lastSeenMs: seenMs, sample: sampleOf(lines)});

const grown = ({kind, template, count, firstSeenMs, lastSeenMs, sample}: ErrorGroup, more: number, seenMs: number): ErrorGroup => ({
  kind,
  template,
  count: count + more,
  firstSeenMs: Math.min(firstSeenMs, seenMs),
  lastSeenMs: Math.max(lastSeenMs, seenMs),
  sample,
});

/** Positive where `a` was added to later than `b`. Lines of one batch share their time: line numbers decide. */
export const compareNewest = (a: ErrorGroup, b: ErrorGroup): number =>
  a.lastSeenMs - b.lastSeenMs || a.sample.generation - b.sample.generation || a.sample.line - b.sample.line;

const mergeGroup = (into: Map<string, ErrorGroup>, group: ErrorGroup): void => {
  const key = groupKey(group);
  const known = into.get(key);
  if (known !== undefined) {
    into.set(key, joined(known, group));
  } else if (into.size < MAX_GROUPS || group.template === OTHER_TEMPLATE) {
    into.set(key, group);
  } else {
    mergeGroup(into, {...group, template: OTHER_TEMPLATE});
  }
};

const joined = (a: ErrorGroup, b: ErrorGroup): ErrorGroup => {
  const newest = compareNewest(a, b) > 0 ? a : b;
  return {
    kind: a.kind,
    template: a.template,
    count: a.count + b.count,
    firstSeenMs: Math.min(a.firstSeenMs, b.firstSeenMs),
    lastSeenMs: newest.lastSeenMs,
    sample: newest.sample,
  };
};
