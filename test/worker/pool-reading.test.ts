import {spawn} from 'node:child_process';
import {closeSync, mkdtempSync, readFileSync, readSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {Fifos} from '../../src/guard/fifos.ts';
import {NO_BYTES, type ReadResult, type ReadTask} from '../../src/model/task.ts';
import {BatchSlots} from '../../src/worker/batch-slots.ts';
import {Journal} from '../../src/worker/journal.ts';
import {WorkerPool} from '../../src/worker/pool.ts';
import {parserModule} from '../support/parser-module.ts';
import {parseTask} from '../support/parse-task.ts';

const ROOM_BYTES = 64 * 1024 * 1024;
/** Faster than it is read. */
const numbers = (first: number, last: number): string =>
  Array.from({length: last - first + 1}, (_, index) => `{"n":${first + index}}\n`).join('');

const pipeFrom = async (command: string) => {
  const fifos = new Fifos();
  const {readFd, writeFd} = (await fifos.outputPipe())!;
  const child = spawn('sh', ['-c', command], {stdio: ['ignore', writeFd, 'inherit']});
  closeSync(writeFd);
  await fifos.close();
  onTestFinished(() => {
    child.kill('SIGKILL');
    closeSync(readFd);
  });
  return readFd;
};

const reading = (slots: BatchSlots, fd: number, begun = ''): ReadTask & {readonly room: Buffer} => {
  const slot = slots.take(ROOM_BYTES)!;
  const room = Buffer.from(slot.buffer, slot.byteOffset, ROOM_BYTES);
  const usedBytes = room.write(begun);
  const shared = {at: slot.byteOffset, length: ROOM_BYTES};
  return {...parseTask(''), bytes: NO_BYTES, kind: 'read', fd, shared, usedBytes, tailLines: 2, samples: true, room};
};

const poolOver = (threads: number): {slots: BatchSlots; threads: WorkerPool} => {
  const slots = BatchSlots.reserve({batchBytes: ROOM_BYTES, slotCount: 4, threads: 4})!;
  const pool = new WorkerPool(threads, {scanMemory: slots.memory}, {tasksPerThread: 4});
  onTestFinished(() => pool.destroy());
  return {slots, threads: pool};
};

const run = ({room: _room, ...task}: ReturnType<typeof reading>, threads: WorkerPool): Promise<ReadResult> => threads.run(task);

test('a thread that reads judges what was there with what it reads, and leaves what is no whole line', async () => {
  const {slots, threads} = poolOver(1);
  const fd = await pipeFrom(`printf '"a"}\\nbad\\n{"level":"error","msg":"x"}\\n{"half'`);
  const task = reading(slots, fd, '{"msg":');
  // The child takes its time: until it has written, there is nothing to be judged.
  let result: ReadResult;
  do result = await run(task, threads);
  while (result.usedBytes === task.usedBytes);
  expect(result.parsed).toMatchObject({lines: 3, tally: {records: 2, failures: 1}, returned: null});
  expect(result.parsed!.tail.map(({line, message}) => [line, message])).toEqual([[2, 'bad'], [3, 'x']]);
  expect(result.parsed!.tally.groups.size).toBe(2);
  expect(task.room.toString('utf8', result.parsed!.bytes, result.usedBytes)).toBe('{"half');
});

test('a thread that reads and is ended tells how far it has come, and reads nothing more', async () => {
  const {slots, threads} = poolOver(1);
  await threads.ready;
  const fd = await pipeFrom('seq 1 100000000');
  const task = reading(slots, fd);
  const running = run(task, threads);
  const journal = Journal.allocate();
  const hanging = {...parseTask(new Uint8Array(Buffer.from('a\n')), {format: parserModule('export default () => { for (;;); };')}), journal};
  const controller = new AbortController();
  const hangs = threads.run(hanging, {signal: controller.signal, deadlineMs: Infinity}).catch((error: Error) => error.message);
  while (new Journal(journal).begun < 1) await new Promise(resolve => setImmediate(resolve));
  controller.abort();
  const {usedBytes, parsed} = await running;
  expect(await hangs).toBe('it gave no answer in time');
  const next = Buffer.alloc(100_000);
  const count = readSync(fd, next, 0, next.length, null);
  const got = Buffer.concat([task.room.subarray(0, usedBytes), next.subarray(0, count)]).toString('latin1');
  const lines = got.slice(0, got.lastIndexOf('\n')).split('\n');
  expect(lines.findIndex((line, index) => Number(line) !== index + 1)).toBe(-1);
  if (parsed !== null) expect(parsed.bytes).toBeLessThanOrEqual(usedBytes);
});

test('threads read from several pipes at once what each has printed, in order', async () => {
  const {slots, threads} = poolOver(2);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'keepup-read-')), 'lines');
  writeFileSync(file, numbers(1, 300_000));
  const fds = await Promise.all([1, 2, 3].map(() => pipeFrom(`cat ${file}`)));
  const bytes = statSync(file).size;
  await Promise.all(
    fds.map(async fd => {
      const task = reading(slots, fd);
      let usedBytes = 0;
      let parsed: ReadResult['parsed'] = null;
      while (usedBytes < bytes) ({usedBytes, parsed} = await run(Object.assign(task, {usedBytes}), threads));
      expect(parsed).toMatchObject({lines: 300_000, tally: {records: 300_000}});
      expect(task.room.toString('latin1', 0, usedBytes)).toBe(readFileSync(file, 'latin1'));
    }),
  );
});
