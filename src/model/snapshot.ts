import type {DisplayLine} from './display-line.ts';
import type {Ledger} from './ledger.ts';
import type {ProcessState} from './lifecycle.ts';
import type {ErrorGroup} from './tally.ts';
import type {FailureKind, Level} from './verdict.ts';

/** Version of the shape below; whatever crosses a process border names it. */
export const SNAPSHOT_VERSION = 1;

/** Throughput of a process or of the run. Lines and bytes are those read from stdout. */
export type Rates = {
  readonly linesPerSec1: number;
  readonly linesPerSec10: number;
  readonly linesPerSec60: number;
  readonly bytesPerSec1: number;
  readonly bytesPerSec10: number;
  readonly failuresPerSec10: number;
  /** Highest `linesPerSec1` so far. */
  readonly peakLinesPerSec: number;
};

/** Who is the bottleneck. `held`: left unread by us in the last second, or now. */
export type Badge = 'idle' | 'keeping up' | 'parser behind' | 'held';

export type OverloadPolicy =
  | {readonly kind: 'block'}
  | {readonly kind: 'drop-oldest'}
  | {readonly kind: 'sample'; readonly every: number};

/** A process as views see it. All strings that stem from a child are raw: sanitize before showing. */
export type ProcessSnapshot = {
  /** 0-based place in the run; also what commands and pages name. */
  readonly id: number;
  readonly name: string;
  /** As the user wrote it. */
  readonly command: string;
  /** `json`, `text`, `module:…`, or `auto` while undecided. */
  readonly format: string;
  /** True while `auto` has not settled. */
  readonly undecided: boolean;
  readonly overload: OverloadPolicy;
  readonly state: ProcessState;
  readonly pid: number | null;
  /** 1-based; 0 before the first spawn. */
  readonly generation: number;
  /** Monotonic ms of this generation's spawn, and of its end if it has ended. */
  readonly spawnedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** Over all generations. */
  readonly ledger: Ledger;
  /** Of the current generation alone. */
  readonly generationLedger: Ledger;
  /** Unterminated bytes behind the last newline. */
  readonly pendingBytes: number;
  readonly levels: Readonly<Record<Level, number>>;
  readonly failureKinds: Readonly<Record<FailureKind, number>>;
  readonly invalidUtf8: number;
  readonly stderrLines: number;
  readonly rates: Rates;
  /** Lines per second of the last seconds, oldest first, one a second, at most {@link SPARK_SECONDS}; the running second is last. */
  readonly spark: readonly number[];
  /** Age of the oldest pending byte, ms; 0 when nothing waits. */
  readonly lagMs: number;
  readonly maxLagMs: number;
  /** Total time the child was left unread, ms. */
  readonly heldMs: number;
  readonly held: boolean;
  readonly badge: Badge;
  /** The newest lines in order of arrival, oldest first, at most `TAIL_LINES`. */
  readonly tail: readonly DisplayLine[];
  /** The {@link SNAPSHOT_GROUPS} largest groups, largest first. */
  readonly groups: readonly ErrorGroup[];
  /** How many distinct groups there are. */
  readonly groupCount: number;
  /** The newest failure or error record, whatever its group's size; null when there is none. */
  readonly newestError: ErrorGroup | null;
  /** The process has exited and these still hold its output open (empty: unknown who); null when closed or alive. */
  readonly keptOpenBy: readonly number[] | null;
  /** Monotonic ms of the last byte on stdout or stderr; null before any. */
  readonly lastOutputAtMs: number | null;
  /** How often all views were told to clear what they display of it. */
  readonly clears: number;
};

export const SPARK_SECONDS = 240;
export const SNAPSHOT_GROUPS = 8;

/** One of keepup's own warnings. */
export type Notice = {
  /** Grows by one with each notice. */
  readonly seq: number;
  /** Wall-clock ms. */
  readonly atMs: number;
  readonly text: string;
};

export type Totals = {
  readonly ledger: Ledger;
  readonly rates: Rates;
  readonly lagMs: number;
  readonly spark: readonly number[];
};

/** The bounded, JSON-safe view of everything at one moment. */
export type Snapshot = {
  readonly version: typeof SNAPSHOT_VERSION;
  /** Grows with each snapshot that differs from the one before. */
  readonly seq: number;
  readonly runName: string;
  /** Monotonic ms on the engine's clock; all `…AtMs` of states compare with it. */
  readonly nowMs: number;
  /** Wall-clock ms of the same moment. */
  readonly wallMs: number;
  /** Monotonic ms of the start. */
  readonly startedAtMs: number;
  /** Monotonic ms at which `--for` ends the run; null without. */
  readonly deadlineMs: number | null;
  readonly totals: Totals;
  readonly processes: readonly ProcessSnapshot[];
  readonly workers: {
    readonly count: number;
    /** Share of the workers' time spent on tasks in the last second, 0 to 1. */
    readonly busy: number;
  };
  /** Of the engine's process, and as a screen shows it, of the screen's, too: share of one core (1 = a whole core) and resident memory. */
  readonly self: {readonly cpu: number; readonly rssBytes: number};
  /** The newest of keepup's own warnings, oldest first, at most {@link MAX_NOTICES}. */
  readonly notices: readonly Notice[];
  /** Every process has ended and its output was judged to the last line. */
  readonly allEnded: boolean;
  /** The name by which views attach to this run; null while it has no socket. */
  readonly attachName: string | null;
  /** The run goes on when its views are gone. */
  readonly detachable: boolean;
  /** How many views are attached, the asking one included. */
  readonly views: number;
};

export const MAX_NOTICES = 50;
