import type {ProcessStateKind} from '../model/lifecycle.ts';
import {clock, isoTime} from '../text/durations.ts';
import {siTrim} from '../text/numbers.ts';
import {table} from '../text/table.ts';
import {findRuns, type FoundRun} from '../wire/find-runs.ts';
import type {RunFacts} from '../wire/protocol.ts';
import {openRunFolder} from '../wire/run-folder.ts';
import {listReports} from '../wire/saved-reports.ts';

/** One row of `keepup ls --json`. Fields may be added, none renamed. */
export type ListedRun =
  | (RunFacts & {readonly state: 'live'})
  /** It does not answer; `reason` says why, as far as that is known. */
  | {readonly state: 'silent'; readonly name: string; readonly reason: string}
  /** Its report can still be read. */
  | {readonly state: 'ended'; readonly name: string; readonly endedAt: string | null};

/** All runs of this user that have a socket, and those that have left a report, the newest first. */
export const listRuns = async (env: NodeJS.ProcessEnv): Promise<readonly ListedRun[]> => {
  const folder = openRunFolder(env);
  const found = (await findRuns(folder)).map(listed);
  const names = new Set(found.map(({name}) => name));
  const reports = await listReports(folder);
  const ended = reports.filter(({name}) => !names.has(name));
  return [...found, ...ended.map(({name, atMs}) => ({state: 'ended' as const, name, endedAt: isoTime(atMs)}))];
};

/** The same as a table for people: lines without newlines. */
export const runTable = (runs: readonly ListedRun[], wallMs: number): string[] =>
  table(
    ['run', 'up', 'processes', 'lines', 'lines/s', 'views', 'pid'],
    runs.map(run => rowOf(run, wallMs)),
    ['left', 'right', 'left', 'right', 'right', 'right', 'right'],
  );

const listed = (run: FoundRun): ListedRun =>
  run.kind === 'live' ? {state: 'live', ...run.run} : {state: 'silent', name: run.name, reason: run.sentence};

const rowOf = (run: ListedRun, wallMs: number): string[] => {
  switch (run.state) {
    case 'live':
      return [
        run.name,
        clock(Math.max(0, wallMs - run.startedAtWallMs)),
        statesOf(run.states),
        siTrim(run.linesIn),
        siTrim(run.linesPerSec),
        String(run.views),
        String(run.pid),
      ];
    case 'silent':
      return [run.name, '', `does not answer: ${run.reason}`];
    case 'ended':
      return [run.name, '', `ended ${run.endedAt ?? ''}: keepup report ${run.name}`];
  }
};

const statesOf = (states: RunFacts['states']): string =>
  (Object.entries(states) as [ProcessStateKind, number][])
    .map(([state, count]) => `${count} ${state.replaceAll('-', ' ')}`)
    .join(', ');
