import {describe, expect, it} from 'vitest';
import type {ProcessState} from '../../src/model/lifecycle.ts';
import type {Report} from '../../src/model/report.ts';
import type {ProcessSnapshot} from '../../src/model/snapshot.ts';
import type {ErrorGroup} from '../../src/model/tally.ts';
import {buildReport} from '../../src/state/report.ts';
import type {ReportSource} from '../../src/state/report.ts';
import {emptyTally} from '../../src/state/tally.ts';
import {processSnapshot} from '../support/process-snapshot.ts';

const STARTED_MS = Date.UTC(2024, 4, 1, 10, 20, 30);
const group = (over: Partial<ErrorGroup> = {}): ErrorGroup => ({
  kind: 'error',
  template: 'timed out after <n>',
  count: 3,
  firstSeenMs: STARTED_MS,
  lastSeenMs: STARTED_MS + 1500,
  sample: {text: 'timed out after 7', message: '', generation: 2, line: 41, offset: 1234},
  ...over,
});
const sourceOf = (over: Partial<ProcessSnapshot> = {}, groups: ErrorGroup[] = [], durationMs = 2000): ReportSource => ({
  snapshot: processSnapshot(over), groups, durationMs,
});
const reportOf = (...processes: ReportSource[]): Report =>
  buildReport({
    runName: 'demo',
    startedAtWallMs: STARTED_MS,
    durationMs: 4000.4,
    workers: 2,
    totals: {rates: {...processSnapshot().rates, peakLinesPerSec: 1234.5678}},
    processes,
  });

const ledger = {linesIn: 1000, bytesIn: 50_000, records: 900, failures: 60, blank: 30, dropped: 8, pending: 2};
const busy: Partial<ProcessSnapshot> = {
  ledger,
  levels: {...emptyTally().levels, info: 890, error: 10},
  failureKinds: {...emptyTally().failureKinds, 'invalid-json': 60},
  generation: 3,
  invalidUtf8: 4,
  stderrLines: 5,
  maxLagMs: 77.6,
  heldMs: 120.2,
  rates: {...processSnapshot().rates, peakLinesPerSec: 800},
};

describe('buildReport', () => {
  it('reports a process with all its counts', () => {
    const report = reportOf(sourceOf(busy, [group()]));
    expect(report).toMatchObject({version: 1, runName: 'demo', durationMs: 4000, workers: 2});
    expect(report.startedAt).toBe('2024-05-01T10:20:30.000Z');
    expect(report.processes).toEqual([
      {
        name: 'web', command: 'node web.js', format: 'json',
        state: 'running', exitCode: null, signal: null, stoppedByUs: false, startError: null,
        generations: 3,
        ...ledger,
        failureKinds: busy.failureKinds, levels: busy.levels, invalidUtf8: 4, stderrLines: 5,
        meanLinesPerSec: 500, peakLinesPerSec: 800, maxLagMs: 78, heldMs: 120, durationMs: 2000,
        errorGroups: [
          {
            kind: 'error', template: 'timed out after <n>', count: 3,
            firstSeen: '2024-05-01T10:20:30.000Z', lastSeen: '2024-05-01T10:20:31.500Z',
            sample: 'timed out after 7', sampleLine: 41, sampleOffset: 1234, sampleGeneration: 2,
          },
        ],
      },
    ]);
  });

  it('sums up the processes; lag is the longest, the peak that of the run', () => {
    const {totals} = reportOf(sourceOf(busy), sourceOf({...busy, maxLagMs: 20}), sourceOf());
    expect(totals).toEqual({
      processes: 3, generations: 7,
      linesIn: 2000, bytesIn: 100_000, records: 1800, failures: 120, blank: 60, dropped: 16, pending: 4,
      failureKinds: {...emptyTally().failureKinds, 'invalid-json': 120},
      levels: {...emptyTally().levels, info: 1780, error: 20},
      invalidUtf8: 8, stderrLines: 10,
      meanLinesPerSec: 500, peakLinesPerSec: 1234.57, maxLagMs: 78, heldMs: 240, durationMs: 4000,
      errorGroups: [],
    });
  });

  it('joins groups of one shape over all processes, largest first', () => {
    const late = group({count: 4, firstSeenMs: STARTED_MS - 1, lastSeenMs: STARTED_MS + 9000});
    const one = sourceOf({}, [group(), group({kind: 'fatal', count: 5})]);
    const {totals} = reportOf(one, sourceOf({}, [late, group({template: 'x', count: 9})]));
    expect(totals.errorGroups.map(({kind, template, count}) => [kind, template, count])).toEqual([
      ['error', 'x', 9], ['error', 'timed out after <n>', 7], ['fatal', 'timed out after <n>', 5],
    ]);
    expect(totals.errorGroups[1]).toMatchObject({
      firstSeen: '2024-05-01T10:20:29.999Z',
      lastSeen: '2024-05-01T10:20:39.000Z',
    });
  });

  const none = {exitCode: null, signal: null, stoppedByUs: false, startError: null};
  const failure = {what: 'nosuch', errno: 'ENOENT', reason: 'no such program in PATH', next: 'install it'};

  it.each<[ProcessState, object]>([
    [{kind: 'exited', exit: {code: 3, signal: null}, byUs: false}, {exitCode: 3}],
    [{kind: 'exited', exit: {code: null, signal: 'SIGTERM'}, byUs: true}, {signal: 'SIGTERM', stoppedByUs: true}],
    [{kind: 'crash-loop', exit: {code: 1, signal: null}, restarts: 6}, {exitCode: 1}],
    [{kind: 'restarting', atMs: 0, exit: {code: null, signal: 'SIGSEGV'}}, {signal: 'SIGSEGV'}],
    [{kind: 'paused', sinceMs: 0}, {}],
    [{kind: 'failed-to-start', failure}, {startError: 'nosuch: ENOENT: no such program in PATH; install it'}],
  ])('says how a process ended: %j', (state, end) => {
    expect(reportOf(sourceOf({state})).processes[0]).toMatchObject({...none, state: state.kind, ...end});
  });

  it('is finite for a run of no time and no processes, and survives JSON', () => {
    const {rates} = processSnapshot();
    const nothing = {runName: '', startedAtWallMs: 0, durationMs: 0, workers: 0, totals: {rates}, processes: []};
    const report = buildReport(nothing);
    expect(report.totals).toMatchObject({linesIn: 0, meanLinesPerSec: 0, maxLagMs: 0});
    expect(reportOf(sourceOf(busy, [], 0)).processes[0]?.meanLinesPerSec).toBe(0);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
