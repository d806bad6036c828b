import {Journal} from '../worker/journal.ts';

type Watch = {readonly journal: Journal; readonly abort: () => void; begun: number; done: number; sinceMs: number};

/** For a new thread to start and to load the parser. */
const START_MS = 15_000;

/** Custom parsers at work: finds the one whose line does not end. */
export class WatchList {
  readonly #watches = new Set<Watch>();

  /**
   * Watches a task through its journal.
   *
   * @param abort Called once a line has taken too long.
   * @returns What ends the watch.
   */
  add(shared: SharedArrayBuffer, abort: () => void, nowMs: number): () => void {
    const journal = new Journal(shared);
    const watch: Watch = {journal, abort, begun: journal.begun, done: journal.done, sinceMs: nowMs};
    this.#watches.add(watch);
    return () => this.#watches.delete(watch);
  }

  /** Aborts what has been at one line for `timeoutMs`, or has begun none for much longer. */
  check(nowMs: number, timeoutMs: number): void {
    for (const watch of this.#watches) {
      const {begun, done} = watch.journal;
      if (begun !== watch.begun || done !== watch.done) {
        Object.assign(watch, {begun, done, sinceMs: nowMs});
      } else if (nowMs - watch.sinceMs >= (begun > done ? timeoutMs : timeoutMs + START_MS)) {
        this.#watches.delete(watch);
        watch.abort();
      }
    }
  }
}
