import {InternalError} from '../model/errors.ts';
import type {FailureKind, RecordValue, Verdict} from '../model/verdict.ts';

const BEGUN = 0;
const DONE = 1;
const USED = 2;
/** In place of the lines begun: no other line may be begun. */
const SEALED = -1;
const NEWLINE = 10;
const HEADER_BYTES = 16;
const FIRST_BYTES = 16 * 1024;
const MAX_BYTES = 8 * 1024 * 1024;
/** No verdict is longer: `recordJson` bounds records at 1 MiB of text, and UTF-8 takes up to three bytes a unit. */
const MAX_ENTRY_BYTES = 3 * 1024 * 1024 + 1024;

/**
 * What custom parsers have answered for a batch, in memory that outlives the
 * worker: when a line hangs or kills its worker, all answers before it are
 * still here and nothing is parsed twice.
 *
 * Layout: three 32-bit cells — lines begun, lines done, bytes used — then one
 * line of text a verdict: `r` and the record as JSON, or `f` and
 * `[failure, message]`. Only lines that reach the parser are counted.
 */
export class Journal {
  readonly #shared: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(shared: SharedArrayBuffer) {
    this.#shared = shared;
    this.#cells = new Int32Array(shared, 0, 3);
  }

  /** Memory for a new, empty journal. */
  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(FIRST_BYTES, {maxByteLength: MAX_BYTES});
  }

  /**
   * A copy for the next worker, to which one that is not quite dead yet can no longer write.
   *
   * That one may be in the middle of a verdict: what it finishes from now on does not count, and
   * it can begin no other line. So each line is asked for once, and answered for once.
   */
  static copy(shared: SharedArrayBuffer): SharedArrayBuffer {
    const cells = new Int32Array(shared, 0, 3);
    const begun = Atomics.exchange(cells, BEGUN, SEALED);
    const used = Atomics.load(cells, USED);
    const copy = new SharedArrayBuffer(Math.max(FIRST_BYTES, HEADER_BYTES + used), {maxByteLength: MAX_BYTES});
    const verdicts = new Uint8Array(copy, HEADER_BYTES, used);
    verdicts.set(new Uint8Array(shared, HEADER_BYTES, used));
    // DONE may lag behind what was written: the verdicts themselves are counted.
    new Int32Array(copy, 0, 3).set([begun, countLines(verdicts), used]);
    return copy;
  }

  /** Lines given to the parser so far. */
  get begun(): number {
    return Atomics.load(this.#cells, BEGUN);
  }

  /** Lines that it has answered for. */
  get done(): number {
    return Atomics.load(this.#cells, DONE);
  }

  /** Whether another verdict of any size fits. */
  get hasRoom(): boolean {
    return HEADER_BYTES + Atomics.load(this.#cells, USED) + MAX_ENTRY_BYTES <= MAX_BYTES;
  }

  /** Notes that the parser is at work on the next line. Throws once a {@link copy} has gone to another worker. */
  begin(): void {
    const {begun, done} = this;
    if (begun === SEALED || Atomics.compareExchange(this.#cells, BEGUN, begun, done + 1) !== begun) {
      throw new InternalError('another worker has taken over this batch');
    }
  }

  /** Notes what it answered. `json` is the record's text, from `recordJson`. */
  finish(verdict: Verdict, json: string): void {
    const text = verdict.kind === 'record' ? `r${json}\n` : `f${JSON.stringify([verdict.failure, verdict.message])}\n`;
    const used = Atomics.load(this.#cells, USED);
    const bytes = Buffer.byteLength(text);
    const needed = HEADER_BYTES + used + bytes;
    if (needed > this.#shared.byteLength) this.#shared.grow(Math.min(MAX_BYTES, needed * 2));
    Buffer.from(this.#shared, HEADER_BYTES + used, bytes).write(text);
    Atomics.store(this.#cells, USED, used + bytes);
    // Last, so that a worker which dies before it leaves no half verdict behind.
    Atomics.store(this.#cells, DONE, Atomics.load(this.#cells, DONE) + 1);
  }

  /** The verdicts so far as bytes of their own, for {@link replay}. */
  verdicts(): Uint8Array {
    return new Uint8Array(this.#shared, HEADER_BYTES, Atomics.load(this.#cells, USED)).slice();
  }
}

/** Reads verdicts back, in order. */
export function* replay(verdicts: Uint8Array): Generator<Verdict, undefined> {
  const bytes = Buffer.from(verdicts.buffer, verdicts.byteOffset, verdicts.byteLength);
  let at = 0;
  let end = bytes.indexOf(NEWLINE, at);
  while (end !== -1) {
    yield verdictOf(bytes.toString('utf8', at, end));
    at = end + 1;
    end = bytes.indexOf(NEWLINE, at);
  }
}

const countLines = (bytes: Uint8Array): number => {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
};

const verdictOf = (text: string): Verdict => {
  if (text.startsWith('r')) return {kind: 'record', value: JSON.parse(text.slice(1)) as RecordValue};
  const [failure, message] = JSON.parse(text.slice(1)) as [FailureKind, string];
  return {kind: 'failure', failure, message};
};
