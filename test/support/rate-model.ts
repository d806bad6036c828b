import {SPARK_SECONDS} from '../../src/model/snapshot.ts';

/** Lines since the start at a moment of the monotonic clock. */
export type Sample = {readonly atMs: number; readonly lines: number};

/** Lines a second over a window, from all samples there ever were. */
export const modelPerSec = (samples: readonly Sample[], windowSec: number, nowMs: number): number => {
  const elapsedSec = (nowMs - (samples[0]?.atMs ?? nowMs)) / 1000;
  const grown = linesAt(samples, nowMs) - linesAt(samples, nowMs - windowSec * 1000);
  return grown / Math.min(windowSec, Math.max(1, elapsedSec));
};

/** Lines of each second of the clock that is not before the start, at most `SPARK_SECONDS`. */
export const modelSpark = (samples: readonly Sample[], nowMs: number): number[] => {
  const last = Math.floor(nowMs / 1000);
  const first = Math.max(Math.floor((samples[0]?.atMs ?? nowMs) / 1000), last - SPARK_SECONDS + 1);
  const spark: number[] = [];
  for (let second = first; second <= last; second++) {
    // What was there at the very start of a second belongs to it: the first sample may be.
    const before = linesAt(samples, second * 1000 - 1e-9);
    spark.push(linesAt(samples, (second + 1) * 1000 - 1e-9) - before);
  }
  return spark;
};

/** Straight lines between samples, nothing before the first. */
const linesAt = (samples: readonly Sample[], atMs: number): number => {
  const after = samples.findIndex(sample => sample.atMs > atMs);
  if (after === 0) return 0;
  const [from, to] = after === -1 ? [samples.at(-1), undefined] : [samples[after - 1], samples[after]];
  if (from === undefined || to === undefined) return from?.lines ?? 0;
  return from.lines + ((atMs - from.atMs) / (to.atMs - from.atMs)) * (to.lines - from.lines);
};
