import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {crashAfterMs} from '../../demo/crash-plan.ts';
import {linesDue} from '../../demo/pace.ts';

describe('linesDue', () => {
  test.each([
    [{linesPerSec: 100, wave: 0, burst: null}, 1000, 100],
    [{linesPerSec: 0.5, wave: 0, burst: null}, 1999, 0],
    [{linesPerSec: 0.5, wave: 0, burst: null}, 2000, 1],
    [{linesPerSec: 100, wave: 0.5, burst: null}, 24_000, 2400],
    [{linesPerSec: 100, wave: 1, burst: null}, 12_000, 1200 + 763],
    [{linesPerSec: 10, wave: 0, burst: {lines: 500, everyMs: 2000}}, 4000, 1040],
    [{linesPerSec: Infinity, wave: 0, burst: null}, 1, Infinity],
  ])('of %j after %i ms is %d', (options, sinceMs, lines) => {
    expect(linesDue(options, sinceMs)).toBe(lines);
  });

  test('never goes back', () => {
    const options = fc.record({
      linesPerSec: fc.double({min: 0, max: 1e5, noNaN: true}),
      wave: fc.double({min: 0, max: 1, noNaN: true}),
    });
    fc.assert(
      fc.property(options, fc.nat(100_000), fc.nat(5000), (rate, sinceMs, laterMs) => {
        const due = linesDue({...rate, burst: null}, sinceMs);
        expect(linesDue({...rate, burst: null}, sinceMs + laterMs)).toBeGreaterThanOrEqual(due);
      }),
    );
  });
});

describe('crashAfterMs', () => {
  const at = {kind: 'at', firstMs: 3000, everyMs: 25_000} as const;
  test.each([
    [{kind: 'never'} as const, 0, Infinity],
    [{kind: 'after-lines', lines: 5} as const, 0, Infinity],
    [{kind: 'after-ms', ms: 700} as const, 9999, 700],
    [at, 0, 3000],
    [at, 500, 2500],
    [at, 2500, 25_500],
    [at, 4000, 24_000],
    [at, 28_000, 25_000],
  ])('of %j in a demo %i ms old is %d', (crash, demoAgeMs, ms) => {
    expect(crashAfterMs(crash, demoAgeMs)).toBe(ms);
  });
});
