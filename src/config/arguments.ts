import {UsageError} from '../model/errors.ts';
import {OPTIONS, type OptionSpec} from './options.ts';
import {shown} from './shown.ts';
import {didYouMean} from './values.ts';

/** The words before the first `--`, and those behind it (null without one). */
export type SplitArguments = {readonly own: readonly string[]; readonly argv: readonly string[] | null};

/** Cuts the command line at the first `--`; what stands behind it is the child's and never looked at. */
export const splitArguments = (args: readonly string[]): SplitArguments => {
  const dashes = args.indexOf('--');
  return dashes < 0 ? {own: args, argv: null} : {own: args.slice(0, dashes), argv: args.slice(dashes + 1)};
};

/**
 * Brings each option to one form, `--name=value`, `--switch` or `--no-switch`,
 * from `--name value`, `-n value`, `-nvalue` and `--switch=true`. Left alone,
 * parsers of options take `-nvalue` for a group of switches.
 *
 * @throws UsageError for an unknown option, and for a value that is missing,
 *   starts with a dash or follows a switch.
 */
export const joinValues = (args: readonly string[]): string[] => {
  const joined: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (!word.startsWith('-') || word === '-') {
      joined.push(word);
      continue;
    }
    const {option, value} =
      valued(word) ??
      switched(word) ??
      unknownOption(
        word,
        joined.some(before => !before.startsWith('-')),
      );
    if (option.type === 'boolean') joined.push(`--${value === 'true' ? '' : 'no-'}${option.name}`);
    else joined.push(`--${option.name}=${value ?? valueAfter(word, option, args[++index])}`);
  }
  return joined;
};

const ROWS: readonly OptionSpec[] = OPTIONS;

/** An option as found in one word; `value` is null while it stands in the next. */
type Found = {readonly option: OptionSpec; readonly value: string | null};

const valued = (word: string): Found | null => {
  for (const option of ROWS.filter(row => row.type === 'string')) {
    if (word === `--${option.name}`) return {option, value: null};
    if (word.startsWith(`--${option.name}=`)) return {option, value: word.slice(option.name.length + 3)};
    // -name with one dash is a slip, not -n with the value "ame".
    if (option.alias === null || !word.startsWith(`-${option.alias}`) || word.startsWith(`-${option.name}`)) continue;
    return {option, value: word.length === 2 ? null : word.slice(2).replace(/^=/, '')};
  }
  return null;
};

const switched = (word: string): Found | null => {
  for (const option of ROWS.filter(row => row.type === 'boolean')) {
    if (word === `--${option.name}` || word === `-${option.alias}`) return {option, value: 'true'};
    if (word === `--no-${option.name}`) return {option, value: 'false'};
    if (!word.startsWith(`--${option.name}=`)) continue;
    const value = word.slice(option.name.length + 3);
    if (value === 'true' || value === 'false') return {option, value};
    throw new UsageError(`--${option.name}: expected no value, being a switch, got ${shown(value)}; see keepup --help`);
  }
  return null;
};

const unknownOption = (word: string, behindCommand: boolean): never => {
  const name = nameOfOption(word);
  const hint = didYouMean(
    name,
    ROWS.map(option => `--${option.name}`),
  );
  throw new UsageError(`unknown option ${shown(name)}${hint}; ${behindCommand ? QUOTE_HINT : 'see keepup --help'}`);
};

/** Without its value, which may be a secret. */
const nameOfOption = (word: string): string => word.replace(/=.*$/s, '');

/** What helps those who wrote a command in several words. */
export const QUOTE_HINT =
  "an option of the command itself needs quotes, as in keepup 'ls -l', or --, as in keepup -- ls -l";

const valueAfter = (word: string, {name, placeholder}: OptionSpec, value: string | undefined): string => {
  if (value === undefined)
    throw new UsageError(`${word}: expected a value, as in --${name} ${placeholder}, got none; see keepup --help`);
  if (value === '-' || !value.startsWith('-')) return value;
  throw new UsageError(
    `${word}: expected a value, got the option ${shown(nameOfOption(value))}; ` +
      `a value that starts with a dash is written --${name}=${nameOfOption(value)}`,
  );
};
