import {compareKeys} from '../model/display-line.ts';
import type {LineKey} from '../model/display-line.ts';
import type {Ledger} from '../model/ledger.ts';
import type {ProcessSnapshot} from '../model/snapshot.ts';
import {groupKey} from '../model/tally.ts';
import type {ErrorGroup} from '../model/tally.ts';

/**
 * What a process had shown when its display was cleared. Views show what came
 * since; the engine's books and the report know nothing of it.
 */
export type Baseline = {
  /** Wall-clock ms of the clearing. */
  readonly wallMs: number;
  /** Newest line shown then; null: none had been. */
  readonly lastKey: LineKey | null;
  readonly ledger: Ledger;
  readonly generation: number;
  readonly generationLedger: Ledger;
  readonly levels: ProcessSnapshot['levels'];
  readonly failureKinds: ProcessSnapshot['failureKinds'];
  readonly invalidUtf8: number;
  readonly stderrLines: number;
  readonly heldMs: number;
  /** Counts of the groups known then, by `groupKey`. */
  readonly groups: ReadonlyMap<string, number>;
  readonly groupCount: number;
  /** `groups` holds all of them, not only those of a snapshot. */
  readonly complete: boolean;
};

export const baselineOf = (process: ProcessSnapshot, wallMs: number): Baseline => ({
  wallMs,
  lastKey: process.tail.at(-1)?.key ?? null,
  ledger: process.ledger,
  generation: process.generation,
  generationLedger: process.generationLedger,
  levels: process.levels,
  failureKinds: process.failureKinds,
  invalidUtf8: process.invalidUtf8,
  stderrLines: process.stderrLines,
  heldMs: process.heldMs,
  groups: countsOf(process.groups),
  groupCount: process.groupCount,
  complete: process.groups.length >= process.groupCount,
});

/** Fills in the groups that the snapshot did not carry. */
export const completeBaseline = (baseline: Baseline, all: readonly ErrorGroup[]): Baseline => ({
  ...baseline,
  groups: new Map([...countsOf(all), ...baseline.groups]),
  complete: true,
});

/** A process as if it had begun at the baseline. Rates, lag and state are what they are. */
export const sinceBaseline = (process: ProcessSnapshot, baseline: Baseline): ProcessSnapshot => {
  const groups = groupsSince(process.groups, baseline);
  const sameGeneration = process.generation === baseline.generation;
  return {
    ...process,
    ledger: ledgerSince(process.ledger, baseline.ledger),
    generationLedger: sameGeneration
      ? ledgerSince(process.generationLedger, baseline.generationLedger)
      : process.generationLedger,
    levels: countsSince(process.levels, baseline.levels),
    failureKinds: countsSince(process.failureKinds, baseline.failureKinds),
    invalidUtf8: process.invalidUtf8 - baseline.invalidUtf8,
    stderrLines: process.stderrLines - baseline.stderrLines,
    heldMs: process.heldMs - baseline.heldMs,
    tail: process.tail.filter((line) => isSince(line.key, baseline)),
    groups,
    groupCount: Math.max(groups.length, process.groupCount - baseline.groupCount),
    newestError: process.newestError === null ? null : (groupsSince([process.newestError], baseline)[0] ?? null),
  };
};

/** The groups that grew since the baseline, with what they grew by, largest first. */
export const groupsSince = (groups: readonly ErrorGroup[], baseline: Baseline): ErrorGroup[] =>
  groups
    .map((group) => ({...group, count: group.count - (baseline.groups.get(groupKey(group)) ?? 0)}))
    .filter((group) => group.count > 0)
    .toSorted((a, b) => b.count - a.count);

/** A line that arrived after the clearing. */
export const isSince = (key: LineKey, baseline: Baseline): boolean =>
  baseline.lastKey === null || compareKeys(key, baseline.lastKey) > 0;

const countsOf = (groups: readonly ErrorGroup[]): Map<string, number> =>
  new Map(groups.map((group) => [groupKey(group), group.count]));

/** `pending` is no history: what waits, waits. */
const ledgerSince = (now: Ledger, then: Ledger): Ledger => ({
  linesIn: now.linesIn - then.linesIn + then.pending,
  bytesIn: now.bytesIn - then.bytesIn,
  records: now.records - then.records,
  failures: now.failures - then.failures,
  blank: now.blank - then.blank,
  dropped: now.dropped - then.dropped,
  pending: now.pending,
});

const countsSince = <K extends string>(
  now: Readonly<Record<K, number>>,
  then: Readonly<Record<K, number>>,
): Readonly<Record<K, number>> => {
  const since: Record<K, number> = {...now};
  for (const key of Object.keys(now) as K[]) since[key] = now[key] - then[key];
  return since;
};
