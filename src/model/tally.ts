import type {FailureKind, Level} from './verdict.ts';

/** One line that stands for an error group. Raw text: sanitize before showing. */
export type Sample = {
  /** The line, cut at {@link MAX_SAMPLE_CHARS}. */
  readonly text: string;
  /** What the parser said of it; empty for error-level records. */
  readonly message: string;
  readonly generation: number;
  /** 1-based line number in its generation. */
  readonly line: number;
  /** Byte offset of the line's first byte in its generation's stdout. */
  readonly offset: number;
};

/** Failures of one class and shape, or error and fatal records of one shape. */
export type ErrorGroup = {
  readonly kind: FailureKind | 'error' | 'fatal';
  /** The line or message with numbers, ids, addresses and quoted strings masked. */
  readonly template: string;
  readonly count: number;
  /** Wall-clock ms. */
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** The newest line of the group. */
  readonly sample: Sample;
};

export const MAX_SAMPLE_CHARS = 512;
export const MAX_TEMPLATE_CHARS = 200;
/** Most distinct groups kept for a process; what comes beyond is counted under {@link OTHER_TEMPLATE} of its kind. */
export const MAX_GROUPS = 256;
export const OTHER_TEMPLATE = '(other)';

/** Key of a group in {@link Tally.groups}: its kind, a newline, its template. */
export const groupKey = (group: {kind: string; template: string}): string => `${group.kind}\n${group.template}`;

/** Records of these levels make error groups. */
export const isGrouped = (level: Level): level is 'error' | 'fatal' => level === 'error' || level === 'fatal';

/** Counts that merge: `merge` (in `state/tally`) is associative and has an empty element. */
export type Tally = {
  records: number;
  failures: number;
  blank: number;
  dropped: number;
  /** Lines with a byte sequence that is no UTF-8; each was judged all the same. */
  invalidUtf8: number;
  /** Sums to `records`. */
  levels: Record<Level, number>;
  /** Sums to `failures`. */
  failureKinds: Record<FailureKind, number>;
  groups: Map<string, ErrorGroup>;
};
