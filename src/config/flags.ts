import {basename} from 'node:path';
import {parseArgs} from 'node:util';
import {
  RESTART_POLICIES,
  UI_MODES,
  type Launch,
  type ProcessSpec,
  type RunConfig,
  type SuccessPolicy,
} from '../model/config.ts';
import {InternalError, UsageError} from '../model/errors.ts';
import {QUOTE_HINT, joinValues, splitArguments} from './arguments.ts';
import {formatValue} from './format-value.ts';
import {helpText} from './help.ts';
import {launchesOf} from './launches.ts';
import {instanceNames, processNames} from './names.ts';
import {OPTIONS, optionNamed, type OptionName} from './options.ts';
import {overloadValue} from './overload-value.ts';
import {
  bytesValue, choiceValue, countValue, didYouMean, durationValue, linkBudget, MAX_BYTES_PER_SEC, orList, wrongValue,
} from './values.ts';
import {parseVerb, type Verb} from './verbs.ts';
import {packageVersion} from './version.ts';

/** What the command line asks for. */
export type FlagsResult =
  | {readonly kind: 'run'; readonly config: RunConfig}
  /** A word to a run that goes on, not a run. */
  | {readonly kind: 'verb'; readonly verb: Verb}
  /** Print this and exit with 0. */
  | {readonly kind: 'help'; readonly text: string}
  | {readonly kind: 'version'; readonly text: string};

/** What defaults depend on. */
export type FlagsContext = {
  readonly cwd: string;
  /** How many threads the machine runs at once. */
  readonly cores: number;
};

/**
 * Reads the command line.
 *
 * @param argv The words behind the program's name.
 * @throws UsageError with one line that says what is wrong and what to do.
 */
export const parseFlags = (argv: readonly string[], context: FlagsContext): FlagsResult => {
  const split = splitArguments(argv);
  const asked = ['help', 'version'] as const;
  const early = asked.find(name =>
    split.own.some(word => word === `--${name}` || word === `-${optionNamed(name).alias}`),
  );
  if (early === 'help') return {kind: 'help', text: helpText()};
  if (early === 'version') return {kind: 'version', text: packageVersion()};
  const verb = parseVerb(argv);
  if (verb !== null) return {kind: 'verb', verb};
  try {
    const {commands, given} = readWords(split.own);
    return {kind: 'run', config: runConfig(launchesOf(commands, split.argv), given, context)};
  } catch (error) {
    throw isUnquoted(split.own) ? withQuoteHint(error) : error;
  }
};

/** `keepup tail -f app.log`: a bare word first, and a short option that may be its own. */
const isUnquoted = ([first = '-', ...rest]: readonly string[]): boolean =>
  !/^-|\s/.test(first) && rest.some(word => /^-[a-z]/i.test(word));

const withQuoteHint = (error: unknown): unknown =>
  error instanceof UsageError && !error.message.includes(QUOTE_HINT)
    ? new UsageError(`${error.message}; ${QUOTE_HINT}`)
    : error;

/** The options as given: a string for those with a value, true or false for switches. */
type Given = ReadonlyMap<string, unknown>;

const readWords = (own: readonly string[]): {commands: string[]; given: Given} => {
  const {values, positionals} = parseArgs({
    args: joinValues(own),
    options: Object.fromEntries(OPTIONS.map(({name, type}) => [name, {type}])),
    allowPositionals: true,
    allowNegative: true,
  });
  return {commands: positionals, given: new Map(Object.entries(values))};
};

