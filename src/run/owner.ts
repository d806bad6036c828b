import type {Connection} from '../wire/connection.ts';

/** The screen that a run was started with, as its engine sees it. */
export class Owner {
  /** Resolves when the screen is gone: with the monotonic ms of that. */
  readonly gone: Promise<number>;
  #isThere = true;

  constructor(pair: Connection) {
    this.gone = pair.closed.then(() => {
      this.#isThere = false;
      return performance.now();
    });
  }

  get isThere(): boolean {
    return this.#isThere;
  }
}
