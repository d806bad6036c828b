import {describe, expect, test} from 'vitest';
import type {ParsedBatch, ParseTask} from '../../src/model/task.ts';
import {FAILURE_KINDS, LEVELS} from '../../src/model/verdict.ts';
import {emptyTally} from '../../src/state/tally.ts';
import {isRingTask, type RingTask} from '../../src/worker/ring-codec.ts';
import {RING_ENTRIES, TaskRing} from '../../src/worker/task-ring.ts';
import {parseTask} from '../support/parse-task.ts';

const task = (options: Partial<ParseTask> = {}): RingTask => {
  const shared = {at: 4_000_000_000, length: 524_288};
  return {...parseTask('', {bytes: new Uint8Array(0), tailLines: 0, samples: false}), ...options, shared};
};

const result = (options: Partial<ParsedBatch> = {}): ParsedBatch => ({
  lines: 3, bytes: 9, tally: emptyTally(), grouped: [], tail: [], emitted: null, returned: null, verdicts: null, busyMs: 0.25, ...options,
});

/** Both ends of one ring. */
const ends = (): {engine: TaskRing; thread: TaskRing} => {
  const engine = new TaskRing();
  return {engine, thread: new TaskRing(engine.shared)};
};

describe('a task', () => {
  test('comes out as it went in, whatever its numbers', () => {
    const {engine, thread} = ends();
    const far = {lines: 32_768, generation: 7, firstLine: 2 ** 40, firstOffset: 2 ** 45 + 1, ordinal: 2 ** 41, sub: 3, arrivedAtMs: 1.5e12 + 0.25};
    for (const options of [{}, far, {format: {kind: 'text'}, stream: 'stderr', maxLineBytes: 1e9, sampleEvery: 1000}] as const) {
      engine.offer(task(options));
      expect(thread.next()).toEqual({...task(options), bytes: new Uint8Array(0)});
      thread.answer(result(), 0);
      engine.take(0);
    }
  });

  test('goes by message where it is more than numbers', () => {
    expect(isRingTask(task())).toBe(true);
    const others: Partial<ParseTask>[] = [
      {tailLines: 1}, {samples: true}, {emit: {kind: 'json', process: 'a'}}, {discarded: [{at: 0, discarded: 1}]},
      {format: {kind: 'module', path: 'p', url: 'u'}},
    ];
    for (const options of others) expect(isRingTask(task(options))).toBe(false);
    expect(isRingTask({...task(), shared: null})).toBe(false);
  });
});

describe('an answer', () => {
  test('comes out as it went in', () => {
    const {engine, thread} = ends();
    const tally = {...emptyTally(), records: 1, failures: 2, blank: 3, dropped: 4, invalidUtf8: 2 ** 40};
    for (const [index, level] of LEVELS.entries()) tally.levels[level] = 10 + index;
    for (const [index, kind] of FAILURE_KINDS.entries()) tally.failureKinds[kind] = 100 + index;
    const name = {id: 65_600, kind: 'error', template: 't'} as const;
    const grouped = Array.from({length: 270}, (_, index) => ({name: {...name, id: index}, count: index + 1, index, start: 7 * index}));
    engine.offer(task());
    thread.next();
    expect(thread.answer(result({tally, grouped}), 270)).toBe(true);
    const {answered} = engine.take(270)!;
    expect(answered).toEqual({
      lines: 3, bytes: 9, busyMs: 0.25, namesTold: 270, tally,
      grouped: grouped.map(one => ({...one, name: one.name.id})),
    });
  });

  test('waits for the names that it goes by', () => {
    const {engine, thread} = ends();
    engine.offer(task());
    thread.next();
    thread.answer(result(), 5);
    expect(engine.take(4)).toBeNull();
    expect(engine.take(5)?.answered?.lines).toBe(3);
  });

  test('comes as a message where it has words in it', () => {
    const {engine, thread} = ends();
    const sample = {text: 'x', message: '', generation: 1, line: 1, offset: 0};
    const tally = emptyTally();
    tally.groups.set('k', {kind: 'error', template: 't', count: 1, firstSeenMs: 0, lastSeenMs: 0, sample});
    engine.offer(task());
    thread.next();
    expect(thread.answer(result({tally}), 0)).toBe(false);
    expect(engine.take(0)).toBeNull();
    expect(thread.answer(null, 0)).toBe(true);
    expect(engine.take(0)).toEqual({number: 0, answered: null});
  });
});

describe('the ends of a ring', () => {
  test('hand on each task once, in order, as many at a time as there is room for', () => {
    const {engine, thread} = ends();
    let offered = 0;
    let answered = 0;
    for (let round = 0; round < 40; round++) {
      while (engine.hasRoom) engine.offer(task({lines: offered++}));
      expect(offered - answered).toBe(RING_ENTRIES);
      for (let count = 0; count <= round % RING_ENTRIES; count++) thread.answer(result({lines: thread.next()!.lines}), 0);
      for (let next = engine.take(0); next !== null; next = engine.take(0)) {
        expect(next).toMatchObject({number: answered, answered: {lines: answered}});
        answered++;
      }
    }
  });

  test('wake a thread that sleeps, and none that does not', () => {
    const {engine, thread} = ends();
    expect(engine.offer(task())).toBe(false);
    // It was offered before: there is no time to sleep.
    expect(thread.sleep()).toBe(false);
    thread.next();
    thread.answer(result(), 0);
    expect(thread.sleep()).toBe(true);
    expect(engine.offer(task())).toBe(true);
    expect(engine.offer(task())).toBe(false);
    // Whoever was woken may sleep only when a message is on its way to it.
    expect(thread.sleep()).toBe(false);
  });

  test('tell the engine once until it looks', () => {
    const {engine, thread} = ends();
    expect([thread.mustTell(), thread.mustTell()]).toEqual([true, false]);
    engine.look();
    expect(thread.mustTell()).toBe(true);
  });

  test('know what a thread that has died never began', () => {
    const {engine, thread} = ends();
    for (let count = 0; count < 3; count++) engine.offer(task());
    thread.next();
    expect(engine.unbegun()).toEqual([1, 2]);
  });
});
