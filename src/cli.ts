import {availableParallelism} from 'node:os';
import type {Verb} from './config/verbs.ts';
import type {RunConfig} from './model/config.ts';
import {UsageError} from './model/errors.ts';
import {Output} from './plain/output.ts';
import {keepCompiledCode} from './run/compiled-code.ts';
import {NO_RUN_EXIT, USAGE_EXIT} from './run/exit-code.ts';
import {checkFiles} from './run/files.ts';
import {modeOf} from './run/mode.ts';
import {NoRunError} from './run/no-run-error.ts';
import {say} from './run/say.ts';

/**
 * Runs keepup.
 *
 * @param argv Arguments without node and script. Ends the process when all is said and done.
 */
export const main = async (argv: readonly string[]): Promise<void> => {
  // Before anything of ours touches it: children get the caller's environment.
  const callersEnv = {...process.env};
  process.exitCode = await mainOf(argv, callersEnv).catch((error: unknown) => {
    if (!(error instanceof UsageError || error instanceof NoRunError)) throw error;
    say(error.message);
    return error instanceof UsageError ? USAGE_EXIT : NO_RUN_EXIT;
  });
  // Pipes that a stranger keeps open must not keep us.
  process.exit();
};

const mainOf = async (argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
  keepCompiledCode(env);
  const {parseFlags} = await import('./config/flags.ts');
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
  if (mode === 'tui') return (await import('./run/screen.ts')).runWithScreen(config, env);
  return (await import('./run/headless.ts')).runHeadless(config, mode, env);
};

const doVerb = async (verb: Verb, env: NodeJS.ProcessEnv): Promise<number> => {
  if (verb.kind === 'attach') return (await import('./run/attach.ts')).attach(verb, env);
  return (await import('./run/verbs.ts')).doVerb(verb, env);
};
