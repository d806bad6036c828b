/** Rests so many times as long as the work took: the work costs the thread at most a tenth of its time. */
const REST_FACTOR = 9;
/** On a machine that has no time for us, the work seems to take long; nobody waits longer than this. */
const MAX_REST_MS = 500;

/** Does a work when asked to, at once or after a rest; asked meanwhile, once. */
export class Pace {
  readonly #work: () => void;
  readonly #nowMs: () => number;
  #restUntilMs = -Infinity;
  #timer: NodeJS.Timeout | null = null;

  constructor(work: () => void, nowMs: () => number = () => performance.now()) {
    this.#work = work;
    this.#nowMs = nowMs;
  }

  /** The work is due. */
  ask(): void {
    if (this.#timer !== null) return;
    const restMs = this.#restUntilMs - this.#nowMs();
    if (restMs <= 0) this.#run();
    else this.#timer = setTimeout(() => this.#run(), restMs);
  }

  /** What is due is not done any more. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #run(): void {
    this.#timer = null;
    const beganAtMs = this.#nowMs();
    this.#work();
    const endedAtMs = this.#nowMs();
    this.#restUntilMs = endedAtMs + Math.min((endedAtMs - beganAtMs) * REST_FACTOR, MAX_REST_MS);
  }
}
