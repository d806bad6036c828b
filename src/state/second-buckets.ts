/** Counts of the last `size` seconds of the clock, one bucket a second, in fixed memory. */
export class SecondBuckets {
  readonly #counts: Float64Array;
  /** The latest second that a bucket stands for. */
  #newest = -Infinity;

  constructor(size: number) {
    this.#counts = new Float64Array(size);
  }

  /** Spreads `count` evenly over the time between two moments, monotonic ms. */
  add(fromMs: number, toMs: number, count: number): void {
    this.#advance(secondOf(toMs));
    const spanMs = toMs - fromMs;
    const oldest = Math.max(secondOf(fromMs), secondOf(toMs) - this.#counts.length + 1);
    for (let second = oldest; second <= secondOf(toMs); second++) {
      const inSecondMs = Math.min(toMs, (second + 1) * 1000) - Math.max(fromMs, second * 1000);
      this.#counts[this.#slotOf(second)]! += spanMs === 0 ? count : (count * inSecondMs) / spanMs;
    }
  }

  /** Whole counts of the seconds from `sinceMs` to `nowMs`, oldest first; the running second is last. */
  list(sinceMs: number, nowMs: number): number[] {
    const last = secondOf(nowMs);
    const first = Math.max(secondOf(sinceMs), last - this.#counts.length + 1);
    return Array.from({length: Math.max(0, last - first + 1)}, (_, index) => this.#countOf(first + index));
  }

  #countOf(second: number): number {
    const isKept = second <= this.#newest && second > this.#newest - this.#counts.length;
    return isKept ? Math.round(this.#counts[this.#slotOf(second)]!) : 0;
  }

  /** Empties the buckets between the newest second and `second`, which then is the newest. */
  #advance(second: number): void {
    if (second <= this.#newest) return;
    const from = Math.max(this.#newest + 1, second - this.#counts.length + 1);
    for (let empty = from; empty <= second; empty++) this.#counts[this.#slotOf(empty)] = 0;
    this.#newest = second;
  }

  #slotOf(second: number): number {
    const {length} = this.#counts;
    return ((second % length) + length) % length;
  }
}

const secondOf = (ms: number): number => Math.floor(ms / 1000);
