import {UsageError} from '../model/errors.ts';
import {parseByteSize} from './byte-size.ts';
import {MAX_DURATION_MS, parseDuration} from './duration.ts';
import {nearest} from './nearest.ts';
import {shown} from './shown.ts';

/** Bounds of a value, both inclusive. */
export type Bounds = {readonly min: number; readonly max: number};

/** The value of a count option; throws a UsageError unless it is a whole number within the bounds. */
export const countValue = (option: string, text: string, {min, max}: Bounds): number => {
  const count = /^\d+$/.test(text) ? Number(text) : NaN;
  if (count >= min && count <= max) return count;
  throw wrongValue(option, `a whole number from ${min} to ${max}`, text);
};

/** The value of a duration option, in ms; throws a UsageError for what is none, and for 0 unless `zero` is allowed. */
export const durationValue = (option: string, text: string, zero: 'zero' | 'not-zero'): number => {
  const ms = parseDuration(text);
  if (ms !== null && (ms > 0 || zero === 'zero')) return ms;
  const days = Math.floor(MAX_DURATION_MS / 86_400_000);
  throw wrongValue(
    option,
    `a duration such as 250ms, 5s, 1m30s or 2h, ${zero === 'zero' ? '' : 'above 0 and '}up to ${days}d`,
    text,
  );
};

/** The value of an option in bytes; throws a UsageError unless it is a size within the bounds. */
export const bytesValue = (option: string, text: string, {min, max}: Bounds): number => {
  const bytes = parseByteSize(text);
  if (bytes !== null && bytes >= min && bytes <= max) return bytes;
  throw wrongValue(option, `bytes such as 65536, 64KiB or 1g, from ${min} to ${max}`, text);
};

export const MAX_BYTES_PER_SEC = 'max-bytes-per-sec';

/** The value of the budget for a slow link. With less than this, a screen would take minutes to come. */
export const linkBudget = (text: string): number => bytesValue(MAX_BYTES_PER_SEC, text, {min: 1024, max: 1024 ** 4});

/** One of a closed list of words; throws a UsageError for any other. */
export const choiceValue = <Choice extends string>(
  option: string,
  text: string,
  choices: readonly Choice[],
): Choice => {
  const found = choices.find(choice => choice === text);
  if (found !== undefined) return found;
  throw wrongValue(option, orList(choices), text, didYouMean(text, choices));
};

/** ` (did you mean x?)`, or nothing where nothing is near. */
export const didYouMean = (text: string, candidates: readonly string[]): string => {
  const near = nearest(text, candidates);
  return near === null ? '' : ` (did you mean ${near}?)`;
};

/** `a, b or c`. */
export const orList = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** The error for a value that an option cannot take: what, expected, got, next step. */
export const wrongValue = (option: string, expected: string, got: string, hint = ''): UsageError =>
  new UsageError(`--${option}: expected ${expected}, got ${shown(got)}${hint}; see keepup --help`);
