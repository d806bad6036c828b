import type {RestartPolicy} from '../model/config.ts';
import type {ExitStatus} from '../model/lifecycle.ts';

const FIRST_DELAY_MS = 1000;
const MAX_DELAY_MS = 30_000;
/** A run that lasted so long was no failed start: backoff begins anew. */
const STEADY_MS = 10_000;
const WINDOW_MS = 60_000;
const MAX_RESTARTS_IN_WINDOW = 5;

/** What to do about a process that ended by itself. */
export type RestartDecision =
  | {readonly kind: 'stay'}
  | {readonly kind: 'restart'; readonly delayMs: number}
  | {readonly kind: 'crash-loop'; readonly restarts: number};

/**
 * Decides on automatic restarts: exponential backoff from 1 to 30 s with
 * jitter, at most 5 restarts in 60 s, then by hand.
 */
export class RestartGovernor {
  readonly #policy: RestartPolicy;
  readonly #random: () => number;
  #restartTimesMs: number[] = [];
  #quickExits = 0;

  /** @param random Uniform in [0, 1). */
  constructor(policy: RestartPolicy, random: () => number) {
    this.#policy = policy;
    this.#random = random;
  }

  /** @param upMs How long the run had lasted. */
  decide(exit: ExitStatus, upMs: number, nowMs: number): RestartDecision {
    const failed = exit.code !== 0;
    if (this.#policy === 'never' || (this.#policy === 'on-failure' && !failed)) return {kind: 'stay'};
    this.#restartTimesMs = this.#restartTimesMs.filter(time => time > nowMs - WINDOW_MS);
    if (this.#restartTimesMs.length >= MAX_RESTARTS_IN_WINDOW) {
      return {kind: 'crash-loop', restarts: this.#restartTimesMs.length};
    }
    this.#quickExits = upMs >= STEADY_MS ? 0 : this.#quickExits + 1;
    this.#restartTimesMs.push(nowMs);
    return {kind: 'restart', delayMs: this.#delayMs()};
  }

  /** Someone started it by hand: the past no longer counts. */
  forgive(): void {
    this.#restartTimesMs = [];
    this.#quickExits = 0;
  }

  /** Between half and the whole of the exponential step, so that many processes do not come back at once. */
  #delayMs(): number {
    const stepMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, this.#quickExits - 1));
    return Math.max(FIRST_DELAY_MS, Math.round(stepMs * (0.5 + this.#random() / 2)));
  }
}
