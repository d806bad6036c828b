import {countNewlines} from '../ingest/newline-count.ts';
import {PIPE_BYTES} from '../model/task.ts';
import type {BatchSlots} from '../worker/batch-slots.ts';

/** Most buffers kept for later; beyond that they go back to the system. */
const MAX_FREE = 16;

/**
 * Memory for batches, used again when history has let go of it: a flood would
 * otherwise make garbage at the speed it is read. Full-sized batches lie in the
 * slots of the run, where the scanner reads them; buffers serve all else, and
 * where there are no slots, or none is free.
 */
export class BatchMemory {
  readonly #slots: BatchSlots | null;
  readonly #free: ArrayBuffer[] = [];

  constructor(slots: BatchSlots | null) {
    this.#slots = slots;
  }

  /** At least `size` bytes, their content undefined, in a slot or in a buffer of their own that can be transferred. */
  readonly allocate = (size: number): Uint8Array => {
    const slot = this.#slots?.take(size) ?? null;
    if (slot !== null) return slot;
    const buffer = this.#free.at(-1);
    // Not zeroed, which `new ArrayBuffer` would be; and no Buffer, whose `slice` is a view where an array's is a copy.
    if (buffer === undefined || buffer.byteLength !== size) return new Uint8Array(Buffer.allocUnsafeSlow(size).buffer);
    this.#free.pop();
    return new Uint8Array(buffer);
  };

  /** Takes memory back that nobody looks at any more. */
  readonly release = (bytes: Uint8Array): void => {
    if (this.#slots?.release(bytes) === true) return;
    const {buffer} = bytes;
    // Small batches have buffers of all sizes: only those of full ones are worth keeping.
    if (this.#free.length < MAX_FREE && buffer instanceof ArrayBuffer && buffer.byteLength >= WORTH_KEEPING_BYTES) {
      this.#free.push(buffer);
    }
  };

  /** Whether all threads can read these bytes where they are. */
  readonly isShared = (bytes: Uint8Array): boolean => this.#slots?.holds(bytes) === true;

  /** Where what is read is put, until it is taken. */
  get landing(): Uint8Array {
    return this.#slots?.landing ?? LANDING;
  }

  /** Copies bytes to `at` in memory of ours, by the fastest means there is. They must not overlap. */
  readonly copy = (bytes: Uint8Array, into: Uint8Array, at: number): void => {
    if (this.#slots?.copy(bytes, into, at) !== true) into.set(bytes, at);
  };

  /** Newlines in [start, end), counted by the fastest means there is. */
  readonly countNewlines = (bytes: Uint8Array, start: number, end: number): number =>
    this.#slots !== null && this.#slots.holds(bytes)
      ? this.#slots.countNewlines(bytes, start, end)
      : countNewlines(bytes, start, end);
}

/** What is read is taken before the next read, so one is enough for all. */
const LANDING = new Uint8Array(PIPE_BYTES);
const WORTH_KEEPING_BYTES = 128 * 1024;
