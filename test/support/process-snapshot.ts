import type {ProcessSnapshot} from '../../src/model/snapshot.ts';
import {emptyTally} from '../../src/state/tally.ts';

/** A process that runs and has printed nothing yet; everything else as given. */
export const processSnapshot = (over: Partial<ProcessSnapshot> = {}): ProcessSnapshot => {
  const ledger = {linesIn: 0, bytesIn: 0, records: 0, failures: 0, blank: 0, dropped: 0, pending: 0};
  return {
    id: 0,
    name: 'web',
    command: 'node web.js',
    format: 'json',
    undecided: false,
    overload: {kind: 'block'},
    state: {kind: 'running'},
    pid: 4127,
    generation: 1,
    spawnedAtMs: 0,
    endedAtMs: null,
    ledger,
    generationLedger: ledger,
    pendingBytes: 0,
    levels: emptyTally().levels,
    failureKinds: emptyTally().failureKinds,
    invalidUtf8: 0,
    stderrLines: 0,
    rates: {
      linesPerSec1: 0,
      linesPerSec10: 0,
      linesPerSec60: 0,
      bytesPerSec1: 0,
      bytesPerSec10: 0,
      failuresPerSec10: 0,
      peakLinesPerSec: 0,
    },
    spark: [],
    lagMs: 0,
    maxLagMs: 0,
    heldMs: 0,
    held: false,
    badge: 'idle',
    tail: [],
    groups: [],
    groupCount: 0,
    newestError: null,
    keptOpenBy: null,
    lastOutputAtMs: null,
    clears: 0,
    ...over,
  };
};
