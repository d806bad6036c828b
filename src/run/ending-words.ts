import {shellWord} from '../engine/command-line.ts';
import type {RunConfig} from '../model/config.ts';
import {Output} from '../plain/output.ts';
import {reportTable} from '../plain/report-table.ts';
import type {Ending} from '../wire/protocol.ts';
import {reportText} from './files.ts';
import {printable, say, writeStderr} from './say.ts';
import type {ViewResult} from './view.ts';

/** Says what a run has left to say once its screen is gone. Returns the exit code. */
export const sayEnding = async (ending: Ending, reportFile: RunConfig['reportFile']): Promise<number> => {
  for (const line of ending.said) say(line);
  writeStderr(`${reportTable(ending.report).join('\n')}\n`);
  if (reportFile === '-') await new Output(process.stdout).write(reportText(ending.report));
  if (ending.problem === null) return ending.exitCode;
  say(`${ending.problem}; here it is instead`);
  writeStderr(reportText(ending.report));
  return ending.exitCode;
};

/** Says where a run went that goes on. */
export const sayDetached = (name: string): void => say(`detached; ${name} goes on: keepup attach ${shellWord(name)}`);

/** Says what made a view fall over. */
export const sayCrash = ({crash}: ViewResult): void => {
  if (crash !== null) writeStderr(printable(`keepup: the screen failed: ${crash.stack ?? crash.message}`));
};
