import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {SPARK_SECONDS} from '../../src/model/snapshot.ts';
import {RateMeter} from '../../src/state/rates.ts';
import type {Counters} from '../../src/state/sample-ring.ts';
import {modelPerSec, modelSpark} from '../support/rate-model.ts';
import type {Sample} from '../support/rate-model.ts';

const counters = (lines: number): Counters => ({lines, bytes: lines * 100, failures: lines / 10});
const fed = (samples: readonly Sample[]): RateMeter => {
  const meter = new RateMeter();
  for (const {atMs, lines} of samples) meter.sample(atMs, counters(lines));
  return meter;
};

/** Samples at irregular ticks from 80 ms to minutes apart. */
const samplesArbitrary = fc
  .tuple(
    fc.nat(5_000_000),
    fc.array(
      fc.tuple(fc.oneof(fc.integer({min: 80, max: 300}), fc.integer({min: 80, max: 200_000})), fc.nat(100_000)),
      {minLength: 1, maxLength: 100},
    ),
  )
  .map(([startMs, steps]) => {
    let sample: Sample = {atMs: startMs, lines: steps.length % 7};
    return [sample, ...steps.map(([ms, lines]) => (sample = {atMs: sample.atMs + ms, lines: sample.lines + lines}))];
  });

describe('RateMeter', () => {
  it('measures each window as a model with all samples does', () => {
    fc.assert(
      fc.property(samplesArbitrary, fc.nat(70_000), (samples, laterMs) => {
        const nowMs = (samples.at(-1)?.atMs ?? 0) + laterMs;
        const rates = fed(samples).rates(nowMs);
        expect(rates.linesPerSec1).toBeCloseTo(modelPerSec(samples, 1, nowMs), 4);
        expect(rates.linesPerSec10).toBeCloseTo(modelPerSec(samples, 10, nowMs), 4);
        expect(rates.linesPerSec60).toBeCloseTo(modelPerSec(samples, 60, nowMs), 4);
        expect(rates.bytesPerSec1).toBeCloseTo(modelPerSec(samples, 1, nowMs) * 100, 2);
        expect(rates.bytesPerSec10).toBeCloseTo(modelPerSec(samples, 10, nowMs) * 100, 2);
        expect(rates.failuresPerSec10).toBeCloseTo(modelPerSec(samples, 10, nowMs) / 10, 4);
      }),
    );
  });

  it('knows the highest rate of a second at any sample', () => {
    fc.assert(
      fc.property(samplesArbitrary, samples => {
        const highest = Math.max(...samples.map((one, index) => modelPerSec(samples.slice(0, index + 1), 1, one.atMs)));
        expect(fed(samples).rates(samples.at(-1)?.atMs ?? 0).peakLinesPerSec).toBeCloseTo(highest, 4);
      }),
    );
  });

  it('has a spark of whole lines a second, the running second last', () => {
    fc.assert(
      fc.property(samplesArbitrary, fc.nat(20_000), (samples, laterMs) => {
        const nowMs = (samples.at(-1)?.atMs ?? 0) + laterMs;
        const spark = fed(samples).spark(nowMs);
        const model = modelSpark(samples, nowMs);
        expect(spark).toHaveLength(model.length);
        for (const [index, lines] of spark.entries()) {
          expect(Number.isInteger(lines)).toBe(true);
          expect(Math.abs(lines - (model[index] ?? NaN))).toBeLessThanOrEqual(0.5001);
        }
      }),
    );
  });

  it('is all zero before the first sample', () => {
    const meter = new RateMeter();
    expect(Object.values(meter.rates(5000))).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(meter.spark(5000)).toEqual([]);
  });

  it('reports no absurd peak for the first tick', () => {
    const meter = fed([{atMs: 1000, lines: 0}, {atMs: 1005, lines: 500}]);
    expect(meter.rates(1005)).toMatchObject({linesPerSec1: 500, linesPerSec60: 500, peakLinesPerSec: 500});
  });

  it('counts what was there at the first sample', () => {
    expect(fed([{atMs: 1000, lines: 700}]).rates(1000)).toMatchObject({linesPerSec1: 700, peakLinesPerSec: 700});
  });

  it('spreads the lines of a suspended machine evenly over the gap', () => {
    const meter = fed([{atMs: 0, lines: 0}, {atMs: 1000, lines: 1000}, {atMs: 3_601_000, lines: 361_000}]);
    expect(meter.rates(3_601_000)).toMatchObject({linesPerSec1: 100, linesPerSec60: 100, peakLinesPerSec: 1000});
    expect(meter.spark(3_601_000)).toEqual([...Array.from({length: SPARK_SECONDS - 1}, () => 100), 0]);
  });

  it('falls to nothing when nothing comes any more', () => {
    const meter = fed([{atMs: 0, lines: 0}, {atMs: 1000, lines: 1000}]);
    expect(meter.rates(2000).linesPerSec1).toBe(0);
    expect(meter.rates(2000).linesPerSec10).toBe(500);
    expect(meter.rates(61_000).linesPerSec60).toBe(0);
    expect(meter.rates(1e9).peakLinesPerSec).toBe(1000);
  });

  it('stays right over ticks that come a hundred times too fast, for hours', () => {
    const meter = new RateMeter();
    for (let tick = 0; tick <= 200_000; tick++) meter.sample(tick, counters(tick * 3));
    const rates = meter.rates(200_000);
    expect(rates.linesPerSec1).toBeCloseTo(3000, 3);
    expect(rates.linesPerSec60).toBeCloseTo(3000, 3);
    expect(meter.spark(200_000).slice(0, -1)).toEqual(Array.from({length: 200}, () => 3000));
  });

  it('takes a clock that goes back for one that stands still', () => {
    const meter = fed([{atMs: 1000, lines: 10}, {atMs: 500, lines: 20}]);
    expect(meter.rates(1000).linesPerSec1).toBe(20);
    expect(meter.spark(1000)).toEqual([20]);
  });
});
