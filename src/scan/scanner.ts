import {randomBytes} from 'node:crypto';
import type {Level} from '../model/verdict.ts';
import {FieldFinder, type FieldPath} from './field-finder.ts';
import {asAddress, loadWasm, type ScannerExports} from './load-wasm.ts';
import {SLACK_BYTES, takeScratch, type ScanMemory} from './scan-memory.ts';
import {
  COPY_OFFSET, COUNTS_OFFSET, GROUP_COUNTS_OFFSET, GROUP_WORDS, GROUPS_USED_OFFSET, PICK_WORDS, PICKS_OFFSET, WANTED_OFFSET,
} from './scratch-layout.ts';
import {SymbolLevels} from './symbol-levels.ts';

/** A line that was picked. The scanner uses the same object for each. */
export type PickedLine = {
  /** 0-based, from the first line scanned on. */
  index: number;
  /** Index in the batch of its first byte, and of its newline. */
  start: number;
  newline: number;
  /** `ask`: over the limit, or nested so deep that the parser must judge. `record` and both failures are certain. */
  kind: 'blank' | 'ask' | 'record' | 'invalid-json' | 'not-an-object';
  /** Of a record; null: to be asked of the record itself. */
  level: Level | null;
  /** Of what is no JSON: index in the batch of the first byte that no JSON text could go on with. */
  failedAt: number;
  /**
   * It is the first of this group, under which it is counted already: lines of one kind whose shape, see
   * `assembly/shapes.ts`, is the same. Null: it is counted nowhere.
   */
  group: number | null;
};

/** Lines of a batch that are of one group: how many, and which is the newest. The same object is used for each group. */
export type CountedLines = {readonly count: number; readonly index: number; readonly start: number};

/** What becomes of a line: it is only counted, picked, or counted under its group. */
export type LineUse = 'count' | 'pick' | 'group';

/** What lines came to that were not picked; and of all but those to be asked of the parser, how many are no UTF-8. */
export type ScanCounts = {
  /** All of them, picked or not. */
  readonly lines: number;
  readonly blank: number;
  readonly levels: ReadonlyMap<Level, number>;
  readonly failures: Readonly<Record<'invalid-json' | 'not-an-object', number>>;
  readonly invalidUtf8: number;
};

export type ScannerOptions = {
  readonly memory: ScanMemory;
  /** Level of a record given as JSON text; asked once for each way a level is written. */
  readonly levelOf: (recordJson: string) => Level;
  /** What becomes of lines of a level, of blank ones, and of what is no JSON object. */
  readonly useOf: (line: Level | 'blank' | 'failure') => LineUse;
  /** Where the scanner's WebAssembly is. */
  readonly file?: URL;
};

export type ScanRange = {
  /** The batch. */
  readonly bytes: Uint8Array;
  /** It lies in the scanner's memory; otherwise it is copied there. */
  readonly isInMemory: boolean;
  /** Whole lines: indices of the first byte and behind the last newline. */
  readonly from: number;
  readonly to: number;
  /** Longer lines, the end of line not counted, are `ask`. */
  readonly maxLineBytes: number;
};

/**
 * Judges a batch of JSON lines without making objects, in WebAssembly (`assembly/`), as `JSON.parse` would.
 *
 * What is no UTF-8 is judged as if each bad sequence were U+FFFD, as decoders have it.
 */
export class JsonScanner {
  readonly #exports: ScannerExports;
  readonly #memory: ScanMemory;
  readonly #scratch: number;
  readonly #symbols: SymbolLevels;
  readonly #counts: Uint32Array;
  readonly #groups: Uint32Array;
  /** Address of the first byte of the batch scanned last. */
  #origin = 0;
  readonly #line: PickedLine = {index: 0, start: 0, newline: 0, kind: 'ask', level: null, failedAt: 0, group: null};

  private constructor(exports: ScannerExports, scratch: number, {memory, levelOf, useOf}: ScannerOptions) {
    this.#exports = exports;
    this.#memory = memory;
    this.#scratch = scratch;
    exports.useScratch(scratch);
    const wanted = new Uint8Array(memory.memory.buffer, scratch + WANTED_OFFSET, CODES);
    wanted.fill(USES.indexOf('pick'), 0, FIRST_RECORD);
    wanted[BLANK] = USES.indexOf(useOf('blank'));
    for (const code of [INVALID_JSON, NOT_AN_OBJECT]) wanted[code] = USES.indexOf(useOf('failure'));
    const onLevel = (symbol: number, level: Level): void => {
      wanted[FIRST_RECORD + symbol] = USES.indexOf(useOf(level));
    };
    exports.seedShapes(randomBytes(8).readBigUInt64LE());
    this.#symbols = new SymbolLevels({exports, buffer: memory.memory.buffer, levelOf, onLevel});
    this.#counts = new Uint32Array(memory.memory.buffer, scratch + COUNTS_OFFSET, CODES);
    this.#groups = new Uint32Array(memory.memory.buffer, scratch + GROUP_COUNTS_OFFSET, (MAX_GROUPS + 1) * GROUP_WORDS);
  }

