import type {Level} from '../model/verdict.ts';
import {loadWasm, type ScannerExports} from './load-wasm.ts';
import {SymbolLevels} from './symbol-levels.ts';

/** What a line's code says of it: all above {@link RECORD} are records whose level is symbol `code - RECORD`. */
export const BLANK = 0;
/** Not surely a record: the JSON parser judges it. */
export const ASK = 1;
/** Surely a record, but its level must be asked of the record itself. */
export const RECORD_ASK_LEVEL = 2;
export const RECORD = 3;

/** A batch's lines, in views that the next scan overwrites. */
export type Scanned = {
  /** Lines that end with a newline. */
  readonly count: number;
  /** By line: index in the batch behind its newline. May be longer than `count`. */
  readonly ends: Uint32Array;
  /** By line: {@link BLANK}, {@link ASK}, {@link RECORD_ASK_LEVEL} or {@link RECORD} + symbol. */
  readonly codes: Uint8Array;
  /** By symbol. */
  readonly levels: readonly Level[];
};

/**
 * Tells records from the rest of a batch of JSON lines without making objects, in WebAssembly (`assembly/`).
 *
 * It never takes a line for a record that `JSON.parse` would refuse, and is sure of nearly all that it accepts.
 */
export class JsonScanner {
  readonly #exports: ScannerExports;
  readonly #levels: SymbolLevels;

  constructor(exports: ScannerExports, levelOf: (recordJson: string) => Level) {
    this.#exports = exports;
    this.#levels = new SymbolLevels(exports, levelOf);
  }

  /**
   * @param levelOf Level of a record given as JSON text; asked once for each way a level is written.
   * @param file Where the scanner's WebAssembly is.
   * @returns Null where that file is missing or this runtime can't run it.
   */
  static load(levelOf: (recordJson: string) => Level, file: URL = scannerFile()): JsonScanner | null {
    const exports = loadWasm(file);
    return exports === null ? null : new JsonScanner(exports, levelOf);
  }

  /**
   * Judges a batch's lines.
   *
   * @param bytes Valid UTF-8; what stands behind its last newline is no line.
   * @param maxLineBytes Longer lines, the end of line not counted, are {@link ASK}.
   * @returns Null where there is no memory for the batch.
   */
  scan(bytes: Uint8Array, maxLineBytes: number): Scanned | null {
    const {length} = bytes;
    const input = this.#exports.base();
    const codesAt = input + length + SLACK_BYTES;
    const endsAt = Math.ceil((codesAt + length) / Uint32Array.BYTES_PER_ELEMENT) * Uint32Array.BYTES_PER_ELEMENT;
    if (!this.#reserve(endsAt + length * Uint32Array.BYTES_PER_ELEMENT)) return null;
    const {buffer} = this.#exports.memory;
    new Uint8Array(buffer, input, length).set(bytes);
    this.#levels.makeRoom();
    const count = this.#exports.scan(input, length, Math.min(maxLineBytes, MAX_U32), codesAt, endsAt);
    return {
      count,
      ends: new Uint32Array(buffer, endsAt, count),
      codes: new Uint8Array(buffer, codesAt, count),
      levels: this.#levels.all(),
    };
  }

  /** Nearly all of what the answers might need is never touched, and so costs nothing. */
  #reserve(bytes: number): boolean {
    const {memory} = this.#exports;
    const missing = bytes - memory.buffer.byteLength;
    if (missing <= 0) return true;
    try {
      memory.grow(Math.ceil(missing / PAGE_BYTES));
      return true;
    } catch {
      return false;
    }
  }
}

/** The build puts it into `dist/`; sources run from there, too. */
const scannerFile = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/scan/scanner.wasm' : './scanner.wasm', import.meta.url);

/** The scanner reads up to 63 bytes behind the batch, and writes one. */
const SLACK_BYTES = 64;
const PAGE_BYTES = 65_536;
const MAX_U32 = 0xffff_ffff;
