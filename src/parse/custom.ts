import {MAX_DEPTH} from '../model/verdict.ts';
import type {FailureKind, RecordValue, Verdict} from '../model/verdict.ts';
import {safeRecordJson} from './safe-json.ts';

/**
 * Judges what a custom parser answered for a line.
 *
 * @returns null and undefined are `no-match`; arrays, functions and primitives `not-an-object`; what is
 *   nested beyond `MAX_DEPTH` or in a circle `too-deep`; an answer that throws when read `parser-error`.
 */
export const judgeAnswer = (answer: unknown): Verdict => {
  if (answer === null || answer === undefined) return NO_MATCH;
  try {
    if (!isRecord(answer)) {
      return failure('not-an-object', `the parser returned ${nameOf(answer)} instead of an object or null`);
    }
    return fitsDepth(answer) ? {kind: 'record', value: answer} : TOO_DEEP;
  } catch (error) {
    return judgeThrown(error);
  }
};

/** The failure of a line whose custom parser threw `error`, which may be any value at all. */
export const judgeThrown = (error: unknown): Verdict => failure('parser-error', messageOf(error));

/** Longest message of a custom parser's failure, in UTF-16 code units. */
export const MAX_THROWN_CHARS = 300;

/**
 * Why a loaded module is no custom parser: one clause in words, or null when it can be used.
 *
 * @param module The module's namespace, as `import()` resolves it.
 */
export const loadProblem = (module: unknown): string | null => {
  if (typeof module !== 'object' || module === null) return `it is ${nameOf(module)}, not a module`;
  if (!('default' in module)) return `it has no default export (${exportsOf(module)}); expected a function parse(line)`;
  if (typeof module.default === 'function') return null;
  return `its default export is ${nameOf(module.default)}, expected a function parse(line)`;
};

/**
 * JSON of a custom parser's record, as history keeps it; replaces what JSON cannot hold.
 *
 * @returns Valid JSON of an object, at most {@link MAX_RECORD_JSON_CHARS} long. Never throws.
 */
export const recordJson = (value: RecordValue): string => {
  const {json, whole} = safeRecordJson(value, MAX_RECORD_JSON_CHARS);
  if (!whole) return '{"message":"(record too large)"}';
  return json.startsWith('{') ? json : '{"message":"(unreadable record)"}';
};

/** Longest JSON kept of one record, in UTF-16 code units. */
export const MAX_RECORD_JSON_CHARS = 1024 * 1024;

const isRecord = (answer: unknown): answer is RecordValue =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer);

/** Heights are remembered, so that what is shared by many parents is walked once and circles end. */
const fitsDepth = (answer: object): boolean => heightOf(answer, 1, new Map()) <= MAX_DEPTH;

const heightOf = (value: object, depth: number, known: Map<object, number>): number => {
  if (depth > MAX_DEPTH) return Infinity;
  let height = 1;
  for (const child of Object.values(value)) {
    if (typeof child !== 'object' || child === null || ArrayBuffer.isView(child)) continue;
    if (height === 1) known.set(value, Infinity); // met again below itself: a circle
    const below = known.get(child) ?? heightOf(child, depth + 1, known);
    if (below === Infinity) return Infinity;
    height = Math.max(height, below + 1);
  }
  known.set(value, height);
  return height;
};

const messageOf = (error: unknown): string => {
  try {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : describe(error);
    return text.slice(0, MAX_THROWN_CHARS) || 'the parser threw an empty string';
  } catch {
    return 'the parser threw something that cannot be printed';
  }
};

const describe = (error: unknown): string => {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return typeof message === 'string' ? message : String(message);
};

const exportsOf = (module: object): string => {
  const names = Object.keys(module);
  return names.length === 0 ? 'it exports nothing' : `it exports ${names.slice(0, 8).join(', ')}`;
};

const nameOf = (value: unknown): string => {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

const failure = (kind: FailureKind, message: string): Verdict => ({kind: 'failure', failure: kind, message});

const NO_MATCH = failure('no-match', 'the parser returned nothing for this line');
const TOO_DEEP = failure('too-deep', `nested deeper than ${MAX_DEPTH} levels, or in a circle`);
