import {isAscii, isUtf8} from 'node:buffer';
import type {BatchBytes} from '../model/task.ts';

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const BOM = [0xef, 0xbb, 0xbf];

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
  /** Byte offset in the stream of the line's first byte. */
  offset = 0;

  readonly bytes: Buffer;
  readonly #batch: BatchBytes;
  readonly #ascii: boolean;
  readonly #utf8: boolean;
  #discardedIndex = 0;
  #discardedBytes = 0;

  constructor(batch: BatchBytes) {
    this.#batch = batch;
    this.bytes = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.byteLength);
    this.#ascii = isAscii(this.bytes);
    this.#utf8 = this.#ascii || isUtf8(this.bytes);
  }

  /** 1-based number in stream and generation. */
  get number(): number {
    return this.#batch.firstLine + this.index;
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
    // Behind an over-long line's kept part nobody knows whether a \r stood: it is as long as what was read.
    this.contentBytes = missing > 0 ? newline - this.start + missing : this.end - this.start;
    this.next = newline + 1;
    return true;
  }

  /** The content as text; of `maxBytes` bytes at the most. Bytes that are no UTF-8 become U+FFFD. */
  text(maxBytes = Infinity): string {
    const end = Math.min(this.end, this.start + maxBytes);
    return this.bytes.toString(this.#ascii ? 'latin1' : 'utf8', this.start, end);
  }

  /** Whether the content is UTF-8 throughout. */
  isValidUtf8(): boolean {
    return this.#utf8 || isUtf8(this.bytes.subarray(this.start, this.end));
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
