/** Data is painted ten times a second at the most … */
const MIN_FRAME_MS = 100;
/** … and so seldom that frames take this share of the time, on a machine that has other things to do. */
const MAX_BUSY_SHARE = 0.1;
/** However long one frame has taken, the next comes so soon. */
const MAX_REST_MS = 2000;

/** When the next frame of data may be painted: bends to what frames take, and to a budget of bytes. */
export class FramePace {
  readonly #maxBytesPerSec: number;
  #dueMs = Number.NEGATIVE_INFINITY;
  /** Monotonic ms at which the link has taken all that was written, by the budget. */
  #paidMs = Number.NEGATIVE_INFINITY;

  /** @param maxBytesPerSec Infinity: any number. */
  constructor(maxBytesPerSec: number) {
    this.#maxBytesPerSec = maxBytesPerSec;
  }

  /** How long data has to wait, ms; 0 or less: it has not. */
  waitMs(nowMs: number): number {
    return this.#dueMs - nowMs;
  }

  /** A frame of so many bytes was begun and written at these monotonic times. Frames that did not wait count, too. */
  painted(startMs: number, endMs: number, bytes: number): void {
    this.#paidMs = Math.max(this.#paidMs, startMs) + (1000 * bytes) / this.#maxBytesPerSec;
    const restMs = Math.min(MAX_REST_MS, Math.max(MIN_FRAME_MS, (endMs - startMs) / MAX_BUSY_SHARE));
    this.#dueMs = Math.max(startMs + restMs, this.#paidMs);
  }
}
