import type {Badge} from '../model/snapshot.ts';

/** How long what was held, or has printed, still counts. */
const RECENT_MS = 1000;
/** A batch waits up to a tick for company and another for its turn: that is no lag to speak of. */
const BEHIND_MS = 500;

/** Says who is the bottleneck of a process, from what the last second has seen. */
export class BadgeMeter {
  #heldAtMs = -Infinity;
  #lineAtMs = -Infinity;
  #linesIn = 0;

  /** To be told ten times a second. */
  sample(nowMs: number, isHeld: boolean, linesIn: number): void {
    if (isHeld) this.#heldAtMs = nowMs;
    if (linesIn !== this.#linesIn) this.#lineAtMs = nowMs;
    this.#linesIn = linesIn;
  }

  badge(nowMs: number, lagMs: number): Badge {
    if (nowMs - this.#heldAtMs <= RECENT_MS) return 'held';
    if (lagMs > BEHIND_MS) return 'parser behind';
    return nowMs - this.#lineAtMs <= RECENT_MS ? 'keeping up' : 'idle';
  }
}
