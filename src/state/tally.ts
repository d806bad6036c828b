import type {ErrorGroup, Sample, Tally} from '../model/tally.ts';
import {FAILURE_KINDS, LEVELS} from '../model/verdict.ts';
import {mergeGroups} from './merge-groups.ts';

/** The tally of no lines: `mergeTally` with it changes nothing. */
export const emptyTally = (): Tally => ({
  records: 0,
  failures: 0,
  blank: 0,
  dropped: 0,
  invalidUtf8: 0,
  levels: {trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0, none: 0},
  failureKinds: {
    'invalid-json': 0,
    'not-an-object': 0,
    'too-deep': 0,
    oversize: 0,
    'no-match': 0,
    'parser-error': 0,
    timeout: 0,
    lost: 0,
  },
  groups: new Map(),
});

/**
 * Adds `other` to `into`, which is changed and returned; `other` stays as it is.
 *
 * Associative, and no count is ever lost. Beyond `MAX_GROUPS` distinct groups, which group a line is
 * counted under depends on the order; that it is counted under its kind does not.
 */
export const mergeTally = (into: Tally, other: Tally): Tally => {
  into.records += other.records;
  into.failures += other.failures;
  into.blank += other.blank;
  into.dropped += other.dropped;
  into.invalidUtf8 += other.invalidUtf8;
  for (const level of LEVELS) into.levels[level] += other.levels[level];
  for (const kind of FAILURE_KINDS) into.failureKinds[kind] += other.failureKinds[kind];
  mergeGroups(into.groups, other.groups.values());
  return into;
};

/** One line that belongs to an error group. */
export type GroupOccurrence = {
  readonly kind: ErrorGroup['kind'];
  readonly template: string;
  /** Wall-clock ms. */
  readonly seenMs: number;
  readonly sample: Sample;
};

/** Counts one line under its group; the tally's other counts are the caller's to keep. */
export const addGroup = (tally: Tally, {kind, template, seenMs, sample}: GroupOccurrence): void =>
  mergeGroups(tally.groups, [{kind, template, count: 1, firstSeenMs: seenMs, lastSeenMs: seenMs, sample}]);

/** A tally that shares nothing changeable with `tally`. */
export const cloneTally = (tally: Tally): Tally => ({
  ...tally,
  levels: {...tally.levels},
  failureKinds: {...tally.failureKinds},
  groups: new Map(tally.groups),
});
