import {describe, expect, test} from 'vitest';
import {BadgeMeter} from '../../src/engine/badge.ts';
import {BatchSizer} from '../../src/engine/batch-sizer.ts';
import {BusyMeter} from '../../src/engine/busy-meter.ts';
import {commandLine} from '../../src/engine/command-line.ts';
import {Notices} from '../../src/engine/notices.ts';
import {WatchList} from '../../src/engine/watch-list.ts';
import {MAX_NOTICES} from '../../src/model/snapshot.ts';
import {Journal} from '../../src/worker/journal.ts';

describe('BatchSizer', () => {
  test('starts with one line and follows what lines cost, up to four times a step', () => {
    const sizer = new BatchSizer();
    expect(sizer.lines).toBe(1);
    sizer.learn(1, 0.01);
    expect(sizer.lines).toBe(4);
    sizer.learn(4, 1000);
    expect(sizer.lines).toBe(1);
    for (let round = 0; round < 30; round++) sizer.learn(1000, 50);
    expect(sizer.lines).toBe(1000);
  });

  test('lets slow tasks end one after the other, and quick ones as they like', () => {
    const sizer = new BatchSizer();
    sizer.begin(0);
    expect([399, 400].map(nowMs => sizer.isTooSoon(nowMs, 1))).toEqual([true, false]);
    expect([0, 300].map(nowMs => sizer.lineMs(nowMs))).toEqual([0, 600]);
    sizer.learn(1, 1000);
    expect(sizer.lineMs(5000)).toBe(1000);
    expect([449, 450].map(nowMs => sizer.isTooSoon(nowMs, 1))).toEqual([true, false]);
    expect([199, 200].map(nowMs => sizer.isTooSoon(nowMs, 3))).toEqual([true, false]);
    sizer.learn(1, 50);
    expect(sizer.isTooSoon(0, 1)).toBe(false);
  });
});

describe('BadgeMeter', () => {
  test.each([
    ['idle', {held: false, lines: 0, lagMs: 0}],
    ['keeping up', {held: false, lines: 5, lagMs: 100}],
    ['parser behind', {held: false, lines: 5, lagMs: 900}],
    ['held', {held: true, lines: 5, lagMs: 900}],
  ] as const)('%s', (badge, {held, lines, lagMs}) => {
    const meter = new BadgeMeter();
    meter.sample(5000, held, lines);
    expect(meter.badge(5500, lagMs)).toBe(badge);
    expect(meter.badge(7000, 0)).toBe('idle');
  });
});

test('BusyMeter gives the share of all threads over the last ticks', () => {
  const meter = new BusyMeter(2, 0);
  expect(meter.share()).toBe(0);
  for (let tick = 1; tick <= 30; tick++) {
    meter.add(tick <= 20 ? 0 : 100);
    meter.tick(tick * 100);
  }
  expect(meter.share()).toBe(0.5);
});

test('Notices keep the newest and hand each on once', () => {
  const seen: string[] = [];
  const notices = new Notices(({text}) => seen.push(text));
  for (let count = 1; count <= MAX_NOTICES + 5; count++) notices.add(`n${count}`, count);
  expect(seen).toHaveLength(MAX_NOTICES + 5);
  expect(notices.list).toHaveLength(MAX_NOTICES);
  expect(notices.list.at(-1)).toEqual({seq: MAX_NOTICES + 5, atMs: MAX_NOTICES + 5, text: `n${MAX_NOTICES + 5}`});
});

test.each([
  [{kind: 'shell', line: 'a | b'}, 'a | b'],
  [{kind: 'argv', argv: ['ls', '-l', '/tmp/x']}, 'ls -l /tmp/x'],
  [{kind: 'argv', argv: ['echo', 'a b', "it's", '']}, String.raw`echo 'a b' 'it'\''s' ''`],
] as const)('%o is shown as one would type it', (launch, want) => {
  expect(commandLine(launch)).toBe(want);
});

const begunAt = (journal: SharedArrayBuffer): Journal => {
  const view = new Journal(journal);
  view.begin();
  return view;
};

describe('WatchList', () => {
  test('aborts a line that takes too long, once, and only then', () => {
    const watches = new WatchList();
    const shared = Journal.allocate();
    const aborted: string[] = [];
    watches.add(shared, () => aborted.push('it'), 0);
    const journal = begunAt(shared);
    watches.check(100, 1000);
    watches.check(1050, 1000);
    expect(aborted).toEqual([]);
    journal.finish({kind: 'record', value: {}}, '{}');
    watches.check(1099, 1000);
    journal.begin();
    watches.check(1100, 1000);
    watches.check(2099, 1000);
    expect(aborted).toEqual([]);
    watches.check(2100, 1000);
    watches.check(9000, 1000);
    expect(aborted).toEqual(['it']);
  });

  test('gives a thread time to start, and lets go of what has ended', () => {
    const watches = new WatchList();
    const aborted: string[] = [];
    watches.add(Journal.allocate(), () => aborted.push('starting'), 0);
    const unwatch = watches.add(Journal.allocate(), () => aborted.push('ended'), 0);
    unwatch();
    watches.check(10_000, 1000);
    expect(aborted).toEqual([]);
    watches.check(16_000, 1000);
    expect(aborted).toEqual(['starting']);
  });
});