const runConfig = (launches: readonly Launch[], given: Given, context: FlagsContext): RunConfig => {
  const text = (name: OptionName): string => stringOf(given, name) ?? optionNamed(name).defaultText ?? '';
  const specs = processSpecs(launches, given, context);
  return {
    runName: filledOf(given, 'run-name') ?? (basename(context.cwd) || '/'),
    processes: specs,
    restart: choiceValue('restart', text('restart'), RESTART_POLICIES),
    forMs: given.has('for') ? durationValue('for', text('for'), 'not-zero') : null,
    workers: given.has('workers')
      ? countValue('workers', text('workers'), {min: 1, max: MAX_WORKERS})
      : defaultWorkers(context),
    parseTimeoutMs: durationValue('parse-timeout', text('parse-timeout'), 'not-zero'),
    scanner: choiceValue('scanner', text('scanner'), ['wasm', 'js']),
    maxLineBytes: bytesValue('max-line-bytes', text('max-line-bytes'), {min: 1, max: MAX_LINE_LIMIT}),
    historyBytes: bytesValue('history', text('history'), {min: 0, max: MAX_HISTORY}),
    overload: overloadValue(text('overload')),
    ui: choiceValue('ui', text('ui'), UI_MODES),
    maxBytesPerSec: given.has(MAX_BYTES_PER_SEC) ? linkBudget(text(MAX_BYTES_PER_SEC)) : null,
    logFile: filledOf(given, 'log'),
    reportFile: filledOf(given, 'report'),
    killTimeoutMs: durationValue('kill-timeout', text('kill-timeout'), 'zero'),
    success: successPolicy(text('success'), specs),
    killOthers: killOthers(given),
    exitWhenDone: switchOf(given, 'exit-when-done'),
    ...detaching(given, choiceValue('on-hangup', text('on-hangup'), ['stop', 'detach'])),
    leaveDaemons: switchOf(given, 'leave-daemons'),
    ansi: switchOf(given, 'ansi'),
  };
};

/** What may go on without its screen must be reachable. */
const detaching = (
  given: Given,
  onHangup: RunConfig['onHangup'],
): Pick<RunConfig, 'detachable' | 'socket' | 'onHangup' | 'linger'> => {
  const detachable = switchOf(given, 'detachable') || onHangup === 'detach';
  return {detachable, socket: detachable || switchOf(given, 'socket'), onHangup, linger: switchOf(given, 'linger')};
};

const MAX_WORKERS = 256;
const MAX_INSTANCES = 1000;
/** A line must fit into one string with room to spare. */
const MAX_LINE_LIMIT = 256 * 1024 ** 2;
const MAX_HISTORY = 1024 ** 4;

const processSpecs = (launches: readonly Launch[], given: Given, {cwd}: FlagsContext): ProcessSpec[] => {
  const names = processNames(launches, stringOf(given, 'name'));
  const instances = countValue('instances', stringOf(given, 'instances') ?? '1', {min: 1, max: MAX_INSTANCES});
  const format = formatValue(stringOf(given, 'format') ?? 'auto', cwd);
  return launches.flatMap((launch, index) =>
    instanceNames(names[index] ?? '', instances).map((name, copy) => ({name, launch, instance: copy + 1, format})),
  );
};

const defaultWorkers = ({cores}: FlagsContext): number => Math.max(1, Math.min(MAX_WORKERS, Math.floor(cores)));

const successPolicy = (text: string, specs: readonly ProcessSpec[]): SuccessPolicy => {
  if (text === 'all' || text === 'first' || text === 'last') return {kind: text};
  const names = specs.map(spec => spec.name);
  if (names.includes(text)) return {kind: 'name', name: text};
  const listed = names.slice(0, MAX_LISTED).map(name => JSON.stringify(name));
  throw wrongValue('success', orList(['all', 'first', 'last', ...listed]), text, didYouMean(text, names));
};

/** Most names spelt out in an error. */
const MAX_LISTED = 10;

const killOthers = (given: Given): RunConfig['killOthers'] => {
  const onFail = switchOf(given, 'kill-others-on-fail') ? 'on-fail' : 'never';
  return switchOf(given, 'kill-others') ? 'on-end' : onFail;
};

const stringOf = (given: Given, name: OptionName): string | null => {
  const value = given.get(name) ?? null;
  if (value === null || typeof value === 'string') return value;
  throw new InternalError(`--${name} came as ${typeof value}`);
};

/** A value that may be absent but not empty. */
const filledOf = (given: Given, name: OptionName): string | null => {
  const value = stringOf(given, name);
  if (value?.trim() === '') throw wrongValue(name, `a value, as in --${name} ${optionNamed(name).placeholder}`, value);
  return value;
};

const switchOf = (given: Given, name: OptionName): boolean => given.get(name) === true;
