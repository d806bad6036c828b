import {badLine} from './bad-line.ts';
import type {PrinterOptions} from './printer-options.ts';
import type {Random} from './random.ts';
import {recordLine, type Service} from './records.ts';

/** More lines than these in one block are repeated: nobody can read so fast. */
const MAX_FRESH_LINES = 250;

/** Makes the lines of a service, in blocks. */
export class LineSource {
  readonly #service: Exclude<Service, 'blackbox'>;
  readonly #bad: number;
  readonly #random: Random;

  constructor(service: Exclude<Service, 'blackbox'>, {bad}: Pick<PrinterOptions, 'bad'>, random: Random) {
    this.#service = service;
    this.#bad = bad;
    this.#random = random;
  }

  /** One line, newline included. */
  line(nowMs: number): string {
    const record = recordLine(this.#service, this.#random, nowMs);
    return `${this.#random.chance(this.#bad) ? badLine(this.#random, record) : record}\n`;
  }

  /** So many lines in one piece, newlines included. */
  block(lines: number, nowMs: number): string {
    const fresh = Array.from({length: Math.min(lines, MAX_FRESH_LINES)}, () => this.line(nowMs));
    const whole = Math.floor(lines / MAX_FRESH_LINES);
    if (whole === 0) return fresh.join('');
    return fresh.join('').repeat(whole) + fresh.slice(0, lines - whole * MAX_FRESH_LINES).join('');
  }
}
