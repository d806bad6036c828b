import type {ParsedBatch, ReadResult} from '../model/task.ts';
import type {ToldNames} from './group-names.ts';
import {RingEntry, type Answered, type RingTask} from './ring-codec.ts';

/** Tasks that a ring holds at once. */
export const RING_ENTRIES = 8;
const HEADER_BYTES = 512;
const ENTRY_BYTES = 12 * 1024;

/** Cells of the header. The first two count for ever and wrap: only their difference means something. */
const OFFERED = 0;
const BEGUN = 1;
/** 1: the thread sleeps, and must be woken when something is offered. */
const ASLEEP = 2;
/** 1: the other side was told that something is done, and has not looked yet. */
const TOLD = 3;
/** Entries in the order in which they were offered. */
const QUEUE = 8;
/** Of each entry: */
const ENTRY_CELLS = QUEUE + RING_ENTRIES;
const CELLS_EACH = 8;
const STATE = 0;
/** … and how far a task that reads has come. */
const USED_BYTES = 1;
const READS = 2;
const FULL_READS = 3;
const DRAINED = 4;

/** Of an entry. What is `TOLD_APART` is answered by a message, and free when that has come. */
const STATES = {free: 0, offered: 1, begun: 2, done: 3, toldApart: 4} as const;

/** How far a task that reads has come. */
export type ReadProgress = Omit<ReadResult, 'parsed'>;

export type RingAnswer = {
  /** Of the task, as {@link TaskRing.offer} has it. */
  readonly number: number;
  /** Null: of a task that reads, which has not judged anything. */
  readonly answered: Answered | null;
};

/**
 * Tasks for one thread and their answers, in memory that both sides see: a few numbers each, where a message would be
 * made into bytes and back, and wake its reader every time. What is no mere numbers goes by message all the same.
 * Tasks are begun in order, and done in any.
 */
export class TaskRing {
  readonly shared: SharedArrayBuffer;
  readonly #cells: Int32Array;
  readonly #entries: readonly RingEntry[];

  /** @param shared Of the other side; none: a new one. */
  constructor(shared = new SharedArrayBuffer(HEADER_BYTES + RING_ENTRIES * ENTRY_BYTES)) {
    this.shared = shared;
    this.#cells = new Int32Array(shared, 0, HEADER_BYTES / 4);
    const at = (number: number): number => HEADER_BYTES + number * ENTRY_BYTES;
    this.#entries = Array.from({length: RING_ENTRIES}, (_, number) => new RingEntry(shared, at(number), ENTRY_BYTES));
  }

  /** Of the engine: whether another task has room. */
  get hasRoom(): boolean {
    return this.#freeEntry() !== -1;
  }

