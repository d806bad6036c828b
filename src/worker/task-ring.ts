import type {ParsedBatch, ParseTask} from '../model/task.ts';
import {readAnswer, readTask, writeAnswer, writeTask, type Answered, type RingTask} from './ring-codec.ts';

/** Tasks that a ring holds at once. */
export const RING_ENTRIES = 4;
const HEADER_BYTES = 64;
const ENTRY_BYTES = 12 * 1024;

/** Cells of the header. The first three count for ever and wrap: only their differences mean something. */
const OFFERED = 0;
const BEGUN = 1;
const DONE = 2;
/** 1: the thread sleeps, and must be woken when something is offered. */
const ASLEEP = 3;
/** 1: the other side was told that something is done, and has not looked yet. */
const TOLD = 4;

export type RingAnswer =
  /** `number` as {@link TaskRing.offer} has it. */
  | {readonly number: number; readonly answered: Answered}
  /** It comes as a message. */
  | {readonly number: number; readonly answered: null};

/**
 * Tasks for one thread and their answers, in memory that both sides see: a few numbers each, where a message would be
 * made into bytes and back, and wake its reader every time. What is no mere numbers goes by message all the same.
 */
export class TaskRing {
  readonly shared: SharedArrayBuffer;
  readonly #cells: Int32Array;
  #taken: number;

  /** @param shared Of the other side; none: a new one. */
  constructor(shared = new SharedArrayBuffer(HEADER_BYTES + RING_ENTRIES * ENTRY_BYTES)) {
    this.shared = shared;
    this.#cells = new Int32Array(shared, 0, HEADER_BYTES / 4);
    this.#taken = this.#cells[DONE]!;
  }

  /** Number of the next task that is offered. */
  get nextNumber(): number {
    return this.#cells[OFFERED]!;
  }

  /** Of the engine: whether another task has room. */
  get hasRoom(): boolean {
    return ((this.#cells[OFFERED]! - this.#taken) | 0) < RING_ENTRIES;
  }

  /**
   * Of the engine: offers a task. Must have room.
   *
   * @returns Whether the thread must be woken.
   */
  offer(task: RingTask): boolean {
    const number = this.nextNumber;
    writeTask(this.#entry(number), task);
    Atomics.store(this.#cells, OFFERED, (number + 1) | 0);
    return Atomics.compareExchange(this.#cells, ASLEEP, 1, 0) === 1;
  }

  /** Of the engine: what was offered and was not begun, when the thread is dead: their numbers. */
  unbegun(): number[] {
    const begun = Atomics.load(this.#cells, BEGUN);
    const count = (this.nextNumber - begun) | 0;
    return Array.from({length: count}, (_, index) => (begun + index) | 0);
  }

  /** Of the engine: it is going to look at what is done, and wants to be told of what comes after. */
  look(): void {
    Atomics.store(this.#cells, TOLD, 0);
  }

  /**
   * Of the engine: the next answer; null when there is none, or it speaks of names that are not known yet.
   *
   * @param namesKnown How many names the thread has told.
   */
  take(namesKnown: number): RingAnswer | null {
    if (this.#taken === Atomics.load(this.#cells, DONE)) return null;
    const number = this.#taken;
    const answered = readAnswer(this.#entry(number));
    if (answered !== null && answered.namesTold > namesKnown) return null;
    this.#taken = (number + 1) | 0;
    return {number, answered};
  }

  /** Of the thread: number of the task begun last. */
  get begunNumber(): number {
    return (this.#cells[BEGUN]! - 1) | 0;
  }

  /** Of the thread: the next task, begun with this; null where none is offered. */
  next(): ParseTask | null {
    const number = this.#cells[BEGUN]!;
    if (number === Atomics.load(this.#cells, OFFERED)) return null;
    Atomics.store(this.#cells, BEGUN, (number + 1) | 0);
    return readTask(this.#entry(number));
  }

  /**
   * Of the thread: answers the task begun last.
   *
   * @param result Null: the answer comes as a message.
   * @param namesTold How many names were told before.
   * @returns False where the answer has no room: then it must come as a message.
   */
  answer(result: ParsedBatch | null, namesTold: number): boolean {
    const number = this.#cells[DONE]!;
    const fits = writeAnswer(this.#entry(number), result, namesTold);
    if (fits) Atomics.store(this.#cells, DONE, (number + 1) | 0);
    return fits;
  }

  /** Of the thread: whether the engine must be told that something is done. */
  mustTell(): boolean {
    return Atomics.exchange(this.#cells, TOLD, 1) === 0;
  }

  /** Of the thread: goes to sleep. False where something was offered meanwhile: then it must go on. */
  sleep(): boolean {
    Atomics.store(this.#cells, ASLEEP, 1);
    if (this.#cells[BEGUN] === Atomics.load(this.#cells, OFFERED)) return true;
    // Whoever changes the cell back wakes the thread: if that was the engine, it comes as a message.
    return Atomics.compareExchange(this.#cells, ASLEEP, 1, 0) !== 1;
  }

  #entry(number: number): DataView {
    return new DataView(this.shared, HEADER_BYTES + (number & (RING_ENTRIES - 1)) * ENTRY_BYTES, ENTRY_BYTES);
  }
}
