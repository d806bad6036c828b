import type {FailureKind, Level} from './verdict.ts';

/**
 * Place of a line in a process's order of arrival, over all generations.
 * stdout line number n (1-based, over all generations) has key `[n, 0]`; a
 * stderr line that arrived after it has `[n, s]` with s ≥ 1 and growing.
 */
export type LineKey = readonly [ordinal: number, sub: number];

/** Negative, zero or positive as `a` arrived before, with or after `b`. */
export const compareKeys = (a: LineKey, b: LineKey): number => a[0] - b[0] || a[1] - b[1];

/**
 * One line as views show it: bounded, JSON-safe and NOT sanitized. Whoever
 * paints or prints it passes every string through `text/sanitize` first.
 */
export type DisplayLine = {
  readonly key: LineKey;
  /** `undecided`: shown before `auto` has settled the format; later replaced by its judged form. */
  readonly kind: 'record' | 'failure' | 'blank' | 'stderr' | 'undecided';
  /** 1-based run of the process that printed it. */
  readonly generation: number;
  /** 1-based line number in its stream and generation. */
  readonly line: number;
  /** Wall-clock ms: the record's own time if it has one, else of arrival. */
  readonly atMs: number;
  /** True when `atMs` is the record's own time. */
  readonly ownTime: boolean;
  readonly level: Level;
  /** Set on failures only. */
  readonly failure: FailureKind | null;
  /**
   * A record's message, or the whole line; cut at {@link MAX_MESSAGE_CHARS}. Empty where a record has none. Holds no
   * SGR, but with `--ansi` our own for the colours that were printed, of as many characters again at the most.
   */
  readonly message: string;
  /** The rest of a record in its order, values as compact text (strings bare, others as JSON), bounded. */
  readonly fields: readonly (readonly [key: string, value: string])[];
};

/** Longest message kept for display, in UTF-16 code units. */
export const MAX_MESSAGE_CHARS = 1024;
/** Most fields kept for display … */
export const MAX_FIELDS = 32;
/** … and the longest text of one. */
export const MAX_FIELD_CHARS = 256;
/** How many of a process's newest lines a snapshot carries. */
export const TAIL_LINES = 64;
