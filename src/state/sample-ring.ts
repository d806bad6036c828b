/** Totals since the start. */
export type Counters = {readonly lines: number; readonly bytes: number; readonly failures: number};

/** The last minute of a process's totals, in fixed memory; totals between two samples are interpolated. */
export class SampleRing {
  readonly #atMs = new Float64Array(CAPACITY);
  readonly #totals = {
    lines: new Float64Array(CAPACITY),
    bytes: new Float64Array(CAPACITY),
    failures: new Float64Array(CAPACITY),
  };
  /** Samples ever appended; sample n lives at n modulo the capacity. */
  #count = 0;

  /** Adds a sample that is not older than the last one; of samples that come too fast, the newest replaces the last. */
  push(atMs: number, totals: Counters): void {
    const isTooFast = this.#count >= 2 && atMs - this.#timeOf(this.#count - 2) < MIN_SPACING_MS;
    if (!isTooFast) this.#count++;
    const slot = (this.#count - 1) % CAPACITY;
    this.#atMs[slot] = atMs;
    this.#totals.lines[slot] = totals.lines;
    this.#totals.bytes[slot] = totals.bytes;
    this.#totals.failures[slot] = totals.failures;
  }

  /** The newest sample; undefined before the first. */
  last(): {readonly atMs: number; readonly totals: Counters} | undefined {
    if (this.#count === 0) return undefined;
    const n = this.#count - 1;
    return {
      atMs: this.#timeOf(n),
      totals: {
        lines: this.#valueOf('lines', n),
        bytes: this.#valueOf('bytes', n),
        failures: this.#valueOf('failures', n),
      },
    };
  }

  /** A total at a moment: 0 before the first sample, the newest after the last. */
  at(atMs: number, what: keyof Counters): number {
    const after = this.#firstAfter(atMs);
    if (after === this.#count) return this.#count === 0 ? 0 : this.#valueOf(what, after - 1);
    if (after === this.#oldest()) return after === 0 ? 0 : this.#valueOf(what, after);
    const from = this.#timeOf(after - 1);
    const share = (atMs - from) / (this.#timeOf(after) - from);
    const before = this.#valueOf(what, after - 1);
    return before + share * (this.#valueOf(what, after) - before);
  }

  /** Number of the oldest sample that is later than `atMs`. */
  #firstAfter(atMs: number): number {
    let low = this.#oldest();
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#timeOf(middle) > atMs) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #oldest(): number {
    return Math.max(0, this.#count - CAPACITY);
  }

  #timeOf(n: number): number {
    return this.#atMs[n % CAPACITY]!;
  }

  #valueOf(what: keyof Counters, n: number): number {
    return this.#totals[what][n % CAPACITY]!;
  }
}

/** Every two samples span so long at least, so that the ring reaches back over 60 s at any tick rate. */
const MIN_SPACING_MS = 80;
const CAPACITY = 1536;
