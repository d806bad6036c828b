import type {ReportCounts} from '../model/report.ts';
import type {ProcessSnapshot} from '../model/snapshot.ts';
import {FAILURE_KINDS, LEVELS} from '../model/verdict.ts';
import {emptyTally} from './tally.ts';

/** The counts of one process, over all its generations. */
export const countsOf = (snapshot: ProcessSnapshot, durationMs: number): ReportCounts => ({
  bytesIn: snapshot.ledger.bytesIn,
  linesIn: snapshot.ledger.linesIn,
  records: snapshot.ledger.records,
  failures: snapshot.ledger.failures,
  blank: snapshot.ledger.blank,
  dropped: snapshot.ledger.dropped,
  pending: snapshot.ledger.pending,
  failureKinds: snapshot.failureKinds,
  levels: snapshot.levels,
  invalidUtf8: snapshot.invalidUtf8,
  stderrLines: snapshot.stderrLines,
  meanLinesPerSec: perSec(snapshot.ledger.linesIn, durationMs),
  peakLinesPerSec: rounded(snapshot.rates.peakLinesPerSec),
  maxLagMs: Math.round(snapshot.maxLagMs),
  heldMs: Math.round(snapshot.heldMs),
  durationMs: Math.round(durationMs),
});

/** The counts of a run: sums, but the longest lag, and a peak that no sum of peaks could tell. */
export const sumCounts = (
  processes: readonly ReportCounts[],
  durationMs: number,
  peakLinesPerSec: number,
): ReportCounts => {
  const sum = (pick: (counts: ReportCounts) => number): number =>
    processes.reduce((total, one) => total + pick(one), 0);
  const linesIn = sum(counts => counts.linesIn);
  const none = emptyTally();
  return {
    bytesIn: sum(counts => counts.bytesIn),
    linesIn,
    records: sum(counts => counts.records),
    failures: sum(counts => counts.failures),
    blank: sum(counts => counts.blank),
    dropped: sum(counts => counts.dropped),
    pending: sum(counts => counts.pending),
    failureKinds: summed(none.failureKinds, FAILURE_KINDS, kind => sum(counts => counts.failureKinds[kind])),
    levels: summed(none.levels, LEVELS, level => sum(counts => counts.levels[level])),
    invalidUtf8: sum(counts => counts.invalidUtf8),
    stderrLines: sum(counts => counts.stderrLines),
    meanLinesPerSec: perSec(linesIn, durationMs),
    peakLinesPerSec: rounded(peakLinesPerSec),
    maxLagMs: Math.max(0, ...processes.map(({maxLagMs}) => maxLagMs)),
    heldMs: sum(counts => counts.heldMs),
    durationMs: Math.round(durationMs),
  };
};

const summed = <K extends string>(zeros: Record<K, number>, keys: readonly K[], sum: (key: K) => number) => {
  const sums = {...zeros};
  for (const key of keys) sums[key] = sum(key);
  return sums;
};

const perSec = (count: number, durationMs: number): number =>
  durationMs > 0 ? rounded((count * 1000) / durationMs) : 0;

const rounded = (rate: number): number => Math.round(rate * 100) / 100;
