import type {Discarded} from '../model/task.ts';

/** Whole lines cut from a stream, still on their way to a worker. */
export type Batch = {
  /** Ends with a newline; owned by the batch alone. */
  readonly bytes: Uint8Array;
  /** Newlines in `bytes`. */
  readonly lines: number;
  /** 1-based number of the first line in its stream. */
  readonly firstLine: number;
  /** Byte offset of the first byte in its stream. */
  readonly firstOffset: number;
  readonly discarded: readonly Discarded[];
  /** Wall-clock and monotonic ms of the arrival of the oldest line. */
  readonly arrivedAtMs: number;
  readonly sinceMs: number;
};
