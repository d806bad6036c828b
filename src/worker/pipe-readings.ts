import {readSync} from 'node:fs';
import {PIPE_BYTES, type ReadTask} from '../model/task.ts';
import type {ReadProgress} from './task-ring.ts';

/** A batch is judged when it has been filled for so long, even where other pipes give no rest. */
const MAX_FILLING_MS = 40;

/** It pays to judge so much of a batch apart from the rest. */
const PART_BYTES = 32 * 1024;

/** A batch that is being filled. */
export type Reading = {
  readonly number: number;
  readonly task: ReadTask;
  /** Spent on reading. */
  busyMs: number;
  readonly sinceMs: number;
  progress: ReadProgress;
  /** So much of it was judged already. */
  judgedBytes: number;
};

export type PipeReadingsOptions = {
  /** Memory of all batches. */
  readonly memory: Buffer;
  /** How far a batch has come; told after each read. */
  readonly onProgress: (number: number, progress: ReadProgress) => void;
  /** There is time to judge what there is of this batch. Returns whether that took any. */
  readonly onPause: (reading: Reading) => boolean;
  /** No more is read for this batch. */
  readonly onFilled: (reading: Reading) => void;
  /** Waits for a fraction of a millisecond, so that others can use this core. */
  readonly rest: () => void;
  readonly nowMs: () => number;
};

/**
 * Fills batches straight from the pipes that they come from, a pipe's content from each in turn: while one is judged,
 * the writers of the others fill theirs. Where there is nothing to read, what was read is judged meanwhile.
 */
export class PipeReadings {
  readonly #options: PipeReadingsOptions;
  readonly #open = new Set<Reading>();

  constructor(options: PipeReadingsOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  /** Batches that are being filled. */
  get count(): number {
    return this.#open.size;
  }

  add(number: number, task: ReadTask): void {
    const progress = {usedBytes: task.usedBytes, reads: 0, fullReads: 0, isDrained: false};
    this.#open.add({number, task, busyMs: 0, sinceMs: this.#options.nowMs(), progress, judgedBytes: 0});
  }

  /** Reads once from each pipe. */
  turn(): void {
    if (this.isEmpty) return;
    const hasRead = this.#readEach();
    // The writer of a pipe that is alone can't have filled it again as soon as that.
    if (hasRead && this.#open.size !== 1) return;
    // The writers need a moment. A batch costs, so it is not given away before it is full.
    const [ripest] = [...this.#open].toSorted((a, b) => unjudgedBytes(b) - unjudgedBytes(a));
    if (unjudgedBytes(ripest!) >= PART_BYTES && this.#options.onPause(ripest!)) return;
    if (hasRead) return;
    this.#options.rest();
    if (this.#readEach()) return;
    const [fullest] = [...this.#open].toSorted((a, b) => newBytes(b) - newBytes(a));
    if (newBytes(fullest!) > 0) return this.#fill(fullest!);
    for (const reading of this.#open) this.#fill(reading, true);
  }

  /** Whether anything was read, or nothing is left to be read. */
  #readEach(): boolean {
    let hasRead = false;
    for (const reading of this.#open) {
      const startMs = this.#options.nowMs();
      const count = this.#read(reading);
      const endMs = this.#options.nowMs();
      reading.busyMs += endMs - startMs;
      hasRead ||= count > 0;
      if (isFull(reading)) this.#fill(reading);
      else if (count === 0 || endMs - reading.sinceMs > MAX_FILLING_MS) this.#fill(reading, count <= 0);
    }
    return hasRead || this.isEmpty;
  }

  #fill(reading: Reading, isDrained = false): void {
    this.#open.delete(reading);
    if (isDrained) this.#note(reading, {...reading.progress, isDrained});
    this.#options.onFilled(reading);
  }

  /** Bytes read; 0 at the pipe's end, or where it can't be read, -1 where there is nothing now. */
  #read(reading: Reading): number {
    const {task, progress} = reading;
    const {usedBytes, reads, fullReads} = progress;
    const room = Math.min(PIPE_BYTES, task.shared.length - usedBytes);
    const {stackTraceLimit} = Error;
    let count: number;
    try {
      // An empty pipe is an exception here, and happens often; where it happens need not be found out each time.
      Error.stackTraceLimit = 0;
      count = readSync(task.fd, this.#options.memory, task.shared.at + usedBytes, room, null);
    } catch (error) {
      // Whoever has lent the pipe meets the same error, and tells of it.
      return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? -1 : 0;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
    const isPipeFull = count === PIPE_BYTES ? 1 : 0;
    if (count > 0) this.#note(reading, {usedBytes: usedBytes + count, reads: reads + 1, fullReads: fullReads + isPipeFull, isDrained: false});
    return count;
  }

  #note(reading: Reading, progress: ReadProgress): void {
    reading.progress = progress;
    this.#options.onProgress(reading.number, progress);
  }
}

const unjudgedBytes = (reading: Reading): number => (newBytes(reading) === 0 ? 0 : reading.progress.usedBytes - reading.judgedBytes);

const newBytes = ({task, progress}: Reading): number => progress.usedBytes - task.usedBytes;

/** The last read of a batch is a whole one, too: small ones cost as much. */
const isFull = ({task, progress}: Reading): boolean => task.shared.length - progress.usedBytes < PIPE_BYTES;
