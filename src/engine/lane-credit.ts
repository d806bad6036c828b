import type {Clock} from './clock.ts';
import type {ByteSource} from './output-streams.ts';

/** How much of a stream may be on its way to a verdict: when that is used up, the child is left unread. */
export class LaneCredit {
  readonly #source: ByteSource;
  readonly #creditBytes: number;
  readonly #clock: Clock;
  #outstandingBytes = 0;
  #heldSinceMs: number | null = null;
  #heldMs = 0;
  #isOpen = true;

  constructor(source: ByteSource, creditBytes: number, clock: Clock) {
    this.#source = source;
    this.#creditBytes = creditBytes;
    this.#clock = clock;
  }

  /** More is on its way than there is credit for. */
  get isOver(): boolean {
    return this.#outstandingBytes > this.#creditBytes;
  }

  get isHeld(): boolean {
    return this.#heldSinceMs !== null;
  }

  /** How long the child was left unread so far. */
  heldMs(nowMs: number): number {
    return this.#heldMs + (this.#heldSinceMs === null ? 0 : nowMs - this.#heldSinceMs);
  }

  take(bytes: number): void {
    this.#outstandingBytes += bytes;
  }

  /** Reads on when half of the credit is free. */
  give(bytes: number): void {
    this.#outstandingBytes -= bytes;
    if (this.#outstandingBytes <= this.#creditBytes / 2) this.#release();
  }

  /** Takes back what was given up, not judged: whoever gives up lines reads on as it is. */
  forget(bytes: number): void {
    this.#outstandingBytes -= bytes;
  }

  /** Stops reading when the credit is used up. */
  check(): void {
    if (!this.isOver || !this.#isOpen) return;
    this.#heldSinceMs ??= this.#clock.nowMs();
    // Even when held already: Node resumes the pipes of a child that has exited.
    this.#source.pause();
  }

  /** The stream has ended. */
  close(): void {
    this.#isOpen = false;
    this.#release();
  }

  #release(): void {
    if (this.#heldSinceMs === null) return;
    this.#heldMs += this.#clock.nowMs() - this.#heldSinceMs;
    this.#heldSinceMs = null;
    if (this.#isOpen) this.#source.resume();
  }
}
