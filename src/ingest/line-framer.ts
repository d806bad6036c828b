import type {Discarded} from '../model/task.ts';
import type {Batch} from './batch.ts';
import {countNewlines} from './newline-count.ts';

const NEWLINE = 10;
/** A stream's byte order mark (3) and a `\r` (1) do not count as content: one byte more, and a line is too long for sure. */
const OVERSIZE_SLACK = 5;

export type FramerOptions = {
  readonly maxLineBytes: number;
  /** A batch is cut when it holds so many bytes. Raised where a line would not fit. */
  readonly batchBytes: number;
  /** … or about so many lines: what short lines cost goes by their number. Default: any. */
  readonly batchLines?: number;
  /** Memory for batches; `size` bytes at least. */
  readonly allocate: (size: number) => Uint8Array;
  /** Takes back what no batch has taken with it. */
  readonly release?: (bytes: Uint8Array) => void;
  /** Copies bytes to `at` in a batch's memory. */
  readonly copy?: (bytes: Uint8Array, into: Uint8Array, at: number) => void;
  /** Newlines of `bytes` in [start, end). */
  readonly countNewlines?: (bytes: Uint8Array, start: number, end: number) => number;
};

/** A batch that somebody else fills. */
export type LentBatch = Pick<Batch, 'firstLine' | 'firstOffset' | 'arrivedAtMs'> & {
  readonly room: Uint8Array;
  /** So much of the room is taken already: perhaps lines, perhaps the beginning of one. */
  readonly usedBytes: number;
};

/** Bytes that a batch may hold; its buffer has one more. */
export const batchCapacity = ({batchBytes, maxLineBytes}: Pick<FramerOptions, 'batchBytes' | 'maxLineBytes'>): number =>
  Math.max(batchBytes, maxLineBytes + OVERSIZE_SLACK + 1);

/**
 * Cuts a byte stream into whole-line batches.
 *
 * Holds one batch's bytes at the most, whatever arrives: of a line that does
 * not end within `maxLineBytes` only the beginning is kept, and how much was
 * not is noted in {@link Batch.discarded}. Never splits a line, so neither a
 * UTF-8 sequence; never throws.
 */
export class LineFramer {
  readonly #options: FramerOptions;
  readonly #capacity: number;
  #buffer: Uint8Array | null = null;
  #used = 0;
  /** Index behind the last newline in the buffer. */
  #wholeEnd = 0;
  #openLines = 0;
  #firstLine = 1;
  #firstOffset = 0;
  #discarded: Discarded[] = [];
  /** Bytes of the running line that were not kept; 0 unless it is over-long. */
  #skipped = 0;
  #nowMs = 0;
  #wallMs = 0;
  #arrivedAtMs = 0;
  #sinceMs = 0;
  #bytesIn = 0;
  #linesIn = 0;
  #isLent = false;

  constructor(options: FramerOptions) {
    this.#options = options;
    this.#capacity = batchCapacity(options);
  }

  /** Bytes read so far. */
  get bytesIn(): number {
    return this.#bytesIn;
  }

  /** Lines read so far: newlines, plus one for an unterminated end once {@link end} was called. */
  get linesIn(): number {
    return this.#linesIn;
  }

  /** Whole lines not yet cut into a batch. */
  get openLines(): number {
    return this.#openLines;
  }

  /** Monotonic ms of the arrival of the oldest whole line not yet cut. */
  get openSinceMs(): number {
    return this.#sinceMs;
  }

  /** Bytes kept here, whole lines and tail. */
  get heldBytes(): number {
    return this.#used;
  }

  /** Bytes behind the last newline, kept or not. */
  get tailBytes(): number {
    return this.#used - this.#wholeEnd + this.#skipped;
  }

