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
  for (const one of lines) {
    const {count, name} = one;
    const {kind} = name;
    const isOther = into.size >= MAX_GROUPS && !into.has(name.key);
    const template = isOther ? OTHER_TEMPLATE : name.template;
    const key = isOther ? groupKey({kind, template}) : name.key;
    const known = into.get(key);
    if (known === undefined) {
      mergeGroup(into, {kind, template, count, firstSeenMs: seenMs, lastSeenMs: seenMs, sample: sampleOf(one)});
      continue;
    }
    const {firstSeenMs, lastSeenMs} = known;
    const seen = {firstSeenMs: Math.min(firstSeenMs, seenMs), lastSeenMs: Math.max(lastSeenMs, seenMs)};
    into.set(key, {...known, ...seen, count: known.count + count});
  }
};

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
