import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {MAX_DURATION_MS, parseDuration} from '../../src/config/duration.ts';

describe('parseDuration', () => {
  test.each([
    ['250ms', 250],
    ['5s', 5000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['1d', 86_400_000],
    ['1m30s', 90_000],
    ['1h30m', 5_400_000],
    ['1.5s', 1500],
    ['0.5h', 1_800_000],
    ['1s500ms', 1500],
    ['0', 0],
    ['0s', 0],
    ['0ms', 0],
    ['007s', 7000],
    ['24d', 24 * 86_400_000],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each([
    '',
    ' ',
    '5',
    '5 s',
    ' 5s',
    '5s ',
    's',
    'ms',
    '-5s',
    '+5s',
    '5S',
    '5sec',
    '30s1m',
    '1m1m',
    '1.s',
    '.5s',
    '1e3s',
    '5,5s',
    '٥s',
    'Infinitys',
    '1m 30s',
    '25d',
    '1000000000000d',
    '5s\n',
  ])('refuses %j', text => {
    expect(parseDuration(text)).toBeNull();
  });

  test('reads every number of ms up to the longest that a timer holds', () => {
    fc.assert(fc.property(fc.nat(MAX_DURATION_MS), ms => parseDuration(`${ms}ms`) === ms));
    expect(parseDuration(`${MAX_DURATION_MS + 1}ms`)).toBeNull();
  });

  test('adds up units', () => {
    const parts = fc.record({d: fc.nat(9), h: fc.nat(99), m: fc.nat(999), s: fc.nat(9999), ms: fc.nat(9999)});
    fc.assert(
      fc.property(parts, ({d, h, m, s, ms}) => {
        expect(parseDuration(`${d}d${h}h${m}m${s}s${ms}ms`)).toBe((((d * 24 + h) * 60 + m) * 60 + s) * 1000 + ms);
      }),
    );
  });
});
