import {keepCompiledCode} from './run/compiled-code.ts';

/**
 * Runs keepup.
 *
 * @param argv Arguments without node and script. Ends the process when all is said and done.
 */
export const main = async (argv: readonly string[]): Promise<void> => {
  // Before anything of ours touches it: children get the caller's environment.
  const callersEnv = {...process.env};
  // Before anything else is loaded: only that is kept.
  keepCompiledCode(callersEnv);
  const {runCommandLine} = await import('./run/command-line.ts');
  await runCommandLine(argv, callersEnv);
};
