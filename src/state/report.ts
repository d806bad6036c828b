import type {ProcessState, StartFailure} from '../model/lifecycle.ts';
import {REPORT_VERSION} from '../model/report.ts';
import type {Report, ReportGroup, ReportProcess} from '../model/report.ts';
import type {ProcessSnapshot, Totals} from '../model/snapshot.ts';
import type {ErrorGroup} from '../model/tally.ts';
import {topGroups} from './error-groups.ts';
import {isoTime} from './iso-time.ts';
import {mergeGroups} from './merge-groups.ts';
import {countsOf, sumCounts} from './report-counts.ts';

/** What a report is made of. */
export type ReportInput = {
  readonly runName: string;
  readonly startedAtWallMs: number;
  readonly durationMs: number;
  readonly workers: number;
  /** Of the whole run; only its rates are read. */
  readonly totals: Pick<Totals, 'rates'>;
  readonly processes: readonly ReportSource[];
};

/** One process's part in it. */
export type ReportSource = {
  readonly snapshot: ProcessSnapshot;
  /** All of them, in any order. */
  readonly groups: readonly ErrorGroup[];
  /** First spawn to the last output judged. */
  readonly durationMs: number;
};

/** The report of a run. Commands and samples go in as they are: whoever publishes it masks secrets. */
export const buildReport = (input: ReportInput): Report => {
  const processes = input.processes.map(reportProcess);
  const durationMs = Math.round(input.durationMs);
  return {
    version: REPORT_VERSION,
    runName: input.runName,
    startedAt: isoTime(input.startedAtWallMs),
    durationMs,
    workers: input.workers,
    totals: {
      ...sumCounts(processes, durationMs, input.totals.rates.peakLinesPerSec),
      generations: processes.reduce((sum, {generations}) => sum + generations, 0),
      processes: processes.length,
      errorGroups: reportGroups(input.processes.flatMap(({groups}) => groups)),
    },
    processes,
  };
};

const reportProcess = ({snapshot, groups, durationMs}: ReportSource): ReportProcess => ({
  name: snapshot.name,
  command: snapshot.command,
  format: snapshot.format,
  ...endOf(snapshot.state),
  generations: snapshot.generation,
  ...countsOf(snapshot, durationMs),
  errorGroups: reportGroups(groups),
});

type End = Pick<ReportProcess, 'state' | 'exitCode' | 'signal' | 'stoppedByUs' | 'startError'>;

const endOf = (state: ProcessState): End => {
  const end: End = {state: state.kind, exitCode: null, signal: null, stoppedByUs: false, startError: null};
  switch (state.kind) {
    case 'exited':
      return {...end, exitCode: state.exit.code, signal: state.exit.signal, stoppedByUs: state.byUs};
    case 'restarting':
    case 'crash-loop':
      return {...end, exitCode: state.exit.code, signal: state.exit.signal};
    case 'failed-to-start':
      return {...end, startError: sentenceOf(state.failure)};
    case 'starting':
    case 'running':
    case 'paused':
    case 'stopping':
      return end;
  }
};

const sentenceOf = ({what, errno, reason, next}: StartFailure): string => `${what}: ${errno}: ${reason}; ${next}`;

/** Groups of one shape become one, whichever process they stem from; the largest keep their names. */
const reportGroups = (groups: readonly ErrorGroup[]): ReportGroup[] => {
  const merged = new Map<string, ErrorGroup>();
  mergeGroups(merged, groups.toSorted((a, b) => b.count - a.count));
  return topGroups(merged, merged.size).map(reportGroup);
};

const reportGroup = (group: ErrorGroup): ReportGroup => ({
  kind: group.kind,
  template: group.template,
  count: group.count,
  firstSeen: isoTime(group.firstSeenMs),
  lastSeen: isoTime(group.lastSeenMs),
  sample: group.sample.text,
  sampleLine: group.sample.line,
  sampleOffset: group.sample.offset,
  sampleGeneration: group.sample.generation,
});
