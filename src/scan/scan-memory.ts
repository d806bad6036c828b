import {PIPE_BYTES} from '../model/task.ts';
import {loadWasm, reserveMemory, type ScannerExports, type SharedMemory} from './load-wasm.ts';
import {COPY_OFFSET} from './scratch-layout.ts';

/** One memory for all threads: their scratch areas, and slots that batches lie in. Can be sent to a worker. */
export type ScanMemory = {
  readonly memory: SharedMemory;
  /** Address of the counter by which threads take scratch areas; they lie behind it. */
  readonly scratchAt: number;
  readonly scratchBytes: number;
  readonly scratchCount: number;
  /** Room for what is read at once, before its place in a batch is known. */
  readonly landingAt: number;
  readonly slotsAt: number;
  /** Room for a batch and {@link SLACK_BYTES}. */
  readonly slotBytes: number;
  readonly slotCount: number;
};

export type ScanMemorySize = {
  /** The longest batch. */
  readonly batchBytes: number;
  readonly slotCount: number;
  /** Threads that will ever scan, those that take a dead one's place counted. */
  readonly threads: number;
};

/** The scanner reads up to 63 bytes behind a batch. */
export const SLACK_BYTES = 64;

/**
 * Reserves the memory of a run.
 *
 * @returns It, and the scanner in this thread; null where this runtime has no such memory or can't scan.
 */
export const reserveScanMemory = (size: ScanMemorySize): {layout: ScanMemory; exports: ScannerExports} | null => {
  const slotBytes = aligned(size.batchBytes + SLACK_BYTES);
  const scratchBytes = COPY_OFFSET + slotBytes;
  const behindBase = PIPE_BYTES + ALIGNMENT + size.threads * scratchBytes + size.slotCount * slotBytes;
  const memory = reserveMemory(MODULE_BYTES + behindBase);
  const exports = memory === null ? null : loadWasm(memory);
  if (memory === null || exports === null || exports.base() > MODULE_BYTES) return null;
  const landingAt = MODULE_BYTES;
  const scratchAt = landingAt + PIPE_BYTES;
  const slotsAt = scratchAt + ALIGNMENT + size.threads * scratchBytes;
  const layout = {
    memory, landingAt, scratchAt, scratchBytes, scratchCount: size.threads, slotsAt, slotBytes, slotCount: size.slotCount,
  };
  return {layout, exports};
};

/** Address of a scratch area that no other thread has; null where all are taken. */
export const takeScratch = ({memory, scratchAt, scratchBytes, scratchCount}: ScanMemory): number | null => {
  const index = Atomics.add(new Int32Array(memory.buffer, scratchAt, 1), 0, 1);
  return index < scratchCount ? scratchAt + ALIGNMENT + index * scratchBytes : null;
};

const ALIGNMENT = 64;
const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
/** More than the module's own data takes. */
const MODULE_BYTES = 65_536;
