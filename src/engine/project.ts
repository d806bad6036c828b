import {ledgerGap, type Ledger} from '../model/ledger.ts';
import {SNAPSHOT_VERSION, type Notice, type ProcessSnapshot, type Snapshot, type Totals} from '../model/snapshot.ts';
import type {RateMeter} from '../state/rates.ts';
import type {SelfUsage} from './self-usage.ts';

/** All that a snapshot is made of besides the processes. */
export type RunState = {
  readonly runName: string;
  readonly seq: number;
  readonly nowMs: number;
  readonly wallMs: number;
  readonly startedAtMs: number;
  readonly deadlineMs: number | null;
  readonly rates: RateMeter;
  readonly workers: {readonly count: number; readonly busy: number};
  readonly self: SelfUsage;
  readonly notices: readonly Notice[];
  readonly allEnded: boolean;
  readonly attachment: Attachment;
};

/** How views come and go. */
export type Attachment = Pick<Snapshot, 'attachName' | 'detachable' | 'views'>;

/** The bounded view of everything at one moment. */
export const project = (run: RunState, processes: readonly ProcessSnapshot[]): Snapshot => ({
  version: SNAPSHOT_VERSION,
  seq: run.seq,
  runName: run.runName,
  nowMs: run.nowMs,
  wallMs: run.wallMs,
  startedAtMs: run.startedAtMs,
  deadlineMs: run.deadlineMs,
  totals: totalsOf(processes, run),
  processes,
  workers: run.workers,
  self: run.self,
  notices: run.notices,
  allEnded: run.allEnded,
  ...run.attachment,
});

/** The first process whose ledger does not balance, in words; null when all books are true. */
export const imbalance = (processes: readonly ProcessSnapshot[]): string | null => {
  for (const {name, ledger, generationLedger} of processes) {
    for (const [what, books] of Object.entries({ledger, generationLedger})) {
      if (ledgerGap(books) !== 0) return `${what} of ${name} is off by ${ledgerGap(books)} lines: ${JSON.stringify(books)}`;
    }
  }
  return null;
};

const totalsOf = (processes: readonly ProcessSnapshot[], {rates, nowMs}: RunState): Totals => ({
  ledger: processes.map(({ledger}) => ledger).reduce(plus, NOTHING),
  rates: rates.rates(nowMs),
  lagMs: processes.reduce((most, {lagMs}) => Math.max(most, lagMs), 0),
  spark: rates.spark(nowMs),
});

const NOTHING: Ledger = {linesIn: 0, bytesIn: 0, records: 0, failures: 0, blank: 0, dropped: 0, pending: 0};

const plus = (a: Ledger, b: Ledger): Ledger => ({
  linesIn: a.linesIn + b.linesIn,
  bytesIn: a.bytesIn + b.bytesIn,
  records: a.records + b.records,
  failures: a.failures + b.failures,
  blank: a.blank + b.blank,
  dropped: a.dropped + b.dropped,
  pending: a.pending + b.pending,
});
