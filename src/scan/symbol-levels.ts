import type {Level} from '../model/verdict.ts';
import {asAddress, type ScannerExports} from './load-wasm.ts';

export type SymbolLevelsOptions = {
  readonly exports: Pick<ScannerExports, 'symbolCount' | 'symbolEntry' | 'clearSymbols'>;
  readonly buffer: SharedArrayBuffer;
  readonly levelOf: (recordJson: string) => Level;
  /** What a symbol means has been found out. */
  readonly onLevel: (symbol: number, level: Level) => void;
};

/**
 * The levels that the scanner's symbols stand for.
 *
 * The scanner knows how a level is written, not what it means: each (key, value) that it meets becomes a symbol,
 * and what that means is asked once.
 */
export class SymbolLevels {
  readonly #options: SymbolLevelsOptions;
  readonly #levels: Level[] = [];

  constructor(options: SymbolLevelsOptions) {
    this.#options = options;
    this.#clear();
  }

  /** Level by symbol; 0 is that of a record without any level key. To be asked of what was learnt. */
  levelAt(symbol: number): Level {
    return this.#levels[symbol]!;
  }

  /** Asks what the symbols mean that are new. */
  learn(): void {
    const count = this.#options.exports.symbolCount();
    for (let symbol = this.#levels.length; symbol <= count; symbol++) this.#add(symbol, this.#ask(symbol));
  }

  /** Forgets all symbols when no other fits: one stream of odd levels must not slow the others down for good. */
  makeRoom(): void {
    if (this.#options.exports.symbolCount() >= MAX_SYMBOLS) this.#clear();
  }

  #clear(): void {
    this.#options.exports.clearSymbols();
    this.#levels.length = 0;
    this.#add(0, this.#options.levelOf('{}'));
  }

  #add(symbol: number, level: Level): void {
    this.#levels[symbol] = level;
    this.#options.onLevel(symbol, level);
  }

  #ask(symbol: number): Level {
    const {exports, buffer, levelOf} = this.#options;
    const entry = Buffer.from(buffer, asAddress(exports.symbolEntry(symbol)), ENTRY_BYTES);
    const key = LEVEL_KEYS[entry[ENTRY_BYTES - 1]!]!;
    return levelOf(`{"${key}":${entry.toString('utf8', 0, entry.indexOf(0))}}`);
  }
}

/** These follow `assembly/symbols.ts` and, by number, `assembly/record.ts`. */
const MAX_SYMBOLS = 200;
const ENTRY_BYTES = 32;
const LEVEL_KEYS = ['', 'level', 'severity', 'lvl', 'loglevel'];
