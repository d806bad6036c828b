import type {Connection} from './connection.ts';
import {MAX_REQUESTS, MAX_UNSENT_BYTES} from './protocol.ts';

/** Answers the questions of one client, one at a time and in their order, no faster than it reads the answers. */
export class RequestQueue {
  readonly #connection: Connection;
  readonly #waiting: (() => Promise<void>)[] = [];
  #isBusy = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * @param answer Finds the answer and sends it; must not reject.
   * @returns False where too many wait already: the question is not taken.
   */
  add(answer: () => Promise<void>): boolean {
    if (this.#waiting.length >= MAX_REQUESTS) return false;
    this.#waiting.push(answer);
    if (!this.#isBusy) void this.#work();
    return true;
  }

  /** The client is gone: what waits is not answered. */
  clear(): void {
    this.#waiting.length = 0;
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting.length > 0) {
      if (this.#connection.queuedBytes > MAX_UNSENT_BYTES) await this.#connection.flushed();
      await this.#waiting.shift()?.();
    }
    this.#isBusy = false;
  }
}
