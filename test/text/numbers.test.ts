import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {bytesRate, bytesSize, linesRate, percent, si, siTrim} from '../../src/text/numbers.ts';

const anyCount = fc.oneof(
  fc.double({min: 0, noNaN: true}),
  fc.double({min: 0, max: 1e6, noNaN: true}),
  fc.nat(),
  fc.tuple(fc.integer({min: -1, max: 31}), fc.constantFrom(9.99, 9.994999, 9.995, 99.94, 99.95, 999.4, 999.5, 999.95))
    .map(([power, value]) => value * 10 ** power),
);

describe('si', () => {
  test.each([
    [0, '     0'],
    [7, '     7'],
    [812, '   812'],
    [999, '   999'],
    [1000, '1.00 k'],
    [1234, '1.23 k'],
    [12_400, '12.4 k'],
    [99_100, '99.1 k'],
    [156_000, ' 156 k'],
    [999_499, ' 999 k'],
    [999_500, '1.00 M'],
    [999_950, '1.00 M'],
    [1.24e6, '1.24 M'],
    [9.81e9, '9.81 G'],
    [1e12, '1.00 T'],
    [Number.MAX_SAFE_INTEGER, '9.01 P'],
    [9.994e3, '9.99 k'],
    [9.996e3, '10.0 k'],
    [99.96e3, ' 100 k'],
    [0.5, '  0.50'],
    [9.999, '  10.0'],
    [12.34, '  12.3'],
    [999.7, '1.00 k'],
    [0.001, '  <.01'],
    [-5, '     0'],
    [-0, '     0'],
    [-Infinity, '     0'],
    [Infinity, '>999 Q'],
    [Number.MAX_VALUE, '>999 Q'],
    [Number.MIN_VALUE, '  <.01'],
    [NaN, '     —'],
  ])('of %d is %j', (value, text) => {
    expect(si(value)).toBe(text);
    expect(siTrim(value)).toBe(text.trim());
  });

  test('law: is 6 columns wide, with at most three digits before the point', () => {
    fc.assert(fc.property(anyCount, (value) => {
      expect(si(value)).toMatch(/^[ >\d<.]{4} [kMGTPEZYRQ]$|^[ \d.<]{6}$/);
      expect(si(value)).not.toContain('1000');
      expect(si(value)).toHaveLength(6);
    }), {numRuns: 1000});
  });

  test('law: is within half a per cent of the value', () => {
    const powers = new Map(['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y', 'R', 'Q'].map((unit, i) => [unit, 1000 ** i]));
    fc.assert(fc.property(fc.double({min: 1, max: 9e32, noNaN: true}), (value) => {
      const [digits, unit = ''] = siTrim(value).split(' ');
      expect(Math.abs(Number(digits) * (powers.get(unit) ?? NaN) - value) / value).toBeLessThan(0.0051);
    }), {numRuns: 1000});
  });
});

describe('rates and sizes', () => {
  test.each([
    [linesRate, 812_000, ' 812 k/s'],
    [linesRate, 1.24e6, '1.24 M/s'],
    [linesRate, 812, '  812 /s'],
    [linesRate, 0, '    0 /s'],
    [linesRate, NaN, '    — /s'],
    [bytesRate, 156e6, ' 156 MB/s'],
    [bytesRate, 1500, '1.50 kB/s'],
    [bytesRate, 0, '    0 B/s'],
    [bytesSize, 168e6, ' 168 MB'],
    [bytesSize, 999_950, '1.00 MB'],
    [bytesSize, 12, '   12 B'],
  ])('%o of %d is %j', (format, value, text) => {
    expect(format(value)).toBe(text);
  });

  test('law: widths never change', () => {
    fc.assert(fc.property(anyCount, (value) => {
      expect([linesRate(value).length, bytesRate(value).length, bytesSize(value).length]).toEqual([8, 9, 7]);
    }), {numRuns: 500});
  });
});

describe('percent', () => {
  test.each([
    [0, '  0 %'],
    [0.71, ' 71 %'],
    [0.714, ' 71 %'],
    [0.996, '100 %'],
    [1.5, '150 %'],
    [9.99, '999 %'],
    [12, '>999%'],
    [Infinity, '>999%'],
    [-1, '  0 %'],
    [NaN, '  — %'],
  ])('of %d is %j', (share, text) => {
    expect(percent(share)).toBe(text);
  });
});
