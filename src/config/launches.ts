import type {Launch} from '../model/config.ts';
import {UsageError} from '../model/errors.ts';
import {defaultName, nameOfWords} from './first-word.ts';
import {shown} from './shown.ts';
import {VERB_WORDS} from './verbs.ts';

/** Words that mean a command of keepup's own one day, so they are not taken as programs now. */
export const RESERVED_WORDS = ['check', 'schema', 'query', 'replay'] as const;

/**
 * What is to be run.
 *
 * @param commands The arguments that are no options: a shell command each.
 * @param argv The words behind `--`, or null without one.
 * @throws UsageError when there is nothing to run, for an empty command, for
 *   both kinds at once and for a reserved first word.
 */
export const launchesOf = (commands: readonly string[], argv: readonly string[] | null): Launch[] => {
  const [program, ...rest] = argv ?? [];
  if (program === undefined) return commands.length > 0 ? shellLaunches(commands) : nothingToRun(argv !== null);
  if (commands.length > 0) {
    throw new UsageError(
      `expected commands either before -- or behind it, got ${shown(defaultName(commands[0] ?? ''))} before and ` +
        `${shown(nameOfWords([program]))} behind; write the words behind -- as one more quoted command`,
    );
  }
  if (program.trim() === '')
    throw new UsageError('the command behind -- is empty: expected a program and its arguments');
  return [{kind: 'argv', argv: [program, ...rest]}];
};

const nothingToRun = (hasDashes: boolean): never => {
  throw new UsageError(
    `no command${hasDashes ? ' behind --' : ''}: ` +
      "expected at least one, as in keepup 'npm run dev' 'tail -f app.log'; " +
      'see keepup --help',
  );
};

const shellLaunches = (commands: readonly string[]): Launch[] => {
  const [first] = commands;
  if (RESERVED_WORDS.some(word => word === first)) {
    throw new UsageError(
      `${first} is reserved for a coming command of keepup; to run the program of that name: keepup -- ${first}`,
    );
  }
  if (VERB_WORDS.some(word => word === first)) {
    throw new UsageError(
      `${first} is a command of keepup's own and comes first, as in keepup ${first}; ` +
        `to run the program of that name: keepup -- ${first}`,
    );
  }
  const empty = commands.findIndex(command => command.trim() === '');
  if (empty >= 0)
    throw new UsageError(`command ${empty + 1} is empty: expected a shell command, as in keepup 'npm run dev'`);
  return commands.map(line => ({kind: 'shell', line}));
};
