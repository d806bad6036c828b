import {closeSync} from 'node:fs';
import {isatty} from 'node:tty';
import {reportTable} from '../plain/report-table.ts';
import {sanitize} from '../text/sanitize.ts';
import type {Ending} from '../wire/protocol.ts';
import {writePatiently, writeToTerminal} from './say.ts';

/** A killed screen's terminal gets so long to be given back, before anything is written on it. */
const RESTORE_MS = 500;

/** What a run says at its end when the screen that should have said it was killed. */
export class LastWords {
  #fd: number | null;
  /** Asked early: of one that was hung up it can't be told any more. */
  readonly #isTerminal: boolean;

  /** @param fd Of the terminal or file that was the screen's stderr. */
  constructor(fd: number) {
    this.#fd = fd;
    this.#isTerminal = isatty(fd);
  }

  /** Nobody is there any more, and it may be someone else's terminal soon: lets go of it. */
  letGo(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  /** @param lostAtMs When the screen went, on the monotonic clock. */
  async say({said, report}: Ending, lostAtMs: number): Promise<void> {
    if (this.#fd === null) return;
    await new Promise(resolve => setTimeout(resolve, Math.max(0, lostAtMs + RESTORE_MS - performance.now())));
    const lines = [...said.map(line => `keepup: ${sanitize(line)}`), ...reportTable(report)];
    const write = this.#isTerminal ? writeToTerminal : writePatiently;
    write(`${lines.join('\n')}\n`, this.#fd);
    this.letGo();
  }
}
