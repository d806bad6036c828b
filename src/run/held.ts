import type {Notice} from '../model/snapshot.ts';
import {sanitize} from '../text/sanitize.ts';
import {appendLog} from './files.ts';

/** Most warnings kept for the end of a run; a log, if there is one, has them all. */
const MAX_HELD = 200;

/** keepup's own warnings while a screen is up: into the log, or kept to be said when the screen is gone. */
export class Held {
  readonly #logFile: string | null;
  #lines: string[] = [];

  constructor(logFile: string | null) {
    this.#logFile = logFile;
  }

  /** Oldest first. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  add(notice: Notice): void {
    if (isLogged(this.#logFile, notice)) return;
    this.#lines = [...this.#lines, notice.text].slice(-MAX_HELD);
  }
}

/** Writes a warning to the log, where there is one that can be written. */
export const isLogged = (logFile: string | null, {text, atMs}: Notice): boolean =>
  logFile !== null && appendLog(logFile, `${new Date(atMs).toISOString()} ${sanitize(text)}`);
