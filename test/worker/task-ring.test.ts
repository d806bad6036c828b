import {describe, expect, test} from 'vitest';
import type {ParsedBatch, ParseTask, ReadTask} from '../../src/model/task.ts';
import {FAILURE_KINDS, LEVELS} from '../../src/model/verdict.ts';
import {emptyTally} from '../../src/state/tally.ts';
import {isRingTask} from '../../src/worker/ring-codec.ts';
import {RING_ENTRIES, TaskRing} from '../../src/worker/task-ring.ts';
import {parseTask} from '../support/parse-task.ts';

const SHARED = {at: 4_000_000_000, length: 524_288};

const task = (options: Partial<ParseTask> = {}): ParseTask & {readonly shared: typeof SHARED} => ({
  ...parseTask('', {bytes: new Uint8Array(0), tailLines: 0, samples: false}), budgetMs: Infinity, ...options, shared: SHARED,
});

const reading = (options: Partial<ReadTask> = {}): ReadTask => ({...task(), kind: 'read', fd: 40, usedBytes: 3, ...options});

const result = (options: Partial<ParsedBatch> = {}): ParsedBatch => ({
  lines: 3, bytes: 9, tally: emptyTally(), grouped: [], tail: [], emitted: null, returned: null, verdicts: null, busyMs: 0.25, ...options,
});

/** Both ends of one ring. */
const ends = (): {engine: TaskRing; thread: TaskRing} => {
  const engine = new TaskRing();
  return {engine, thread: new TaskRing(engine.shared)};
};

/** So many names were told. */
const told = (count: number) => ({count, at: (id: number) => ({id, kind: 'error', template: 't', key: 'k'}) as const});

/** Begins the next task and answers it. */
const answerNext = (thread: TaskRing, answer: ParsedBatch | null = result(), namesTold = 0): boolean =>
  thread.answer(thread.next()!.number, answer, namesTold);

describe('a task', () => {
  test('comes out as it went in, whatever its numbers', () => {
    const {engine, thread} = ends();
    const far = {lines: 32_768, generation: 7, firstLine: 2 ** 40, firstOffset: 2 ** 45 + 1, ordinal: 2 ** 41, sub: 3, arrivedAtMs: 1.5e12 + 0.25};
    const text = {format: {kind: 'text'}, stream: 'stderr', maxLineBytes: 1e9, sampleEvery: 1000} as const;
    for (const one of [task(), task(far), task(text), task({tailLines: 64, samples: true, ansi: true}), reading(), reading({...far, usedBytes: 2 ** 31})]) {
      const {number} = engine.offer(one);
      expect(thread.next()).toEqual({number, task: one});
      thread.answer(number, result(), 0);
      engine.take(told(0));
    }
  });

  test('goes by message where it is more than numbers', () => {
    expect(isRingTask(task({tailLines: 64, samples: true}))).toBe(true);
    const others: Partial<ParseTask>[] = [
      {emit: {kind: 'json', process: 'a'}}, {discarded: [{at: 0, discarded: 1}]}, {format: {kind: 'module', path: 'p', url: 'u'}},
    ];
    for (const options of others) expect(isRingTask(task(options))).toBe(false);
    expect(isRingTask({...task(), shared: null})).toBe(false);
  });

  test('that reads tells how far it has come, answered or not', () => {
    const {engine, thread} = ends();
    const {number} = engine.offer(reading({usedBytes: 7}));
    expect(engine.progressOf(number)).toEqual({usedBytes: 7, reads: 0, fullReads: 0, isDrained: false});
    thread.next();
    const progress = {usedBytes: 2 ** 31 - 1, reads: 5, fullReads: 4, isDrained: true};
    thread.progress(number, progress);
    expect(engine.progressOf(number)).toEqual(progress);
    thread.answer(number, null, 0);
    expect(engine.take(told(0))).toEqual({number, answered: null});
    expect(engine.progressOf(number)).toEqual(progress);
  });
});

