import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {groupKey} from '../../src/model/tally.ts';
import {NO_BYTES, type ParseTask} from '../../src/model/task.ts';
import {BatchSlots} from '../../src/worker/batch-slots.ts';
import {Journal} from '../../src/worker/journal.ts';
import {parseBatch} from '../../src/worker/parse-batch.ts';
import {WorkerLost, WorkerPool} from '../../src/worker/pool.ts';
import {parserModule} from '../support/parser-module.ts';
import {batchBytes, parseTask} from '../support/parse-task.ts';
import {usePool} from '../support/use-pool.ts';

const pool = usePool(() => new WorkerPool(2, {scanMemory: null}, {heapMb: 64}));

const owned = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));

const shared = (text: string): Uint8Array => {
  const bytes = new Uint8Array(new SharedArrayBuffer(Buffer.byteLength(text)));
  bytes.set(Buffer.from(text));
  return bytes;
};

/** Lines for a parser that does what the body says with `line`. */
const custom = (lines: string, body: string): ParseTask & {readonly journal: SharedArrayBuffer} => {
  const journal = Journal.allocate();
  const format = parserModule(`export default line => { ${body} };`);
  return {...parseTask(shared(lines), {format}), journal};
};

const lost = async (running: Promise<unknown>): Promise<WorkerLost> => {
  const error: unknown = await running.then(
    () => new Error('it was answered'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WorkerLost);
  return error as WorkerLost;
};

const works = async (): Promise<void> => {
  // One task a thread, so that each of them has to answer.
  const answers = await Promise.all([1, 2, 3, 4].map(() => pool().run(parseTask(owned('{"a":1}\n')))));
  expect(answers.map(({tally}) => tally.records)).toEqual([1, 1, 1, 1]);
};

describe('a task', () => {
  test('moves its bytes to the worker and back', async () => {
    const bytes = owned('{"msg":"a"}\nbad\n');
    const result = await pool().run(parseTask(bytes, {emit: {kind: 'plain', prefix: 'p', color: false, ansi: 'none'}}));
    expect(bytes.buffer.detached).toBe(true);
    expect(Buffer.from(result.returned!).toString()).toBe('{"msg":"a"}\nbad\n');
    expect(Buffer.from(result.emitted!).toString()).toBe('p │ {"msg":"a"}\np ✗ bad\n');
    expect(result.tally.groups.size).toBe(1);
    expect(result.busyMs).toBeGreaterThanOrEqual(0);
  });

  test('over shared bytes leaves them where they are', async () => {
    const task = custom('a\nb\n', 'return {line};');
    const result = await pool().run(task);
    expect(result).toMatchObject({lines: 2, returned: null, tally: {records: 2}});
    expect(Buffer.from(task.bytes).toString()).toBe('a\nb\n');
    expect(Buffer.from(result.verdicts!).toString()).toBe('r{"line":"a"}\nr{"line":"b"}\n');
  });

  test('of stderr is shown, whatever the format', async () => {
    const task = {...custom('', ''), ...batchBytes(owned('oops\n')), stream: 'stderr', journal: null} as const;
    expect((await pool().run(task)).tail).toMatchObject([{kind: 'stderr', message: 'oops'}]);
  });

  test('may be a peek or a page', async () => {
    const peek = {
      kind: 'peek',
      ...batchBytes(owned('{}\n')),
      nonBlankBefore: 0,
      maxLineBytes: 100,
      tailLines: 5,
      ansi: false,
      emit: null,
    } as const;
    expect(await pool().run(peek)).toMatchObject({found: 'json', nonBlank: 1});
    const page = await pool().run({
      kind: 'page',
      format: {kind: 'text'},
      maxLineBytes: 100,
      sampleEvery: 1,
      after: null,
      before: null,
      count: 9,
      keep: 'last',
      detailOf: null,
      ansi: false,
      pieces: [{...batchBytes('a\nb\n'), stream: 'stdout', verdicts: null}],
    });
    expect(page.lines.map(({message}) => message)).toEqual(['a', 'b']);
  });
});

describe('a custom parser', () => {
  test('that loops is ended by its signal; what it answered before is there, and the pool works on', async () => {
    const task = custom('a\nloop\nb\n', 'if (line === "loop") for (;;); return {line};');
    const controller = new AbortController();
    const running = lost(pool().run(task, {signal: controller.signal, deadlineMs: Infinity}));
    await begun(task.journal, 2);
    controller.abort();
    expect((await running).reason).toBe('deadline');
    const journal = new Journal(Journal.copy(task.journal));
    expect([journal.begun, journal.done]).toEqual([2, 1]);
    await works();
  });

  test('that never answers is ended by the deadline', async () => {
    const task = custom('a\n', 'return new Promise(() => {});');
    expect((await lost(pool().run(task, {deadlineMs: 500}))).reason).toBe('deadline');
    await works();
  });

  test('that ends the process ends nothing but its line', async () => {
    const result = await pool().run(custom('a\nexit\nb\n', 'if (line === "exit") process.exit(7); return {line};'));
    expect(result).toMatchObject({lines: 3, tally: {records: 2, failureKinds: {'parser-error': 1}}});
  });

  test.each([
    ['throws later', 'setTimeout(() => { throw new Error("late"); }); return new Promise(() => {});', 'late'],
    ['leaves a rejection behind', 'void Promise.reject(new Error("left")); return new Promise(() => {});', 'left'],
    ['eats all memory', 'const all = []; for (;;) all.push(new Array(100000).fill({}));', 'memory'],
  ])('that %s takes its worker down, and no more', async (_title, body, message) => {
    const task = custom('a\n', body);
    const error = await lost(pool().run(task));
    expect(error).toMatchObject({reason: 'died', message: expect.stringContaining(message)});
    expect(new Journal(task.journal).begun).toBe(1);
    await works();
  });

  test('that can no longer be loaded loses the task, with the reason', async () => {
    const task = {...custom('a\n', ''), format: parserModule('export const nothing = 1')};
    expect(await lost(pool().run(task))).toMatchObject({
      reason: 'died',
      message: expect.stringContaining('no default export'),
    });
    await works();
  });
});

describe('batches in memory that all threads share', () => {
  const CONTENT = '{"level":30}\n{"level":50,"msg":"no route"}\nbad 1\n\nbad 2\n'.repeat(200);

  /** Batches that need no answer but numbers. */
  const inSlots = (slots: BatchSlots, count: number): ParseTask[] =>
    Array.from({length: count}, () => {
      const bytes = slots.take(CONTENT.length)!.subarray(0, CONTENT.length);
      bytes.set(Buffer.from(CONTENT));
      const place = {at: bytes.byteOffset, length: bytes.length};
      return {...parseTask(CONTENT, {tailLines: 0, samples: false}), bytes: NO_BYTES, shared: place};
    });

  test('come to what they come to alone, each of many at once', async () => {
    const slots = BatchSlots.reserve({batchBytes: CONTENT.length, slotCount: 64, threads: 8})!;
    const threads = new WorkerPool(2, {scanMemory: slots.memory}, {tasksPerThread: 2});
    const expected = parseBatch(parseTask(CONTENT, {tailLines: 0})).tally;
    const results = await Promise.all(inSlots(slots, 64).map(task => threads.run(task)));
    for (const {lines, tally, grouped} of results) {
      expect(lines).toBe(1000);
      expect({...tally, groups: null}).toEqual({...expected, groups: null});
      const counts = new Map(grouped.map(({name, count}) => [groupKey(name), count]));
      expect(counts).toEqual(new Map([...expected.groups].map(([key, {count}]) => [key, count])));
    }
    await threads.destroy();
  });

  test('that a thread which dies has not begun are done by another', async () => {
    const slots = BatchSlots.reserve({batchBytes: CONTENT.length, slotCount: 64, threads: 8})!;
    const threads = new WorkerPool(1, {scanMemory: slots.memory}, {tasksPerThread: 4});
    const task = custom('a\n', 'for (;;);');
    const controller = new AbortController();
    const hangs = lost(threads.run(task, {signal: controller.signal, deadlineMs: Infinity}));
    await begun(task.journal, 1);
    const results = Promise.all(inSlots(slots, 6).map(one => threads.run(one)));
    controller.abort();
    expect((await results).map(({lines}) => lines)).toEqual([1000, 1000, 1000, 1000, 1000, 1000]);
    expect((await hangs).reason).toBe('deadline');
    await threads.destroy();
  });
});

test('whoever waits for the end gets there, whatever threads have still sent', () => {
  // In a process of its own, which ends with 13 where nothing keeps it while it waits.
  const script = `
    import {WorkerPool} from './src/worker/pool.ts';
    for (let round = 0; round < 20; round++) {
      const pool = new WorkerPool(1);
      await pool.ready;
      const window = {after: null, before: null, count: 1, keep: 'last', detailOf: null, pieces: []};
      const task = {kind: 'page', format: {kind: 'text'}, maxLineBytes: 100, sampleEvery: 1, ansi: false, ...window};
      const runs = Array.from({length: 5}, () => pool.run(task).catch(() => {}));
      await runs[0];
      await pool.destroy();
    }`;
  const {status, stderr} = spawnSync(process.execPath, ['--input-type=module', '-e', script], {encoding: 'utf8'});
  expect({status, stderr}).toMatchObject({status: 0});
}, 60_000);

test('after the end nothing is run any more', async () => {
  const ended = new WorkerPool(1);
  await ended.destroy();
  expect((await lost(ended.run(parseTask(owned('{}\n'))))).reason).toBe('closed');
});

test('threads that can not even start are given up, and so is what waits for them', async () => {
  const {memory} = BatchSlots.reserve({batchBytes: 1000, slotCount: 1, threads: 1})!;
  const broken = new WorkerPool(1, {scanMemory: {...memory, scratchAt: memory.scratchAt + 1}});
  const error = await lost(broken.run(parseTask(owned('{}\n')), {deadlineMs: Infinity}));
  expect(error.message).toMatch(/^no thread can be started: .*Int32Array/);
  expect((await lost(broken.run(parseTask(owned('{}\n'))))).reason).toBe('closed');
  await broken.ready;
});

test('an end does not wait for a thread that hangs', async () => {
  const doomed = new WorkerPool(1);
  const task = custom('a\n', 'for (;;);');
  const running = lost(doomed.run(task, {deadlineMs: Infinity}));
  await begun(task.journal, 1);
  await doomed.destroy();
  expect((await running).reason).toBe('died');
});

/** Resolves when a worker has begun so many lines: it says so in shared memory. */
const begun = async (memory: SharedArrayBuffer, lines: number): Promise<void> => {
  const journal = new Journal(memory);
  while (journal.begun < lines) await new Promise(resolve => setImmediate(resolve));
};
