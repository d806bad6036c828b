import type {ExitStatus, ProcessState} from '../model/lifecycle.ts';
import type {Ledger} from '../model/ledger.ts';
import type {ProcessSnapshot, Snapshot} from '../model/snapshot.ts';
import {exitOf, stateSentence} from '../plain/state-words.ts';
import {clock, isoTime} from '../text/durations.ts';
import {siTrim} from '../text/numbers.ts';
import {table} from '../text/table.ts';

/** Where a run stands, for scripts: `keepup ctl status --json`. Fields may be added, none renamed. */
export type Status = {
  readonly version: 1;
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly time: string | null;
  readonly upMs: number;
  readonly allEnded: boolean;
  readonly views: number;
  readonly totals: Ledger & {readonly linesPerSec: number};
  readonly processes: readonly ProcessStatus[];
};

export type ProcessStatus = Ledger & {
  readonly name: string;
  readonly command: string;
  readonly state: ProcessState['kind'];
  readonly pid: number | null;
  readonly generation: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** A sentence on the state, where there is something to say. */
  readonly detail: string | null;
  /** Since the newest run's start, until its end if it has ended. */
  readonly upMs: number | null;
  readonly linesPerSec: number;
  readonly lagMs: number;
};

/** Where a run stands at the moment of its newest snapshot. */
export const statusOf = (snapshot: Snapshot): Status => ({
  version: 1,
  run: snapshot.attachName ?? snapshot.runName,
  time: isoTime(snapshot.wallMs),
  upMs: Math.round(snapshot.nowMs - snapshot.startedAtMs),
  allEnded: snapshot.allEnded,
  views: snapshot.views,
  totals: {...snapshot.totals.ledger, linesPerSec: Math.round(snapshot.totals.rates.linesPerSec1)},
  processes: snapshot.processes.map(process => processStatus(process, snapshot.nowMs)),
});

/** The same as a table for people: lines without newlines. */
export const statusTable = (status: Status): string[] =>
  table(
    ['process', 'state', 'pid', 'run', 'up', 'lines', 'records', 'failures', 'dropped', 'pending', 'lines/s'],
    status.processes.map(process => [
      process.name,
      stateWord(process),
      process.pid === null ? '' : String(process.pid),
      String(process.generation),
      process.upMs === null ? '' : clock(process.upMs),
      String(process.linesIn),
      String(process.records),
      String(process.failures),
      String(process.dropped),
      String(process.pending),
      siTrim(process.linesPerSec),
    ]),
    ['left', 'left', ...Array.from({length: 9}, () => 'right' as const)],
  );

const processStatus = (process: ProcessSnapshot, nowMs: number): ProcessStatus => {
  const {name, command, state, pid, generation, spawnedAtMs, endedAtMs, rates, lagMs, ledger} = process;
  const exit: ExitStatus | null = exitOf(state);
  return {
    name,
    command,
    state: state.kind,
    pid,
    generation,
    exitCode: exit?.code ?? null,
    signal: exit?.signal ?? null,
    detail: stateSentence(state, nowMs),
    upMs: spawnedAtMs === null ? null : Math.round((endedAtMs ?? nowMs) - spawnedAtMs),
    ...ledger,
    linesPerSec: Math.round(rates.linesPerSec1),
    lagMs: Math.round(lagMs),
  };
};

const stateWord = ({state, exitCode, signal}: ProcessStatus): string => {
  const end = signal ?? (exitCode === null ? null : `exit ${exitCode}`);
  return end === null ? state.replaceAll('-', ' ') : `${state.replaceAll('-', ' ')} (${end})`;
};