  /** @returns Null where the WebAssembly is missing, can't run here, or has no room for another thread. */
  static load(options: ScannerOptions): JsonScanner | null {
    const exports = loadWasm(options.memory.memory, options.file);
    const scratch = exports === null ? null : takeScratch(options.memory);
    return exports === null || scratch === null ? null : new JsonScanner(exports, scratch, options);
  }

  /** Finds the fields at these paths in picked records of the batch scanned last. */
  finder(paths: readonly FieldPath[]): FieldFinder {
    return new FieldFinder({exports: this.#exports, buffer: this.#memory.memory.buffer, scratch: this.#scratch}, paths);
  }

  /**
   * Judges lines of a batch.
   *
   * @param take Called for each picked line, in order.
   * @returns Null where the batch does not fit into the memory; then nothing was taken.
   */
  scan(range: ScanRange, take: (line: PickedLine, address: number) => void): ScanCounts | null {
    const origin = this.#originOf(range);
    if (origin === null) return null;
    this.#origin = origin;
    const {stoppedAt, lineCount, invalidCount} = this.#exports;
    const end = origin + range.to;
    const maxLineBytes = Math.min(range.maxLineBytes, MAX_U32);
    this.#counts.fill(0);
    this.#exports.startGroups();
    this.#symbols.makeRoom();
    let at = origin + range.from;
    let lines = 0;
    let invalidUtf8 = 0;
    while (at < end) {
      const count = this.#exports.scan(at, end, maxLineBytes, lines);
      this.#symbols.learn();
      this.#takePicks(count, origin, take);
      lines += lineCount.value;
      invalidUtf8 += invalidCount.value;
      at = asAddress(stoppedAt.value);
    }
    return {...this.#counted(), lines, invalidUtf8};
  }

  /** Newlines between two addresses of the memory. */
  countNewlines(at: number, end: number): number {
    return this.#exports.countNewlines(at, end);
  }

  /** Between batches: the first line of each group is picked anew. */
  forgetGroups(): void {
    this.#exports.startGroups();
    this.#exports.clearGroups();
  }

  /** Tells the groups of the batch scanned last, in the order of their first lines. */
  eachGroup(take: (group: number, lines: CountedLines) => void): void {
    const touched = this.#exports.touchedGroups.value;
    const numbers = new Uint32Array(this.#memory.memory.buffer, this.#scratch + GROUPS_USED_OFFSET, touched);
    const groups = this.#groups;
    const lines = {count: 0, index: 0, start: 0};
    for (let touchedAt = 0; touchedAt < touched; touchedAt++) {
      const group = numbers[touchedAt]!;
      const at = group * GROUP_WORDS;
      lines.count = groups[at]!;
      lines.start = groups[at + 1]! - this.#origin;
      lines.index = groups[at + 2]!;
      take(group, lines);
    }
  }

  #takePicks(count: number, origin: number, take: (line: PickedLine, address: number) => void): void {
    const picks = new Uint32Array(this.#memory.memory.buffer, this.#scratch + PICKS_OFFSET, count * PICK_WORDS);
    const line = this.#line;
    for (let at = 0; at < picks.length; at += PICK_WORDS) {
      const start = picks[at]!;
      const code = picks[at + 3]!;
      line.start = start - origin;
      line.newline = picks[at + 1]! - origin;
      line.index = picks[at + 2]!;
      line.kind = code < FIRST_RECORD ? KINDS[code]! : 'record';
      line.level = code < FIRST_RECORD ? null : this.#symbols.levelAt(code - FIRST_RECORD);
      line.failedAt = picks[at + 4]! - origin;
      line.group = picks[at + 5]! || null;
      take(line, start);
    }
  }

  /** Address of the batch's first byte. */
  #originOf({bytes, isInMemory}: ScanRange): number | null {
    if (isInMemory) return bytes.byteOffset;
    if (bytes.length + SLACK_BYTES > this.#memory.scratchBytes - COPY_OFFSET) return null;
    const origin = this.#scratch + COPY_OFFSET;
    new Uint8Array(this.#memory.memory.buffer, origin, bytes.length).set(bytes);
    return origin;
  }

  #counted(): Pick<ScanCounts, 'blank' | 'levels' | 'failures'> {
    const levels = new Map<Level, number>();
    for (let code = FIRST_RECORD; code < CODES; code++) {
      const count = this.#counts[code]!;
      if (count === 0) continue;
      const level = this.#symbols.levelAt(code - FIRST_RECORD);
      levels.set(level, (levels.get(level) ?? 0) + count);
    }
    const failures = {'invalid-json': this.#counts[INVALID_JSON]!, 'not-an-object': this.#counts[NOT_AN_OBJECT]!};
    return {blank: this.#counts[BLANK]!, levels, failures};
  }
}

/** These follow `assembly/index.ts`, `symbols.ts` and `groups.ts`. */
const BLANK = 0;
const INVALID_JSON = 3;
const NOT_AN_OBJECT = 4;
const USES: readonly LineUse[] = ['count', 'pick', 'group'];
const KINDS = ['blank', 'ask', 'record', 'invalid-json', 'not-an-object'] as const;
const FIRST_RECORD = 5;
const CODES = 256;
const MAX_GROUPS = 65_536;
const MAX_U32 = 0xffff_ffff;
