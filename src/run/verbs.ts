import type {Verb} from '../config/verbs.ts';
import type {Report} from '../model/report.ts';
import {Output} from '../plain/output.ts';
import {reportTable} from '../plain/report-table.ts';
import {escapeOddInJson} from '../text/sanitize.ts';
import {askRun} from '../wire/ask-run.ts';
import {attachMonitor} from '../wire/client.ts';
import {connectRun} from '../wire/find-runs.ts';
import type {ControlRequest} from '../wire/protocol.ts';
import {openRunFolder} from '../wire/run-folder.ts';
import {loadReport} from '../wire/saved-reports.ts';
import {findRun} from './find-run.ts';
import {listRuns, runTable} from './list-runs.ts';
import {NoRunError} from './no-run-error.ts';
import {say} from './say.ts';
import {statusTable, type Status} from './status.ts';

/** The run can't do what it was asked. */
const REFUSED_EXIT = 1;

type Env = NodeJS.ProcessEnv;
type Of<Kind extends Verb['kind']> = Extract<Verb, {kind: Kind}>;

/**
 * Says a word to a run that goes on, or reads what it left behind.
 *
 * @returns The exit code.
 * @throws NoRunError where there is no such run; UsageError where the folder of sockets is not ours alone.
 */
export const doVerb = async (verb: Exclude<Verb, {kind: 'attach'}>, env: Env): Promise<number> => {
  switch (verb.kind) {
    case 'ls':
      return list(verb, env);
    case 'stop':
      return stop(verb, env);
    case 'report':
      return report(verb, env);
    case 'status':
      return ask(verb.run, {kind: 'status'}, env, value => (verb.json ? jsonOf(value) : statusTable(value as Status)));
    case 'act':
      return ask(verb.run, {kind: 'act', action: verb.action, names: verb.names ?? []}, env, () => []);
  }
};

const list = async ({json}: Of<'ls'>, env: Env): Promise<number> => {
  const runs = await listRuns(env);
  if (json) await print(jsonOf(runs));
  else if (runs.length === 0) say('no runs; those started with --detachable or --socket are listed here');
  else await print(runTable(runs, Date.now()));
  return 0;
};

/** Stops a run, and waits for its report. */
const stop = async ({run, force}: Of<'stop'>, env: Env): Promise<number> => {
  const connection = await findRun(run, env);
  const monitor = await attachMonitor(connection).catch((error: Error) => {
    throw new NoRunError(`stop: ${error.message}`);
  });
  // The answer may come after the end: what counts is the end.
  void monitor.control({kind: 'quit', force});
  const over = await monitor.over;
  if (over.kind === 'ended') {
    await print(reportTable(over.ending.report));
    return 0;
  }
  say(`${monitor.run.name} was gone before it could send its report${over.kind === 'lost' ? `: ${over.reason}` : ''}`);
  return REFUSED_EXIT;
};

/** The report of a run that goes on, else the one that it left behind. */
const report = async ({run, json}: Of<'report'>, env: Env): Promise<number> => {
  const folder = openRunFolder(env);
  const reached = await connectRun(folder, run);
  const saved = run === null || reached.kind === 'connected' ? null : await loadReport(folder, run);
  if (reached.kind === 'connected') reached.connection.destroy();
  if (saved === null) return ask(run, {kind: 'report'}, env, value => reportLines(value as Report, json));
  await print(reportLines(saved, json));
  return 0;
};

const reportLines = (found: Report, json: boolean): string[] => (json ? jsonOf(found) : reportTable(found));

const ask = async (
  run: string | null,
  request: ControlRequest,
  env: Env,
  show: (value: unknown) => readonly string[],
): Promise<number> => {
  const answer = await askRun(await findRun(run, env), request);
  if (!answer.ok) {
    say(answer.sentence);
    return REFUSED_EXIT;
  }
  await print(show(answer.value));
  return 0;
};

const jsonOf = (value: unknown): string[] => [escapeOddInJson(JSON.stringify(value))];

const print = async (lines: readonly string[]): Promise<void> => {
  if (lines.length > 0) await new Output(process.stdout).write(`${lines.join('\n')}\n`);
};
