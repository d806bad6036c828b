import type {ParsedBatch, ParseTask} from '../model/task.ts';
import type {GroupNames} from './group-names.ts';
import {PipeReadings, type Reading} from './pipe-readings.ts';
import {RING_ENTRIES, type TaskRing} from './task-ring.ts';
import type {FromThread} from './thread-messages.ts';

export type RingAnswersOptions = {
  readonly ring: TaskRing;
  readonly names: GroupNames;
  /** All batches of the ring lie in it; null: there are none. */
  readonly memory: SharedArrayBuffer | null;
  readonly judge: (task: ParseTask) => Omit<ParsedBatch, 'busyMs' | 'returned'>;
  /** Newlines between two addresses. */
  readonly countNewlines: (at: number, end: number) => number;
  readonly tell: (message: FromThread) => void;
};

/** A thread's end of its ring: begins what is offered, reads and judges, answers. */
export class RingAnswers {
  readonly #options: RingAnswersOptions;
  readonly #memory: Buffer;
  readonly #readings: PipeReadings;

  constructor(options: RingAnswersOptions) {
    this.#options = options;
    const {ring, memory} = options;
    this.#memory = Buffer.from(memory ?? new SharedArrayBuffer(0));
    this.#readings = new PipeReadings({
      memory: this.#memory,
      onProgress: (number, progress) => ring.progress(number, progress),
      onFilled: reading => this.#answerReading(reading),
      rest: () => ring.rest(REST_MS),
      nowMs: () => performance.now(),
    });
  }

  /** Does what there is to do, and sleeps when there is nothing; but lets messages in from time to time. */
  readonly run = (): void => {
    const {ring} = this.#options;
    for (let count = 0; count < TURNS; count++) {
      for (let next = ring.next(); next !== null; next = ring.next()) {
        const {number, task} = next;
        if (task.kind === 'read') this.#readings.add(number, task);
        else this.#answer(number, () => this.#judged(task, performance.now()));
      }
      this.#readings.turn();
      if (this.#readings.isEmpty && ring.sleep()) return;
    }
    setImmediate(this.run);
  };

  #answerReading(reading: Reading): void {
    const {number, task, progress, busyMs} = reading;
    const {at} = task.shared;
    const newline = this.#memory.subarray(at, at + progress.usedBytes).lastIndexOf(NEWLINE);
    this.#answer(number, () => {
      // What was there before is judged with what has come, or left to those who wait for it.
      if (progress.usedBytes === task.usedBytes || newline === -1) return null;
      const startMs = performance.now() - busyMs;
      return this.#judged({...task, kind: 'parse', lines: this.#linesOf(task, newline + 1), shared: {at, length: newline + 1}}, startMs);
    });
  }

  /** To be known only where the last of them are shown. */
  #linesOf({tailLines, shared}: Pick<ParseTask, 'tailLines'> & {shared: {at: number}}, length: number): number {
    return tailLines === 0 ? Infinity : this.#options.countNewlines(shared.at, shared.at + length);
  }

  #judged(task: ParseTask & {readonly shared: {at: number; length: number}}, startMs: number): ParsedBatch {
    const {at, length} = task.shared;
    const bytes = new Uint8Array(this.#memory.buffer, at, length);
    const partial = this.#options.judge({...task, bytes});
    return {...partial, returned: null, busyMs: performance.now() - startMs};
  }

  /** Never throws: a task without an answer would be waited for. */
  #answer(number: number, judge: () => ParsedBatch | null): void {
    const {ring, names, tell} = this.#options;
    try {
      const result = judge();
      // Names go by message, so their first lines do.
      if (names.hasUntold || !ring.answer(number, result, names.made)) {
        ring.answerApart(number);
        tell({number, result, names: names.tell()});
      } else if (this.#readings.count < FEW_READINGS && ring.mustTell()) {
        tell('ring');
      }
    } catch (error) {
      ring.answerApart(number);
      tell({number, error: error instanceof Error ? error.message : String(error), names: names.tell()});
    }
  }
}

const NEWLINE = 10;
/** With more of them the engine need not be waked for an answer: another comes before there is nothing to do. */
const FEW_READINGS = 2;
/** For a writer to be waked, and to fill its pipe. */
const REST_MS = 0.1;
/** Between looks at what has come as a message. */
const TURNS = RING_ENTRIES;
