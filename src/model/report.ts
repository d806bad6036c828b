import type {Level, FailureKind} from './verdict.ts';

export const REPORT_VERSION = 1;

/** Times are ISO 8601 in UTC; everything else is a number or a string. Fields may be added, none renamed. */
export type ReportGroup = {
  readonly kind: string;
  readonly template: string;
  readonly count: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** The newest line of the group. */
  readonly sample: string;
  readonly sampleLine: number;
  readonly sampleOffset: number;
  readonly sampleGeneration: number;
};

/** What processes and totals have in common. */
export type ReportCounts = {
  readonly bytesIn: number;
  readonly linesIn: number;
  readonly records: number;
  readonly failures: number;
  readonly blank: number;
  readonly dropped: number;
  readonly pending: number;
  readonly failureKinds: Readonly<Record<FailureKind, number>>;
  readonly levels: Readonly<Record<Level, number>>;
  readonly invalidUtf8: number;
  readonly stderrLines: number;
  readonly meanLinesPerSec: number;
  readonly peakLinesPerSec: number;
  readonly maxLagMs: number;
  readonly heldMs: number;
  /** First spawn to the last output judged. */
  readonly durationMs: number;
};

export type ReportProcess = ReportCounts & {
  readonly name: string;
  readonly command: string;
  readonly format: string;
  /** The state's kind: `exited`, `failed-to-start`, `crash-loop`, or what it was when the run ended. */
  readonly state: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Ended because we stopped it. */
  readonly stoppedByUs: boolean;
  /** Why it failed to start; null otherwise. */
  readonly startError: string | null;
  readonly generations: number;
  readonly errorGroups: readonly ReportGroup[];
};

/** The final report of a run. */
export type Report = {
  readonly version: typeof REPORT_VERSION;
  readonly runName: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly workers: number;
  readonly totals: ReportCounts & {
    readonly generations: number;
    readonly processes: number;
    readonly errorGroups: readonly ReportGroup[];
  };
  readonly processes: readonly ReportProcess[];
};
