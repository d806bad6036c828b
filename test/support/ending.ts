import type {Report} from '../../src/model/report.ts';
import {emptyTally} from '../../src/state/tally.ts';
import type {Ending} from '../../src/wire/protocol.ts';

/** The report of a run of nothing. */
export const emptyReport: Report = {
  version: 1,
  runName: 'demo',
  startedAt: '2026-11-22T12:04:31.000Z',
  durationMs: 1,
  workers: 2,
  totals: {
    bytesIn: 0, linesIn: 0, records: 0, failures: 0, blank: 0, dropped: 0, pending: 0,
    failureKinds: emptyTally().failureKinds,
    levels: emptyTally().levels,
    invalidUtf8: 0, stderrLines: 0, meanLinesPerSec: 0, peakLinesPerSec: 0, maxLagMs: 0, heldMs: 0, durationMs: 0,
    generations: 0, processes: 0, errorGroups: [],
  },
  processes: [],
};

/** How a run ended, in all its parts. */
export const ending: Ending = {report: emptyReport, exitCode: 3, said: ['a warning'], problem: null};
