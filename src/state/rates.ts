import {SPARK_SECONDS} from '../model/snapshot.ts';
import type {Rates} from '../model/snapshot.ts';
import {SampleRing} from './sample-ring.ts';
import type {Counters} from './sample-ring.ts';
import {SecondBuckets} from './second-buckets.ts';

/**
 * Rates of one process from samples of its totals. Memory is fixed. Between two samples the totals are taken
 * to have grown evenly, so a late tick or a suspended machine makes no peak.
 */
export class RateMeter {
  readonly #samples = new SampleRing();
  readonly #spark = new SecondBuckets(SPARK_SECONDS);
  #startedAtMs: number | null = null;
  #peak = 0;

  /**
   * Takes the totals of now, about ten times a second.
   *
   * @param nowMs Monotonic ms; an earlier time than the last one counts as that one.
   * @param totals Counts since the start; what is there at the first sample counts as come that moment.
   */
  sample(nowMs: number, totals: Counters): void {
    const previous = this.#samples.last();
    const atMs = Math.max(nowMs, previous?.atMs ?? nowMs);
    this.#startedAtMs ??= atMs;
    this.#spark.add(previous?.atMs ?? atMs, atMs, totals.lines - (previous?.totals.lines ?? 0));
    this.#samples.push(atMs, totals);
    this.#peak = Math.max(this.#peak, this.#perSec('lines', 1, atMs));
  }

  /** Rates at `nowMs`; windows that reach back before the start are shortened to it, to one second at least. */
  rates(nowMs: number): Rates {
    return {
      linesPerSec1: this.#perSec('lines', 1, nowMs),
      linesPerSec10: this.#perSec('lines', 10, nowMs),
      linesPerSec60: this.#perSec('lines', 60, nowMs),
      bytesPerSec1: this.#perSec('bytes', 1, nowMs),
      bytesPerSec10: this.#perSec('bytes', 10, nowMs),
      failuresPerSec10: this.#perSec('failures', 10, nowMs),
      peakLinesPerSec: this.#peak,
    };
  }

  /** Lines of each second since the start, oldest first, at most `SPARK_SECONDS`; the running second is last. */
  spark(nowMs: number): readonly number[] {
    return this.#startedAtMs === null ? [] : this.#spark.list(this.#startedAtMs, nowMs);
  }

  #perSec(what: keyof Counters, windowSec: number, nowMs: number): number {
    if (this.#startedAtMs === null) return 0;
    const elapsedSec = (nowMs - this.#startedAtMs) / 1000;
    const grown = this.#samples.at(nowMs, what) - this.#samples.at(nowMs - windowSec * 1000, what);
    return grown / Math.min(windowSec, Math.max(1, elapsedSec));
  }
}
