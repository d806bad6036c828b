/** Why a line is no record. A closed list: tallies, reports and views name each of them. */
export const FAILURE_KINDS = [
  'invalid-json',
  'not-an-object',
  'too-deep',
  'oversize',
  'no-match',
  'parser-error',
  'timeout',
  'lost',
] as const;

/**
 * `invalid-json` no JSON value · `not-an-object` a value of another type ·
 * `too-deep` nested beyond {@link MAX_DEPTH} · `oversize` longer than the line
 * limit · `no-match` a custom parser returned null · `parser-error` it threw ·
 * `timeout` it did not answer in time · `lost` a worker died with the bytes.
 */
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Levels of a record from the least to the most urgent; `none` where it names none that is known. */
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'none'] as const;
export type Level = (typeof LEVELS)[number];

/** Nesting beyond this is refused: deeper values break structured clones and printing. `{}` has depth 1. */
export const MAX_DEPTH = 512;

/** A parsed line: any object; custom parsers may return class instances, of which own enumerable keys count. */
export type RecordValue = Readonly<Record<string, unknown>>;

/** What a parser says of one line. `message` explains a failure and comes from the parser or its exception. */
export type Verdict =
  | {readonly kind: 'record'; readonly value: RecordValue}
  | {readonly kind: 'failure'; readonly failure: FailureKind; readonly message: string};