describe('an answer', () => {
  test('comes out as it went in', () => {
    const {engine, thread} = ends();
    const tally = {...emptyTally(), records: 1, failures: 2, blank: 3, dropped: 4, invalidUtf8: 2 ** 40};
    for (const [index, level] of LEVELS.entries()) tally.levels[level] = 10 + index;
    for (const [index, kind] of FAILURE_KINDS.entries()) tally.failureKinds[kind] = 100 + index;
    const name = {id: 65_600, kind: 'error', template: 't', key: 'k'} as const;
    const grouped = Array.from({length: 270}, (_, index) => ({name: {...name, id: index}, count: index + 1, index, start: 7 * index}));
    engine.offer(task());
    expect(answerNext(thread, result({tally, grouped}), 270)).toBe(true);
    const {answered} = engine.take(told(270))!;
    expect(answered).toEqual({
      lines: 3, bytes: 9, busyMs: 0.25, tally, grouped,
    });
  });

  test('waits for the names that it goes by, and others do not wait for it', () => {
    const {engine, thread} = ends();
    const [first, second] = [engine.offer(task()).number, engine.offer(task()).number];
    answerNext(thread, result(), 5);
    expect(engine.take(told(4))).toBeNull();
    answerNext(thread, result({lines: 8}), 4);
    expect(engine.take(told(4))).toMatchObject({number: second, answered: {lines: 8}});
    expect(engine.take(told(4))).toBeNull();
    expect(engine.take(told(5))).toMatchObject({number: first, answered: {lines: 3}});
  });

  test('comes as a message where it has words in it; until then its number is in use', () => {
    const {engine, thread} = ends();
    const sample = {text: 'x', message: '', generation: 1, line: 1, offset: 0};
    const tally = emptyTally();
    tally.groups.set('k', {kind: 'error', template: 't', count: 1, firstSeenMs: 0, lastSeenMs: 0, sample});
    const {number} = engine.offer(task());
    expect(answerNext(thread, result({tally}))).toBe(false);
    thread.answerApart(number);
    expect(engine.take(told(0))).toBeNull();
    expect(engine.offer(task()).number).not.toBe(number);
    engine.free(number);
    expect(engine.offer(task()).number).toBe(number);
  });
});

describe('the ends of a ring', () => {
  test('hand on each task once, in order, as many at a time as there is room for, whichever is done first', () => {
    const {engine, thread} = ends();
    let offered = 0;
    let begun = 0;
    const open: number[] = [];
    const waiting = new Set<number>();
    for (let round = 0; round < 40; round++) {
      while (engine.hasRoom) {
        waiting.add(offered);
        engine.offer(task({lines: offered++}));
      }
      expect(waiting.size).toBe(RING_ENTRIES);
      for (let next = thread.next(); next !== null; next = thread.next()) {
        expect(next.task.lines).toBe(begun++);
        open[next.number] = next.task.lines;
      }
      // From the last on, so that the first one stays for long.
      for (let number = RING_ENTRIES - 1; number >= round % RING_ENTRIES; number--) thread.answer(number, result({lines: open[number]!}), 0);
      for (let next = engine.take(told(0)); next !== null; next = engine.take(told(0))) expect(waiting.delete(next.answered!.lines)).toBe(true);
    }
  });

  test('wake a thread that sleeps, and none that does not', () => {
    const {engine, thread} = ends();
    expect(engine.offer(task()).mustWake).toBe(false);
    // It was offered before: there is no time to sleep.
    expect(thread.sleep()).toBe(false);
    answerNext(thread);
    expect(thread.sleep()).toBe(true);
    expect(engine.offer(task()).mustWake).toBe(true);
    expect(engine.offer(task()).mustWake).toBe(false);
    // Whoever was woken may sleep only when a message is on its way to it.
    expect(thread.sleep()).toBe(false);
  });

  test('let a thread rest until something is offered', () => {
    const {engine, thread} = ends();
    thread.rest(1);
    engine.offer(task());
    const startMs = performance.now();
    thread.rest(60_000);
    expect(performance.now() - startMs).toBeLessThan(30_000);
  });

  test('tell the engine once until it looks', () => {
    const {engine, thread} = ends();
    expect([thread.mustTell(), thread.mustTell()]).toEqual([true, false]);
    engine.look();
    expect(thread.mustTell()).toBe(true);
  });

  test('know what a thread that has died never began', () => {
    const {engine, thread} = ends();
    const numbers = [1, 2, 3].map(() => engine.offer(task()).number);
    thread.next();
    expect(numbers.map(number => engine.isUnbegun(number))).toEqual([false, true, true]);
  });
});
