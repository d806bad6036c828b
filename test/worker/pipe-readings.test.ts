import {closeSync, writeSync} from 'node:fs';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {Fifos} from '../../src/guard/fifos.ts';
import type {OutputPipe} from '../../src/model/guard.ts';
import {PIPE_BYTES, type ReadTask} from '../../src/model/task.ts';
import {PipeReadings, type Reading} from '../../src/worker/pipe-readings.ts';
import type {ReadProgress} from '../../src/worker/task-ring.ts';
import {parseTask} from '../support/parse-task.ts';

const ROOM_BYTES = 3 * PIPE_BYTES;
const FULL = Buffer.alloc(PIPE_BYTES, 'x');

const fifos = new Fifos();
const pipes: OutputPipe[] = [];
const closed = new Set<number>();

const close = (fd: number): void => {
  if (closed.has(fd)) return;
  closed.add(fd);
  closeSync(fd);
};

beforeAll(() => fifos.prefetch(16));

afterAll(async () => {
  for (const {readFd, writeFd} of pipes) [readFd, writeFd].forEach(close);
  await fifos.close();
});

/** Readings over fresh pipes, whose memory and clock are the test's. */
const readingsOver = async (count: number, onRest = (): void => {}, onPause = (_reading: Reading): boolean => false) => {
  const own: OutputPipe[] = [];
  while (own.length < count) own.push((await fifos.outputPipe())!);
  pipes.push(...own);
  const memory = Buffer.from(new SharedArrayBuffer(count * ROOM_BYTES));
  const filled: Reading[] = [];
  const told = new Map<number, ReadProgress>();
  const clock = {nowMs: 0};
  const readings = new PipeReadings({
    memory,
    onProgress: (number, progress) => told.set(number, progress),
    onPause,
    onFilled: reading => filled.push(reading),
    rest: onRest,
    nowMs: () => clock.nowMs,
  });
  const taskOf = (number: number, usedBytes = 0): ReadTask => ({
    ...parseTask(''), kind: 'read', fd: own[number]!.readFd, shared: {at: number * ROOM_BYTES, length: ROOM_BYTES}, usedBytes,
  });
  return {
    readings, memory, filled, told, clock,
    add: (number: number, usedBytes?: number) => readings.add(number, taskOf(number, usedBytes)),
    write: (number: number, bytes: Buffer | string) => writeSync(own[number]!.writeFd, bytes as string),
    end: (number: number) => close(own[number]!.writeFd),
  };
};

const seen = ({number, progress}: Reading) => ({number, ...progress});

test('what is read lies behind what was there, and how far it has come is told after each read', async () => {
  const {readings, memory, filled, told, add, write} = await readingsOver(1);
  memory.write('abc');
  add(0, 3);
  write(0, 'defg');
  readings.turn();
  expect(memory.toString('latin1', 0, 7)).toBe('abcdefg');
  expect(told.get(0)).toEqual({usedBytes: 7, reads: 1, fullReads: 0, isDrained: false});
  expect([filled.length, readings.count]).toEqual([0, 1]);
});

test('each pipe is read once a turn; a batch is done where the next read might not have room', async () => {
  const {readings, filled, add, write} = await readingsOver(2);
  for (const number of [0, 1]) add(number);
  for (let turn = 0; turn < 3; turn++) {
    expect(filled).toHaveLength(0);
    for (const number of [0, 1]) write(number, FULL);
    readings.turn();
  }
  expect(filled.map(seen)).toEqual([0, 1].map(number => ({number, usedBytes: ROOM_BYTES, reads: 3, fullReads: 3, isDrained: false})));
  expect(readings.isEmpty).toBe(true);
});

test('where nothing is to be read, not even after a rest, the fullest batch is done, then all, as drained', async () => {
  let rests = 0;
  const {readings, filled, add, write} = await readingsOver(3, () => void rests++);
  for (const number of [0, 1, 2]) add(number);
  write(1, 'some');
  write(2, 'some more');
  readings.turn();
  expect([rests, filled.length]).toEqual([0, 0]);
  readings.turn();
  expect(filled.map(seen)).toEqual([{number: 2, usedBytes: 9, reads: 1, fullReads: 0, isDrained: false}]);
  readings.turn();
  readings.turn();
  expect(filled.map(seen).slice(1)).toEqual([
    {number: 1, usedBytes: 4, reads: 1, fullReads: 0, isDrained: false},
    {number: 0, usedBytes: 0, reads: 0, fullReads: 0, isDrained: true},
  ]);
  expect(rests).toBe(3);
});

test('what comes during a rest is read', async () => {
  const rig = await readingsOver(1, () => rig.write(0, 'late'));
  rig.add(0);
  rig.readings.turn();
  expect(rig.told.get(0)).toMatchObject({usedBytes: 4});
  expect(rig.filled).toHaveLength(0);
});

test('one whose writer is slow is done in time, while others flow', async () => {
  const {readings, filled, clock, add, write} = await readingsOver(2);
  for (const number of [0, 1]) add(number);
  write(1, 'slow\n');
  for (let turn = 0; filled.length === 0; turn++) {
    clock.nowMs = 20 * turn;
    write(0, 'x');
    readings.turn();
    expect(turn).toBeLessThan(5);
  }
  expect(filled.map(seen).find(({number}) => number === 1)).toMatchObject({usedBytes: 5, isDrained: true});
});

test('a pipe that has ended is drained, and what it held is there; so is one that can not be read', async () => {
  const {readings, filled, add, write, end} = await readingsOver(2);
  write(0, 'last');
  end(0);
  add(0);
  readings.turn();
  readings.turn();
  expect(filled.map(seen)).toEqual([{number: 0, usedBytes: 4, reads: 1, fullReads: 0, isDrained: true}]);
  readings.add(1, {...filled[0]!.task, fd: 999_999});
  readings.turn();
  expect(filled.map(seen)[1]).toMatchObject({number: 1, usedBytes: 0, isDrained: true});
});

/** Takes note of what is judged in pauses, and takes all of it for judged. */
const judgedInPauses = (): {parts: [number, number][]; onPause: (reading: Reading) => boolean} => {
  const parts: [number, number][] = [];
  const onPause = (reading: Reading): boolean => {
    parts.push([reading.number, reading.progress.usedBytes - reading.judgedBytes]);
    reading.judgedBytes = reading.progress.usedBytes;
    return true;
  };
  return {parts, onPause};
};

test('while nothing is to be read, what has come is judged, the most of it first, and nothing rests or is given away', async () => {
  let rests = 0;
  const {parts, onPause} = judgedInPauses();
  const {readings, filled, add, write} = await readingsOver(2, () => void rests++, onPause);
  for (const number of [0, 1]) add(number);
  write(0, FULL.subarray(0, 40_000));
  write(1, FULL);
  for (let turn = 0; turn < 3; turn++) readings.turn();
  expect(parts).toEqual([[1, PIPE_BYTES], [0, 40_000]]);
  expect([rests, filled.length]).toEqual([0, 0]);
  readings.turn();
  expect([rests, filled.map(({number}) => number)]).toEqual([1, [1]]);
});

test('what comes from the only pipe is judged at once; little of it is not', async () => {
  const {parts, onPause} = judgedInPauses();
  const {readings, add, write} = await readingsOver(1, () => {}, onPause);
  add(0);
  for (const bytes of [10_000, 10_000, 20_000, 50_000]) {
    write(0, FULL.subarray(0, bytes));
    readings.turn();
  }
  expect(parts).toEqual([[0, 40_000], [0, 50_000]]);
});