  /**
   * Takes bytes as read.
   *
   * @param chunk May end inside a line or inside a UTF-8 sequence. Copied, not kept.
   * @returns The batches that became full, oldest first; usually none.
   */
  push(chunk: Uint8Array, nowMs: number, wallMs: number): Batch[] {
    const full: Batch[] = [];
    this.#bytesIn += chunk.length;
    [this.#nowMs, this.#wallMs] = [nowMs, wallMs];
    let at = this.#skipped > 0 ? this.#skipLine(chunk, 0) : 0;
    while (at < chunk.length) {
      if (this.#isFull()) full.push(this.#cut());
      const take = Math.min(chunk.length - at, this.#capacity - this.#used);
      this.#append(at === 0 && take === chunk.length ? chunk : chunk.subarray(at, at + take));
      at += take;
      if (this.#used - this.#wholeEnd > this.#options.maxLineBytes + OVERSIZE_SLACK) {
        this.#startSkipping();
        at = this.#skipLine(chunk, at);
      }
    }
    if (this.#isFull()) full.push(this.#cut());
    return full;
  }

  /** Cuts what is there in whole lines; null when there is none, or the batch is lent. */
  flush(): Batch | null {
    return this.#openLines > 0 && !this.#isLent ? this.#cut() : null;
  }

  /** Of all lines that are here everything was kept. */
  get isWhole(): boolean {
    return this.#skipped === 0 && this.#discarded.length === 0;
  }

  /** The batch is lent: nothing may be pushed. */
  get isLent(): boolean {
    return this.#isLent;
  }

  /**
   * Lends the running batch to somebody who reads on in our place, until {@link takeBack}.
   *
   * @returns Null where it has not so much room left, or holds a line of which not all was kept.
   */
  lend(minRoom: number, nowMs: number, wallMs: number): LentBatch | null {
    if (this.#isLent || !this.isWhole || this.#capacity - this.#used < minRoom) return null;
    [this.#nowMs, this.#wallMs] = [nowMs, wallMs];
    if (this.#openLines === 0) [this.#sinceMs, this.#arrivedAtMs] = [nowMs, wallMs];
    this.#buffer ??= this.#options.allocate(this.#capacity + 1);
    this.#isLent = true;
    return {
      room: this.#buffer.subarray(0, this.#capacity),
      usedBytes: this.#used,
      firstLine: this.#firstLine,
      firstOffset: this.#firstOffset,
      arrivedAtMs: this.#arrivedAtMs,
    };
  }

  /**
   * Takes back what was lent.
   *
   * @param usedBytes So many bytes it holds now.
   * @param judged All whole lines in it, counted and judged; null: they were not looked at, and stay where they are.
   * @returns The batch of those lines.
   */
  takeBack(usedBytes: number, judged: {readonly lines: number; readonly bytes: number} | null): Batch | null {
    const from = this.#used;
    this.#isLent = false;
    this.#bytesIn += usedBytes - from;
    this.#used = usedBytes;
    if (judged === null) this.#countFrom(from, this.#buffer!.subarray(from, usedBytes).lastIndexOf(NEWLINE));
    else {
      this.#count(judged.lines - this.#openLines);
      this.#wholeEnd = judged.bytes;
    }
    if (this.#used - this.#wholeEnd > this.#options.maxLineBytes + OVERSIZE_SLACK) this.#startSkipping();
    return judged === null ? null : this.#cut();
  }

  /** The stream has ended: an unterminated last line gets its newline and counts. Then as {@link flush}. */
  end(nowMs: number, wallMs: number): Batch | null {
    [this.#nowMs, this.#wallMs] = [nowMs, wallMs];
    if (this.tailBytes > 0) this.#closeLine();
    const last = this.flush();
    if (this.#buffer !== null) this.#options.release?.(this.#buffer);
    this.#buffer = null;
    return last;
  }

  #isFull(): boolean {
    return this.#used >= this.#capacity || this.#openLines >= (this.#options.batchLines ?? Infinity);
  }

  #append(piece: Uint8Array): void {
    this.#buffer ??= this.#options.allocate(this.#capacity + 1);
    const {copy} = this.#options;
    if (copy === undefined) this.#buffer.set(piece, this.#used);
    else copy(piece, this.#buffer, this.#used);
    this.#countFrom(this.#used, piece.lastIndexOf(NEWLINE));
    this.#used += piece.length;
  }

  /** Counts the lines that end in what has come. @param lastNewline Where the last of them does, counted from `from`; -1: none. */
  #countFrom(from: number, lastNewline: number): void {
    if (lastNewline === -1) return;
    const {countNewlines: count = countNewlines} = this.#options;
    this.#wholeEnd = from + lastNewline + 1;
    this.#count(count(this.#buffer!, from, this.#wholeEnd));
  }

  #count(lines: number): void {
    if (this.#openLines === 0) [this.#sinceMs, this.#arrivedAtMs] = [this.#nowMs, this.#wallMs];
    this.#openLines += lines;
    this.#linesIn += lines;
  }

  #startSkipping(): void {
    const keptEnd = this.#wholeEnd + this.#options.maxLineBytes + OVERSIZE_SLACK;
    this.#skipped = this.#used - keptEnd;
    this.#used = keptEnd;
  }

  /** Passes over the rest of an over-long line. Returns where in the chunk it goes on. */
  #skipLine(chunk: Uint8Array, start: number): number {
    const newline = chunk.indexOf(NEWLINE, start);
    if (newline === -1) {
      this.#skipped += chunk.length - start;
      return chunk.length;
    }
    this.#skipped += newline - start;
    this.#closeLine();
    return newline + 1;
  }

  /** Ends the running line with a newline of ours; the buffer has room for one beyond its capacity. */
  #closeLine(): void {
    if (this.#skipped > 0) this.#discarded.push({at: this.#wholeEnd, discarded: this.#skipped});
    this.#skipped = 0;
    this.#buffer![this.#used++] = NEWLINE;
    this.#wholeEnd = this.#used;
    this.#count(1);
  }

  #cut(): Batch {
    const buffer = this.#buffer!;
    const end = this.#wholeEnd;
    const tail = buffer.subarray(end, this.#used);
    // A small batch is copied out and the buffer stays; a large one takes the buffer with it.
    const copied = end < this.#capacity / 2;
    const bytes = copied ? this.#copyOut(buffer, end) : buffer.subarray(0, end);
    const batch: Batch = {
      bytes,
      lines: this.#openLines,
      firstLine: this.#firstLine,
      firstOffset: this.#firstOffset,
      discarded: this.#discarded,
      arrivedAtMs: this.#arrivedAtMs,
      sinceMs: this.#sinceMs,
    };
    this.#firstLine += batch.lines;
    this.#firstOffset += end + batch.discarded.reduce((sum, {discarded}) => sum + discarded, 0);
    if (copied) buffer.copyWithin(0, end, this.#used);
    else this.#buffer = tail.length > 0 ? this.#moved(tail) : null;
    this.#used = tail.length;
    this.#wholeEnd = 0;
    this.#openLines = 0;
    this.#discarded = [];
    return batch;
  }

  #copyOut(buffer: Uint8Array, end: number): Uint8Array {
    const bytes = this.#options.allocate(end).subarray(0, end);
    bytes.set(buffer.subarray(0, end));
    return bytes;
  }

  #moved(tail: Uint8Array): Uint8Array {
    const buffer = this.#options.allocate(this.#capacity + 1);
    buffer.set(tail);
    return buffer;
  }
}
