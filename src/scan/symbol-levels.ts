import type {Level} from '../model/verdict.ts';
import type {ScannerExports} from './load-wasm.ts';

/**
 * The levels that the scanner's symbols stand for.
 *
 * The scanner knows how a level is written, not what it means: each (key, value) that it meets becomes a symbol,
 * and what that means is asked once.
 */
export class SymbolLevels {
  readonly #exports: ScannerExports;
  readonly #levelOf: (recordJson: string) => Level;
  readonly #levels: Level[];

  constructor(exports: ScannerExports, levelOf: (recordJson: string) => Level) {
    this.#exports = exports;
    this.#levelOf = levelOf;
    this.#levels = [levelOf('{}')];
  }

  /** Levels by symbol; 0 is that of a record without any level key. */
  all(): readonly Level[] {
    const count = this.#exports.symbolCount();
    for (let symbol = this.#levels.length; symbol <= count; symbol++) this.#levels.push(this.#ask(symbol));
    return this.#levels;
  }

  /** Forgets all symbols when no other fits: one stream of odd levels must not slow the others down for good. */
  makeRoom(): void {
    if (this.#exports.symbolCount() < MAX_SYMBOLS) return;
    this.#exports.clearSymbols();
    this.#levels.length = 1;
  }

  #ask(symbol: number): Level {
    const entry = Buffer.from(this.#exports.memory.buffer, this.#exports.symbolEntry(symbol), ENTRY_BYTES);
    const key = LEVEL_KEYS[entry[ENTRY_BYTES - 1]!]!;
    return this.#levelOf(`{"${key}":${entry.toString('utf8', 0, entry.indexOf(0))}}`);
  }
}

/** These follow `assembly/symbols.ts` and, by number, `assembly/record.ts`. */
const MAX_SYMBOLS = 200;
const ENTRY_BYTES = 32;
const LEVEL_KEYS = ['', 'level', 'severity', 'lvl', 'loglevel'];
