import {readSync} from 'node:fs';
import {PIPE_BYTES, type ReadTask} from '../model/task.ts';
import type {ReadProgress} from './task-ring.ts';

/** A batch is judged when it has been filled for so long, even where other pipes give no rest. */
const MAX_FILLING_MS = 40;

/** A batch that is being filled. */
export type Reading = {
  readonly number: number;
  readonly task: ReadTask;
  /** Spent on reading. */
  busyMs: number;
  readonly sinceMs: number;
  progress: ReadProgress;
};

export type PipeReadingsOptions = {
  /** Memory of all batches. */
  readonly memory: Buffer;
  /** How far a batch has come; told after each read. */
  readonly onProgress: (number: number, progress: ReadProgress) => void;
  /** No more is read for this batch. */
  readonly onFilled: (reading: Reading) => void;
  /** Waits for a fraction of a millisecond, so that others can use this core. */
  readonly rest: () => void;
  readonly nowMs: () => number;
};

/**
 * Fills batches straight from the pipes that they come from, a pipe's content from each in turn: while one is judged,
 * the writers of the others fill theirs. Never waits: where there is nothing to read, the fullest batch is judged.
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
    this.#open.add({number, task, busyMs: 0, sinceMs: this.#options.nowMs(), progress});
  }

  /** Reads once from each pipe. */
  turn(): void {
    if (this.isEmpty || this.#readEach()) return;
    // Their writers need a moment: what comes meanwhile makes a batch fuller, and each batch costs.
    this.#options.rest();
    if (this.#readEach()) return;
    const [first] = [...this.#open].toSorted((a, b) => newBytes(b) - newBytes(a));
    if (newBytes(first!) > 0) return this.#fill(first!);
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

const newBytes = ({task, progress}: Reading): number => progress.usedBytes - task.usedBytes;

/** The last read of a batch is a whole one, too: small ones cost as much. */
const isFull = ({task, progress}: Reading): boolean => task.shared.length - progress.usedBytes < PIPE_BYTES;
