import fc from 'fast-check';
import type {DisplayLine} from '../../src/model/display-line.ts';
import type {ProcessState} from '../../src/model/lifecycle.ts';
import type {Notice, ProcessSnapshot, Snapshot} from '../../src/model/snapshot.ts';
import {groupArbitrary} from './tally-arbitrary.ts';
import {createFakeMonitor} from './fake-monitor.ts';
import {processSnapshot} from './process-snapshot.ts';

/** Few keys and few texts, so that lines of two snapshots meet, agree and differ. */
const lineArbitrary: fc.Arbitrary<DisplayLine> = fc
  .record({ordinal: fc.nat(20), sub: fc.nat(2), message: fc.constantFrom('a', '\ud800 ü'), isJudged: fc.boolean()})
  .map(({ordinal, sub, message, isJudged}) => ({
    key: [ordinal, sub] as const,
    kind: isJudged ? 'record' : 'undecided',
    generation: 1,
    line: ordinal,
    atMs: 5,
    ownTime: false,
    level: 'info',
    failure: null,
    message,
    fields: [['__proto__', message]],
  }));

const noticeArbitrary: fc.Arbitrary<Notice> = fc
  .record({seq: fc.nat(9), text: fc.constantFrom('x', 'y')})
  .map(notice => ({...notice, atMs: 1}));

/** In order, mostly. */
const mostlySorted = <T>(items: fc.Arbitrary<T>, compare: (a: T, b: T) => number): fc.Arbitrary<T[]> =>
  fc
    .tuple(fc.array(items, {maxLength: 12}), fc.nat(9))
    .map(([list, luck]) => (luck > 0 ? list.toSorted(compare) : list));

const processArbitrary: fc.Arbitrary<Partial<ProcessSnapshot>> = fc.record({
  pid: fc.option(fc.nat(3), {nil: null}),
  lagMs: fc.double({noNaN: true, noDefaultInfinity: true}),
  state: fc.constantFrom<ProcessState[]>(
    {kind: 'running'},
    {kind: 'stopping', killAtMs: 1, then: 'stay'},
    {kind: 'stopping', killAtMs: 1, then: 'stay', ended: {code: 0, signal: null}},
  ),
  tail: mostlySorted(lineArbitrary, (a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1]),
  spark: fc.array(fc.nat(3), {maxLength: 50}),
  groups: fc.array(groupArbitrary, {maxLength: 8}),
  newestError: fc.option(groupArbitrary, {nil: null}),
  keptOpenBy: fc.option(fc.array(fc.nat(3), {maxLength: 2}), {nil: null}),
});

/** Snapshots of up to four processes, as JSON can carry them. */
export const snapshotArbitrary: fc.Arbitrary<Snapshot> = fc
  .record({
    seq: fc.nat(100),
    nowMs: fc.nat(5),
    attachName: fc.option(fc.constant('web'), {nil: null}),
    notices: mostlySorted(noticeArbitrary, (a, b) => a.seq - b.seq),
    totalsSpark: fc.array(fc.nat(3), {maxLength: 50}),
    totalsLagMs: fc.nat(2),
    processes: fc.array(processArbitrary, {maxLength: 4}),
  })
  .map(({totalsSpark, totalsLagMs, processes, ...over}) => {
    const base = createFakeMonitor([]).snapshot();
    const snapshot: Snapshot = {
      ...base,
      ...over,
      totals: {...base.totals, lagMs: totalsLagMs, spark: totalsSpark},
      processes: processes.map((process, id) => processSnapshot({id, ...process})),
    };
    return JSON.parse(JSON.stringify(snapshot)) as Snapshot;
  });
