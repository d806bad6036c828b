import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Snapshot} from '../../src/model/snapshot.ts';
import {applyDelta, deltaOf} from '../../src/wire/delta.ts';
import {createFakeMonitor} from '../support/fake-monitor.ts';
import {snapshotArbitrary} from '../support/snapshot-arbitrary.ts';

const overWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const sizeOf = (value: unknown): number => JSON.stringify(value).length;

test('the law: a delta makes the next snapshot out of the previous one', () => {
  fc.assert(
    fc.property(snapshotArbitrary, snapshotArbitrary, (previous, next) => {
      expect(applyDelta(previous, overWire(deltaOf(previous, next)))).toEqual(next);
    }),
    {numRuns: 500},
  );
});

test('the law holds along a run of scripted processes', () => {
  const monitor = createFakeMonitor([
    {name: 'web', linesPerSec: 300, badShare: 0.1, before: 500},
    {name: 'db', linesPerSec: 20, stderr: ['careful']},
  ]);
  let have = overWire(monitor.snapshot());
  let seen = monitor.snapshot();
  for (let tick = 0; tick < 50; tick++) {
    if (tick === 10) monitor.dispatch({kind: 'stop', target: 1});
    if (tick === 20) monitor.notify('a warning');
    monitor.advance(130);
    have = applyDelta(have, overWire(deltaOf(seen, monitor.snapshot())));
    seen = monitor.snapshot();
    expect(have).toEqual(overWire(seen));
  }
});

describe('what it costs', () => {
  const monitor = createFakeMonitor([
    {name: 'quiet', linesPerSec: 0, before: 500},
    {name: 'busy', linesPerSec: 100, before: 500},
  ]);
  monitor.advance(100);
  const before = monitor.snapshot();
  monitor.advance(100);
  const after = monitor.snapshot();

  test.each([['of the same objects', before, after], ['of copies', overWire(before), overWire(after)]] as const)(
    'an unchanged process costs nothing, %s',
    (_what, previous, next) => {
      const {processes} = deltaOf(previous, next);
      expect(processes?.map(({at}) => at)).toEqual([1]);
    },
  );

  test('a tail that has grown costs its new lines', () => {
    const {processes} = deltaOf(before, after);
    expect(before.processes[1]!.tail).toHaveLength(64);
    const [keep, add, ...rest] = processes?.[0]?.tail ?? [];
    const count = after.processes[1]!.ledger.linesIn - before.processes[1]!.ledger.linesIn;
    expect(count).toBeGreaterThan(3);
    expect([keep, add, rest]).toEqual([{keep: [count, 64]}, {add: after.processes[1]!.tail.slice(-count)}, []]);
    expect(sizeOf(deltaOf(before, after))).toBeLessThan(sizeOf(after) / 5);
  });

  test('nothing new costs next to nothing', () => {
    expect(deltaOf(after, overWire(after))).toEqual({base: after.seq, fields: {}});
  });

  test('what has not changed are the same objects on the other side', () => {
    const have: Snapshot = overWire(before);
    const next = applyDelta(have, overWire(deltaOf(before, after)));
    expect(next.processes[0]).toBe(have.processes[0]);
    expect(next.processes[1]!.levels).not.toBe(have.processes[1]!.levels);
    expect(next.processes[1]!.overload).toBe(have.processes[1]!.overload);
  });
});
