import {formatLabel} from '../model/format.ts';
import type {ProcessSnapshot} from '../model/snapshot.ts';
import {SNAPSHOT_GROUPS} from '../model/snapshot.ts';
import {newestGroup, topGroups} from '../state/error-groups.ts';
import type {ManagedProcess} from './managed-process.ts';

/** What views see of a process at this moment. */
export const projectProcess = (process: ManagedProcess, nowMs: number): ProcessSnapshot => {
  const {books, supervisor, options, format} = process;
  const read = books.read(nowMs);
  const lagMs = process.lagMs(nowMs);
  return {
    id: options.id,
    name: options.spec.name,
    command: options.commandLine,
    format: formatLabel(format),
    undecided: format.kind === 'auto',
    overload: options.config.overload,
    state: supervisor.state,
    pid: supervisor.pid,
    generation: supervisor.generation,
    spawnedAtMs: supervisor.spawnedAtMs,
    endedAtMs: supervisor.endedAtMs,
    ledger: books.ledger(),
    generationLedger: books.generationLedger(supervisor.generation),
    pendingBytes: books.pendingBytes(),
    levels: {...books.total.levels},
    failureKinds: {...books.total.failureKinds},
    invalidUtf8: books.total.invalidUtf8,
    stderrLines: read.stderrLines,
    rates: process.rates.rates(nowMs),
    spark: process.rates.spark(nowMs),
    lagMs,
    maxLagMs: process.maxLagMs,
    heldMs: read.heldMs,
    held: process.isHeld,
    badge: process.badges.badge(nowMs, lagMs),
    tail: process.tail.lines(),
    groups: topGroups(books.total.groups, SNAPSHOT_GROUPS),
    groupCount: books.total.groups.size,
    newestError: newestGroup(books.total.groups),
    keptOpenBy: process.keptOpenBy,
    lastOutputAtMs: process.lastOutputAtMs,
    clears: process.clears,
  };
};
