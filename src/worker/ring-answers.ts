import type {ParsedBatch, ParseTask} from '../model/task.ts';
import type {GroupNames} from './group-names.ts';
import {joined} from './joined-batches.ts';
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
  /** By number: what batches have come to as far as they were judged. */
  readonly #parts = new Map<number, ParsedBatch>();

  constructor(options: RingAnswersOptions) {
    this.#options = options;
    const {ring, memory} = options;
    this.#memory = Buffer.from(memory ?? new SharedArrayBuffer(0));
    this.#readings = new PipeReadings({
      memory: this.#memory,
      onProgress: (number, progress) => ring.progress(number, progress),
      onPause: reading => this.#judgePart(reading),
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
        else this.#answer(number, () => this.#judged(task));
      }
      this.#readings.turn();
      if (this.#readings.isEmpty && ring.sleep()) return;
    }
    setImmediate(this.run);
  };

  /** Judges what has come of a batch, while its writer prints on. Not where lines are shown: they may be in more than one part. */
  #judgePart(reading: Reading): boolean {
    const {number, task, progress} = reading;
    if (task.tailLines > 0) return false;
    const end = this.#wholeEnd(reading, progress.usedBytes);
    if (end === reading.judgedBytes) return false;
    try {
      const known = this.#parts.get(number);
      const part = this.#judgedUpTo({...reading, task: {...task, samples: false}}, end, known?.lines ?? 0);
      this.#parts.set(number, known === undefined ? part : joined(known, part));
      reading.judgedBytes = end;
      return true;
    } catch {
      // The whole batch will meet the same, and say so.
      return false;
    }
  }

  #answerReading(reading: Reading): void {
    const {number, task, progress, busyMs} = reading;
    const part = this.#parts.get(number) ?? null;
    this.#parts.delete(number);
    this.#answer(number, () => {
      // What was there before is judged with what has come, or left to those who wait for it.
      if (progress.usedBytes === task.usedBytes) return null;
      const whole = this.#whole(reading, part);
      return whole === null ? null : {...whole, busyMs: whole.busyMs + busyMs};
    });
  }

  /** What a batch comes to, of which `part` was judged already; null where it holds no whole line. */
  #whole(reading: Reading, part: ParsedBatch | null): ParsedBatch | null {
    const end = this.#wholeEnd(reading, reading.progress.usedBytes);
    if (end === reading.judgedBytes) return part;
    const rest = this.#judgedUpTo(reading, end, part?.lines ?? 0);
    return part === null ? rest : joined(part, rest);
  }

  /** Where the last line ends that ends before `usedBytes`; where what was judged ends if there is none. */
  #wholeEnd({task, judgedBytes}: Reading, usedBytes: number): number {
    const {at} = task.shared;
    return judgedBytes + this.#memory.subarray(at + judgedBytes, at + usedBytes).lastIndexOf(NEWLINE) + 1;
  }

  /** Judges what is not judged yet, as a batch of its own behind `lines` others. */
  #judgedUpTo({task, judgedBytes}: Reading, end: number, lines: number): ParsedBatch {
    const shared = {at: task.shared.at + judgedBytes, length: end - judgedBytes};
    return this.#judged({
      ...task,
      kind: 'parse',
      lines: this.#linesOf(task.tailLines, shared),
      shared,
      firstLine: task.firstLine + lines,
      firstOffset: task.firstOffset + judgedBytes,
      ordinal: task.ordinal + lines,
    });
  }

  /** To be known only where the last of them are shown. */
  #linesOf(tailLines: number, {at, length}: {readonly at: number; readonly length: number}): number {
    return tailLines === 0 ? Infinity : this.#options.countNewlines(at, at + length);
  }

  #judged(task: ParseTask & {readonly shared: {at: number; length: number}}): ParsedBatch {
    const startMs = performance.now();
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
const FEW_READINGS = 1;
/** For a writer to be waked, and to fill its pipe. */
const REST_MS = 0.1;
/** Between looks at what has come as a message. */
const TURNS = RING_ENTRIES;
