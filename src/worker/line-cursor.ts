import {isAscii, isUtf8} from 'node:buffer';
import type {BatchBytes} from '../model/task.ts';

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const BOM = [0xef, 0xbb, 0xbf];
/** Bytes of a UTF-8 sequence behind its first. */
const MAX_CONTINUATIONS = 3;
/** The least byte that begins a sequence of several. */
const FIRST_LEAD = 0xc0;

/**
 * Walks over the lines of a batch without making an object for each.
 *
 * After `next()` has returned true, the fields tell of the line it moved to.
 */
export class LineCursor {
  /** 0-based place in the batch. */
  index = -1;
  /** Content in the batch: without `\n`, without one `\r` before it, without a byte order mark at a stream's start. */
  start = 0;
  end = 0;
  /** Index behind the line's newline. */
  next = 0;
  /** True length of the content, with what was never kept. */
  contentBytes = 0;
  /** True length of the line without its newline alone: the same however the stream was cut. */
  lineBytes = 0;
  /** Byte offset in the stream of the line's first byte. */
  offset = 0;

  readonly bytes: Buffer;
  readonly #batch: BatchBytes;
  /** Of the whole batch; null: nobody has asked yet. Where only counts are wanted, nobody does. */
  #ascii: boolean | null = null;
  #utf8: boolean | null = null;
  #discardedIndex = 0;
  #discardedBytes = 0;

  constructor(batch: BatchBytes) {
    this.#batch = batch;
    this.bytes = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.byteLength);
  }

  /** 1-based number in stream and generation. */
  get number(): number {
    return this.#batch.firstLine + this.index;
  }

  get #isAscii(): boolean {
    return (this.#ascii ??= isAscii(this.bytes));
  }

  get #isUtf8(): boolean {
    return (this.#utf8 ??= this.#isAscii || isUtf8(this.bytes));
  }

  /**
   * Moves to the line with this 0-based index, of a batch whose lines are all whole (`discarded` is empty).
   *
   * @param start Index of the line's first byte.
   */
  moveTo(index: number, start: number): void {
    this.stopBefore(index, start);
    this.advance();
  }

  /** As {@link moveTo}, but the line is where the next {@link advance} goes. */
  stopBefore(index: number, start: number): void {
    this.index = index - 1;
    this.next = start;
  }

  /** Moves on. False when no whole line is left. */
  advance(): boolean {
    const lineStart = this.next;
    const newline = this.bytes.indexOf(NEWLINE, lineStart);
    if (newline === -1) return false;
    this.index++;
    this.offset = this.#batch.firstOffset + lineStart + this.#discardedBytes;
    const missing = this.#missingFrom(lineStart);
    this.start = lineStart + (this.offset === 0 && this.#startsWithBom(lineStart) ? BOM.length : 0);
    this.end = newline > this.start && this.bytes[newline - 1] === CARRIAGE_RETURN ? newline - 1 : newline;
    this.lineBytes = newline - lineStart + missing;
    // Behind an over-long line's kept part nobody knows whether a \r stood: it is as long as what was read.
    this.contentBytes = missing > 0 ? newline - this.start + missing : this.end - this.start;
    this.next = newline + 1;
    return true;
  }

  /** The content as text; of `maxBytes` bytes at the most, no character torn. Bytes that are no UTF-8 become U+FFFD. */
  text(maxBytes = Infinity): string {
    return this.bytes.toString(this.#isAscii ? 'latin1' : 'utf8', this.start, this.#endWithin(maxBytes));
  }

  /** Whether the stream begins here, with a byte order mark. */
  get hasBom(): boolean {
    return this.#batch.firstOffset === 0 && this.#startsWithBom(0);
  }

  /** Whether the content is UTF-8 throughout, as far as {@link text} would show it. */
  isValidUtf8(maxBytes = Infinity): boolean {
    return this.#isUtf8 || isUtf8(this.bytes.subarray(this.start, this.#endWithin(maxBytes)));
  }

  /** Where the first `maxBytes` of the content end; before a sequence that goes on beyond them. */
  #endWithin(maxBytes: number): number {
    const limit = this.start + maxBytes;
    if (limit >= this.end) return this.end;
    let end = limit;
    while (end > this.start && limit - end < MAX_CONTINUATIONS && isContinuation(this.bytes[end])) end--;
    // Stray continuation bytes belong to no character: nothing is torn there.
    return end === limit || (this.bytes[end] ?? 0) >= FIRST_LEAD ? end : limit;
  }

  #missingFrom(lineStart: number): number {
    const entry = this.#batch.discarded[this.#discardedIndex];
    if (entry === undefined || entry.at !== lineStart) return 0;
    this.#discardedIndex++;
    this.#discardedBytes += entry.discarded;
    return entry.discarded;
  }

  #startsWithBom(at: number): boolean {
    return BOM.every((byte, index) => this.bytes[at + index] === byte);
  }
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
