import {PIPE_BYTES} from '../model/task.ts';
import type {ScannerExports} from '../scan/load-wasm.ts';
import {reserveScanMemory, SLACK_BYTES, type ScanMemory, type ScanMemorySize} from '../scan/scan-memory.ts';

/**
 * Memory for batches where every thread can read them: nothing is copied or moved on the way to a worker, and what was
 * parsed can stay where it is, as history.
 */
export class BatchSlots {
  /** For the threads. */
  readonly memory: ScanMemory;
  readonly #exports: ScannerExports;
  readonly #buffer: SharedArrayBuffer;
  /** Addresses of free slots. The one freed last is used next: it is warm, and others may never be touched. */
  readonly #free: number[];

  private constructor(memory: ScanMemory, exports: ScannerExports) {
    this.memory = memory;
    this.#exports = exports;
    this.#buffer = memory.memory.buffer;
    const {slotCount, slotsAt, slotBytes} = memory;
    this.#free = Array.from({length: slotCount}, (_, slot) => slotsAt + (slotCount - 1 - slot) * slotBytes);
  }

  /** @returns Null where this runtime has no such memory, or not so much of it. */
  static reserve(size: ScanMemorySize): BatchSlots | null {
    const reserved = reserveScanMemory(size);
    return reserved === null ? null : new BatchSlots(reserved.layout, reserved.exports);
  }

  /** A slot; null where it would be too small, or a waste, or all are in use. */
  take(bytes: number): Uint8Array | null {
    const {slotBytes} = this.memory;
    if (bytes + SLACK_BYTES > slotBytes || 2 * bytes < slotBytes) return null;
    const at = this.#free.pop();
    return at === undefined ? null : new Uint8Array(this.#buffer, at, bytes);
  }

  /** Takes a slot back, given any part of it. False where these bytes are in none. */
  release(bytes: Uint8Array): boolean {
    if (!this.holds(bytes)) return false;
    const {slotsAt, slotBytes} = this.memory;
    this.#free.push(slotsAt + Math.floor((bytes.byteOffset - slotsAt) / slotBytes) * slotBytes);
    return true;
  }

  holds(bytes: Uint8Array): boolean {
    return bytes.buffer === this.#buffer;
  }

  /** Slots that nobody uses. */
  get free(): number {
    return this.#free.length;
  }

  /** Where bytes are read to: they can be copied into a slot from here, and nowhere else, in no time. */
  get landing(): Uint8Array {
    return new Uint8Array(this.#buffer, this.memory.landingAt, PIPE_BYTES);
  }

  /** Copies bytes into a slot, if it is one and they lie in this memory, too. Returns false where that is not so. */
  copy(bytes: Uint8Array, slot: Uint8Array, at: number): boolean {
    if (!this.holds(bytes) || !this.holds(slot)) return false;
    this.#exports.copyBytes(bytes.byteOffset, slot.byteOffset + at, bytes.length);
    return true;
  }

  /** Counts newlines in bytes of a slot, many times as fast as a loop over them. */
  countNewlines(bytes: Uint8Array, start: number, end: number): number {
    return this.#exports.countNewlines(bytes.byteOffset + start, bytes.byteOffset + end);
  }
}
