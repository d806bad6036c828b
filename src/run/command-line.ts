import {availableParallelism} from 'node:os';
import type {Verb} from '../config/verbs.ts';
import type {RunConfig} from '../model/config.ts';
import {UsageError} from '../model/errors.ts';
import {Output} from '../plain/output.ts';
import {NO_RUN_EXIT, USAGE_EXIT} from './exit-code.ts';
import {checkFiles} from './files.ts';
import {modeOf} from './mode.ts';
import {NoRunError} from './no-run-error.ts';
import {say} from './say.ts';

/**
 * Does what a command line asks for, and ends the process when all is said and done.
 *
 * @param argv Arguments without node and script.
 * @param env The caller's environment, which children get.
 */
export const runCommandLine = async (argv: readonly string[], env: NodeJS.ProcessEnv): Promise<void> => {
  process.exitCode = await mainOf(argv, env).catch((error: unknown) => {
    if (!(error instanceof UsageError || error instanceof NoRunError)) throw error;
    say(error.message);
    return error instanceof UsageError ? USAGE_EXIT : NO_RUN_EXIT;
  });
  // Pipes that a stranger keeps open must not keep us.
  process.exit();
};

const mainOf = async (argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
  const {parseFlags} = await import('../config/flags.ts');
  const asked = parseFlags(argv, {cwd: process.cwd(), cores: availableParallelism()});
  switch (asked.kind) {
    case 'help':
    case 'version':
      await new Output(process.stdout).write(`${asked.text}\n`);
      return 0;
    case 'verb':
      return doVerb(asked.verb, env);
    case 'run':
      return run(asked.config, env);
  }
};

/** Each way to run is loaded when it is taken: who wants a screen needs no engine here, and the other way round. */
const run = async (config: RunConfig, env: NodeJS.ProcessEnv): Promise<number> => {
  const mode = modeOf(config.ui, env);
  checkFiles(config);
  if (mode === 'tui') return (await import('./screen.ts')).runWithScreen(config, env);
  return (await import('./headless.ts')).runHeadless(config, mode, env);
};

const doVerb = async (verb: Verb, env: NodeJS.ProcessEnv): Promise<number> => {
  if (verb.kind === 'attach') return (await import('./attach.ts')).attach(verb, env);
  return (await import('./verbs.ts')).doVerb(verb, env);
};
