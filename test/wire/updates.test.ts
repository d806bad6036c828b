import {describe, expect, test} from 'vitest';
import type {Snapshot} from '../../src/model/snapshot.ts';
import {applyDelta, type ProcessDelta} from '../../src/wire/delta.ts';
import {endingFrame, fittingPage, lighterSnapshot} from '../../src/wire/fitting.ts';
import {FrameReader} from '../../src/wire/frames.ts';
import {MAX_FRAME_TO_CLIENT, type Ending, type EngineMessage} from '../../src/wire/protocol.ts';
import {Updates, type Update} from '../../src/wire/updates.ts';
import {ending} from '../support/ending.ts';
import {createFakeMonitor} from '../support/fake-monitor.ts';

const overWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** What a client has after an update. */
const after = (have: Snapshot | null, {frames}: Update): Snapshot => {
  const reader = new FrameReader(frames.length);
  reader.push(frames);
  const processes: ProcessDelta[] = [];
  for (let read = reader.read(); read.kind === 'message'; read = reader.read()) {
    const message = read.message as EngineMessage;
    if (message.kind === 'snapshot') return message.snapshot;
    if (message.kind === 'delta' && have !== null) return applyDelta(have, {...message.delta, processes});
    if (message.kind === 'part') processes.push(message.process);
  }
  throw new Error('expected an update');
};

const monitor = createFakeMonitor([{name: 'web', linesPerSec: 300, badShare: 0.1, before: 500}]);
const first = monitor.snapshot();
monitor.advance(100);
const second = monitor.snapshot();

describe('steps', () => {
  test('are encoded once for all who take the same', () => {
    const updates = new Updates();
    const made = updates.update(first, second);
    expect(updates.update(first, second)).toBe(made);
    expect(updates.update(null, second)).not.toBe(made);
    expect(after(overWire(first), made)).toEqual(overWire(second));
  });

  test('are others for a client that shows fewer lines', () => {
    const updates = new Updates();
    const made = updates.update(null, second, 5);
    expect(updates.update(null, second, 5)).toBe(made);
    const {tail} = second.processes[0]!;
    const short = tail.filter(({kind}, at) => at >= tail.length - 5 || kind === 'stderr');
    expect(short.length).toBeLessThan(tail.length);
    expect(made.snapshot.processes[0]!.tail).toEqual(short);
    expect(updates.update(null, second, tail.length).snapshot).toBe(second);
    expect(updates.update(null, second).snapshot).toBe(second);
  });

  test('are made anew for a newer snapshot', () => {
    const updates = new Updates();
    const old = updates.update(null, first);
    const made = updates.update(null, second);
    expect(made).not.toBe(old);
    expect(made.snapshot).toBe(second);
    updates.forget();
    expect(updates.update(null, second)).not.toBe(made);
  });
});

describe('too large for a frame', () => {
  test('a snapshot comes with fewer lines, and the next is a change of that', () => {
    const updates = new Updates(6000);
    const lighter = updates.update(null, first);
    expect(lighter.frames.length).toBeLessThanOrEqual(6000);
    expect(lighter.snapshot.processes[0]!.tail).toEqual(first.processes[0]!.tail.slice(-4));
    const have = after(null, lighter);
    const next = updates.update(lighter.snapshot, second);
    expect(next.frames.length).toBeLessThanOrEqual(6000);
    expect(after(have, next)).toEqual(overWire(next.snapshot));
  });

  test('one that can’t be made small enough is a bug', () => {
    expect(() => new Updates(100).update(null, first)).toThrow(/1 processes is larger than a frame may be/);
  });

  test('nothing is left of tails and groups at last', () => {
    expect(lighterSnapshot(first, 0).processes[0]).toMatchObject({tail: [], groups: [], newestError: null});
  });

  test('an ending comes with the largest groups of its report', () => {
    const group = {
      kind: 'error', template: 't', count: 1, firstSeen: '', lastSeen: '', sample: 'x'.repeat(1000),
      sampleLine: 1, sampleOffset: 1, sampleGeneration: 1,
    };
    const totals = {...ending.report.totals, errorGroups: Array.from({length: 100}, (_, count) => ({...group, count}))};
    const frame = endingFrame({...ending, report: {...ending.report, totals}}, 30_000);
    const sent = JSON.parse(frame.subarray(4).toString()) as {readonly ending: Ending};
    expect(sent.ending.report.totals.errorGroups.map(({count}) => count)).toEqual([...Array(16).keys()]);
    expect(sent.ending.exitCode).toBe(ending.exitCode);
  });

  test('a line of any length is cut to what can be sent', () => {
    const line = first.processes[0]!.tail[0]!;
    const long = 'x'.repeat(4_000_000);
    const page = fittingPage({kind: 'line', detail: {line, text: long, pretty: long, message: 'short'}});
    const {text = '', pretty = '', message} = (page.kind === 'line' ? page.detail : null) ?? {};
    // Three of them, each character escaped as six bytes, fit into a frame.
    expect(text.length * 3 * 6).toBeLessThan(MAX_FRAME_TO_CLIENT - 100_000);
    expect(text.slice(-32)).toBe('x… (4000000 characters in all)'.padStart(32, 'x'));
    expect([pretty, message]).toEqual([text, 'short']);
  });
});
