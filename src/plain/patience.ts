/** What is on its way to a reader when a signal ends us gets so long to arrive. */
const LAST_MS = 2000;

/**
 * How long the end of a run waits for a slow reader of its output: as long as
 * it takes, unless a signal says that it must not.
 */
export class Patience {
  /** Resolves with the first signal, {@link LAST_MS} after it, or at once with the second. */
  readonly over: Promise<NodeJS.Signals>;
  #resolve: (signal: NodeJS.Signals) => void = () => {};
  #first: NodeJS.Signals | null = null;

  constructor() {
    this.over = new Promise(resolve => {
      this.#resolve = resolve;
    });
  }

  /** A signal asks us to end. */
  try(signal: NodeJS.Signals): void {
    if (this.#first !== null) return this.#resolve(this.#first);
    this.#first = signal;
    setTimeout(() => this.#resolve(signal), LAST_MS);
  }
}
