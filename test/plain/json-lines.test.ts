import {Writable} from 'node:stream';
import {expect, test} from 'vitest';
import {SNAPSHOT_VERSION, type ProcessSnapshot, type Snapshot} from '../../src/model/snapshot.ts';
import {writeState, writeTick} from '../../src/plain/json-lines.ts';
import {Output} from '../../src/plain/output.ts';
import {processSnapshot} from '../support/process-snapshot.ts';

/** The events that `write` writes. */
const events = (write: (output: Output) => void): unknown[] => {
  const chunks: string[] = [];
  const stream = new Writable({write: (chunk: Buffer, _encoding, done) => (chunks.push(chunk.toString()), done())});
  write(new Output(stream));
  return chunks.map(chunk => {
    expect(chunk).toMatch(/^[^\n]*\n$/);
    return JSON.parse(chunk);
  });
};

const WALL_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

const stateOf = (process: Partial<ProcessSnapshot>): unknown =>
  events(output => writeState(output, processSnapshot(process), 1000, WALL_MS))[0];

test('a state event says who, what and when', () => {
  expect(stateOf({name: 'w\u202eb', generation: 2, pid: 77})).toEqual({
    kind: 'state',
    process: 'w\u202eb',
    generation: 2,
    time: '2026-01-02T03:04:05.000Z',
    state: 'running',
    pid: 77,
    exitCode: null,
    signal: null,
    detail: null,
  });
});

test('a state event of an end says how', () => {
  const exit = {code: null, signal: 'SIGSEGV'};
  expect(stateOf({pid: null, state: {kind: 'restarting', exit, atMs: 2000}})).toMatchObject({
    state: 'restarting',
    pid: null,
    exitCode: null,
    signal: 'SIGSEGV',
    detail: 'ended by SIGSEGV; restarting in 1 s',
  });
  expect(stateOf({state: {kind: 'exited', exit: {code: 0, signal: null}, byUs: false}})).toMatchObject({
    exitCode: 0,
    signal: null,
    detail: null,
  });
});

test('a tick gives the books of the run and of each process', () => {
  const ledger = {linesIn: 9, bytesIn: 90, records: 4, failures: 2, blank: 1, dropped: 1, pending: 1};
  const process = processSnapshot({name: 'a', generation: 3, ledger});
  const snapshot: Snapshot = {
    version: SNAPSHOT_VERSION,
    seq: 1,
    runName: 'r',
    nowMs: 0,
    wallMs: WALL_MS,
    startedAtMs: 0,
    deadlineMs: null,
    totals: {ledger, rates: process.rates, lagMs: 0, spark: []},
    processes: [process],
    workers: {count: 1, busy: 0},
    self: {cpu: 0, rssBytes: 0},
    notices: [],
    allEnded: false,
    attachName: null,
    detachable: false,
    views: 0,
  };
  expect(events(output => writeTick(output, snapshot))).toEqual([
    {
      kind: 'tick',
      process: null,
      generation: null,
      time: '2026-01-02T03:04:05.000Z',
      totals: {...ledger, linesPerSec: 0},
      processes: [{process: 'a', generation: 3, ...ledger, linesPerSec: 0}],
    },
  ]);
});