  /**
   * Of the engine: offers a task. Must have room.
   *
   * @returns Its number, its own until it is answered, and whether the thread must be woken.
   */
  offer(task: RingTask): {number: number; mustWake: boolean} {
    const number = this.#freeEntry();
    const turn = this.#cells[OFFERED]!;
    this.#entries[number]!.writeTask(task);
    this.progress(number, {usedBytes: task.kind === 'read' ? task.usedBytes : 0, reads: 0, fullReads: 0, isDrained: false});
    this.#setState(number, STATES.offered);
    this.#cells[QUEUE + (turn & MASK)] = number;
    Atomics.store(this.#cells, OFFERED, (turn + 1) | 0);
    return {number, mustWake: Atomics.compareExchange(this.#cells, ASLEEP, 1, 0) === 1};
  }

  /** Of the engine, when the thread is dead: whether this task was never begun. */
  isUnbegun(number: number): boolean {
    return this.#state(number) === STATES.offered;
  }

  /** Of the engine: it is going to look at what is done, and wants to be told of what comes after. */
  look(): void {
    Atomics.store(this.#cells, TOLD, 0);
  }

  /**
   * Of the engine: an answer; its entry is free then. Null when there is none, or it speaks of names not known yet.
   *
   * @param names What the thread has told.
   */
  take(names: Pick<ToldNames, 'count' | 'at'>): RingAnswer | null {
    for (let number = 0; number < RING_ENTRIES; number++) {
      if (this.#state(number) !== STATES.done) continue;
      const entry = this.#entries[number]!;
      if (entry.namesTold > names.count) continue;
      const answered = entry.readAnswer(id => names.at(id));
      this.free(number);
      return {number, answered};
    }
    return null;
  }

  /** Of the engine: a task's answer has come as a message. */
  free(number: number): void {
    this.#setState(number, STATES.free);
  }

  /** Of both: how far a task that reads has come; still known when it is free, until the next one is offered. */
  progressOf(number: number): ReadProgress {
    return {
      usedBytes: Atomics.load(this.#cells, cellOf(number, USED_BYTES)),
      reads: Atomics.load(this.#cells, cellOf(number, READS)),
      fullReads: Atomics.load(this.#cells, cellOf(number, FULL_READS)),
      isDrained: Atomics.load(this.#cells, cellOf(number, DRAINED)) === 1,
    };
  }

  /** Of the thread: how far a task that reads has come; to be told after each read, in case it does not live to do so later. */
  progress(number: number, {usedBytes, reads, fullReads, isDrained}: ReadProgress): void {
    Atomics.store(this.#cells, cellOf(number, USED_BYTES), usedBytes);
    Atomics.store(this.#cells, cellOf(number, READS), reads);
    Atomics.store(this.#cells, cellOf(number, FULL_READS), fullReads);
    Atomics.store(this.#cells, cellOf(number, DRAINED), isDrained ? 1 : 0);
  }

  /** Of the thread: the next task, begun with this; null where none is offered. */
  next(): {number: number; task: RingTask} | null {
    const turn = this.#cells[BEGUN]!;
    if (turn === Atomics.load(this.#cells, OFFERED)) return null;
    const number = this.#cells[QUEUE + (turn & MASK)]!;
    this.#setState(number, STATES.begun);
    Atomics.store(this.#cells, BEGUN, (turn + 1) | 0);
    return {number, task: this.#entries[number]!.readTask()};
  }

  /**
   * Of the thread: answers a task.
   *
   * @param result Null: it has only read.
   * @param namesTold How many names were told before.
   * @returns False where the answer has no room: then it must come as a message, after {@link answerApart}.
   */
  answer(number: number, result: ParsedBatch | null, namesTold: number): boolean {
    const fits = this.#entries[number]!.writeAnswer(result, namesTold);
    if (fits) this.#setState(number, STATES.done);
    return fits;
  }

  /** Of the thread: the answer is going to come as a message. */
  answerApart(number: number): void {
    this.#setState(number, STATES.toldApart);
  }

  /** Of the thread: whether the engine must be told that something is done. */
  mustTell(): boolean {
    return Atomics.exchange(this.#cells, TOLD, 1) === 0;
  }

  /** Of the thread: does nothing for so long, but no longer than until something is offered. */
  rest(ms: number): void {
    Atomics.wait(this.#cells, OFFERED, this.#cells[BEGUN]!, ms);
  }

  /** Of the thread: goes to sleep. False where something was offered meanwhile: then it must go on. */
  sleep(): boolean {
    Atomics.store(this.#cells, ASLEEP, 1);
    if (this.#cells[BEGUN] === Atomics.load(this.#cells, OFFERED)) return true;
    // Whoever changes the cell back wakes the thread: if that was the engine, it comes as a message.
    return Atomics.compareExchange(this.#cells, ASLEEP, 1, 0) !== 1;
  }

  #freeEntry(): number {
    for (let number = 0; number < RING_ENTRIES; number++) {
      if (this.#state(number) === STATES.free) return number;
    }
    return -1;
  }

  #state(number: number): number {
    return Atomics.load(this.#cells, cellOf(number, STATE));
  }

  #setState(number: number, state: number): void {
    Atomics.store(this.#cells, cellOf(number, STATE), state);
  }
}

const MASK = RING_ENTRIES - 1;
const cellOf = (number: number, name: number): number => ENTRY_CELLS + number * CELLS_EACH + name;
