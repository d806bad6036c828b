import {parseArgs} from 'node:util';
import {PROCESS_ACTIONS, type ProcessAction} from '../model/command.ts';
import {UsageError} from '../model/errors.ts';
import {shown} from './shown.ts';
import {didYouMean, linkBudget, MAX_BYTES_PER_SEC, orList} from './values.ts';

/** A command of keepup's own to a run that goes on, or to what it left behind. `run` null: the only one. */
export type Verb =
  | {readonly kind: 'attach'; readonly run: string | null; readonly maxBytesPerSec: number | null}
  | {readonly kind: 'ls'; readonly json: boolean}
  | {readonly kind: 'stop'; readonly run: string | null; readonly force: boolean}
  | {readonly kind: 'report'; readonly run: string | null; readonly json: boolean}
  | {readonly kind: 'status'; readonly run: string | null; readonly json: boolean}
  /** `names` null: all processes. */
  | {readonly kind: 'act'; readonly run: string | null; readonly action: ProcessAction; readonly names: readonly string[] | null};

/** One way to call keepup with a verb, as `--help` and the README show it. */
export type VerbUsage = {readonly usage: string; readonly description: string};

/** Every call there is. */
export const VERB_USAGES: readonly VerbUsage[] = [
  {usage: 'attach [RUN]', description: 'show the screen of a run that has a socket; takes --max-bytes-per-sec'},
  {usage: 'ls [--json]', description: 'list such runs, and reports of those that have ended'},
  {usage: 'stop [RUN] [--force]', description: 'stop everything of a run, and print its report'},
  {usage: 'report [RUN] [--json]', description: 'print the report of a run, be it over or not'},
  {usage: 'ctl [-r RUN] status [--json]', description: 'print where the processes of a run stand'},
  {
    usage: 'ctl [-r RUN] ACTION NAME…',
    description: `${PROCESS_ACTIONS.join(', ')}: do that to processes of a run; --all: to all of them`,
  },
  {usage: 'ctl [-r RUN] report [--json]', description: 'as keepup report'},
];

/** First words that are commands of keepup's own. */
export const VERB_WORDS = ['attach', 'ls', 'stop', 'report', 'ctl'] as const;
type VerbWord = (typeof VERB_WORDS)[number];

/**
 * Reads a command line that begins with a verb.
 *
 * @returns null where it begins with something else.
 * @throws UsageError with one line that says what is wrong and what to do.
 */
export const parseVerb = (argv: readonly string[]): Verb | null => {
  const [first, ...rest] = argv;
  const word = VERB_WORDS.find(candidate => candidate === first);
  return word === undefined ? null : PARSERS[word](rest);
};

type Parser = (words: readonly string[]) => Verb;

const PARSERS: Readonly<Record<VerbWord, Parser>> = {
  attach: words => {
    const {positionals, given} = read('attach', words, [MAX_BYTES_PER_SEC]);
    const budget = given.get(MAX_BYTES_PER_SEC) as string | undefined;
    return {kind: 'attach', run: oneRun('attach', positionals), maxBytesPerSec: budget === undefined ? null : linkBudget(budget)};
  },
  ls: words => {
    const {positionals, given} = read('ls', words, ['json']);
    if (positionals.length > 0) throw unexpected('ls', positionals[0] ?? '');
    return {kind: 'ls', json: given.has('json')};
  },
  stop: words => {
    const {positionals, given} = read('stop', words, ['force']);
    return {kind: 'stop', run: oneRun('stop', positionals), force: given.has('force')};
  },
  report: words => {
    const {positionals, given} = read('report', words, ['json']);
    return {kind: 'report', run: oneRun('report', positionals), json: given.has('json')};
  },
  ctl: words => ctl(words),
};

const ctl = (words: readonly string[]): Verb => {
  const {positionals, given, run} = read('ctl', words, ['json', 'all', 'run']);
  const [what, ...names] = positionals;
  if (what === 'status' || what === 'report') {
    if (names.length > 0) throw unexpected(`ctl ${what}`, names[0] ?? '');
    return {kind: what, run, json: given.has('json')};
  }
  const action = PROCESS_ACTIONS.find(candidate => candidate === what);
  if (action === undefined) throw noAction(what);
  const isAll = given.has('all') || (action === 'clear' && names.length === 0);
  if (isAll && names.length > 0) throw unexpected(`ctl ${action} --all`, names[0] ?? '');
  if (!isAll && names.length === 0) {
    throw new UsageError(`ctl ${action}: expected names of processes, or --all, got none; see keepup ctl status`);
  }
  return {kind: 'act', run, action, names: isAll ? null : names};
};

const FLAGS = {
  json: {type: 'boolean'},
  force: {type: 'boolean'},
  all: {type: 'boolean'},
  run: {type: 'string', short: 'r'},
  [MAX_BYTES_PER_SEC]: {type: 'string'},
} as const;
type Flag = keyof typeof FLAGS;
type Words = {
  readonly positionals: readonly string[];
  readonly given: ReadonlyMap<string, string | boolean | undefined>;
  readonly run: string | null;
};

const read = (verb: string, words: readonly string[], flags: readonly Flag[]): Words => {
  const options = Object.fromEntries(flags.map(flag => [flag, FLAGS[flag]]));
  try {
    const {values, positionals} = parseArgs({args: [...words], options, allowPositionals: true});
    const {run} = values as {run?: string};
    if (run === '') throw new UsageError(`${verb}: expected the name of a run behind -r, got ""; see keepup ls`);
    return {positionals, given: new Map(Object.entries(values)), run: run ?? null};
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw badWord(verb, words, error as Error);
  }
};

const badWord = (verb: string, words: readonly string[], {message}: Error): UsageError => {
  const text = /^Unknown option '([^']*)'/.exec(message)?.[1];
  const what = text === undefined ? (message.split('\n')[0] ?? '') : `unknown option ${shown(text)}`;
  const program = [verb, ...words].join(' ');
  return new UsageError(`${verb}: ${what}; see keepup --help, or for the program of that name: keepup -- ${shown(program)}`);
};

const oneRun = (verb: string, positionals: readonly string[]): string | null => {
  const [run = null, second] = positionals;
  if (second !== undefined) throw unexpected(verb, second);
  if (run === '') throw new UsageError(`${verb}: expected the name of a run, got ""; see keepup ls`);
  return run;
};

const unexpected = (verb: string, word: string): UsageError =>
  new UsageError(`${verb}: expected nothing more, got ${shown(word)}; see keepup --help`);

const noAction = (what: string | undefined): UsageError => {
  const known = ['status', 'report', ...PROCESS_ACTIONS];
  const got = what === undefined ? 'nothing' : `${shown(what)}${didYouMean(what, known)}`;
  return new UsageError(`ctl: expected ${orList(known)}, got ${got}; see keepup --help`);
};
