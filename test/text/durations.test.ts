import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {age, clock, isoTime, longClock, parseDuration, span, timeOfDay} from '../../src/text/durations.ts';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

describe('parseDuration', () => {
  test.each([
    ['250ms', 250],
    ['5s', 5 * S],
    ['1.5s', 1500],
    ['2m', 2 * M],
    ['1h', H],
    ['1d', D],
    ['30d', 30 * D],
    ['1m30s', 90 * S],
    ['1h2m3s4ms', H + 2 * M + 3 * S + 4],
    ['1m5ms', M + 5],
    ['0.25h', 15 * M],
    ['0s', 0],
    ['0', 0],
    ['1.4ms', 1],
    ['007s', 7 * S],
  ])('%j is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each([
    '', ' ', '5', '00', '0.0', '-5s', '+5s', '5 s', ' 5s', '5s ', '5s\n', '5x', 's', 'ms', '.5s', '5.s', '1e3s',
    '1_000s', '1s1s', '30s1m', '1m30', '5S', '5sec', '1.5.5s', 'Infinitys', 'NaN', '٣s', '1h-5m',
    '104249991375d', '9007199254740992ms', `${'9'.repeat(400)}s`,
  ])('%j is no duration', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  test('law: whole parts add up', () => {
    fc.assert(fc.property(fc.nat(1000), fc.nat(1000), fc.nat(1000), (hours, minutes, ms) => {
      expect(parseDuration(`${hours}h${minutes}m${ms}ms`)).toBe(hours * H + minutes * M + ms);
    }));
  });
});

describe('clocks', () => {
  test.each([
    [0, '00:00', '00:00:00'],
    [-5, '00:00', '00:00:00'],
    [999, '00:00', '00:00:00'],
    [59_999, '00:59', '00:00:59'],
    [12 * M + 41 * S, '12:41', '00:12:41'],
    [H - 1, '59:59', '00:59:59'],
    [H + 2 * M + 3 * S, '1:02:03', '01:02:03'],
    [D - 1, '23:59:59', '23:59:59'],
    [D, '1d 00:00', '24:00:00'],
    [2 * D + 3 * H + 4 * M + 5 * S, '2d 03:04', '51:04:05'],
    [100 * D, '100d 00:00', '2400:00:00'],
    [NaN, '—', '—'],
  ])('of %d ms are %j and %j', (ms, short, long) => {
    expect(clock(ms)).toBe(short);
    expect(longClock(ms)).toBe(long);
  });
});

describe('age', () => {
  test.each([
    [-1, 'now'],
    [0, 'now'],
    [999, 'now'],
    [1000, '1 s'],
    [2999, '2 s'],
    [59_999, '59 s'],
    [M, '1 m'],
    [3 * M + 59 * S, '3 m'],
    [4 * H, '4 h'],
    [2 * D + 23 * H, '2 d'],
    [NaN, '—'],
  ])('of %d ms is %j', (ms, text) => {
    expect(age(ms)).toBe(text);
  });
});

describe('span', () => {
  test.each([
    [-3, '0 ms'],
    [0, '0 ms'],
    [0.4, '0 ms'],
    [8.2, '8 ms'],
    [999.4, '999 ms'],
    [999.7, '1.0 s'],
    [1234, '1.2 s'],
    [9_949, '9.9 s'],
    [9_951, '10 s'],
    [12_999, '12 s'],
    [59_999, '59 s'],
    [3 * M, '3 m'],
    [26 * H, '1 d'],
    [NaN, '—'],
  ])('of %d ms is %j', (ms, text) => {
    expect(span(ms)).toBe(text);
  });

  test('law: takes at most 6 columns up to ten thousand days', () => {
    fc.assert(fc.property(fc.double({min: 0, max: 9999 * D, noNaN: true}), (ms) => {
      expect(span(ms).length).toBeLessThanOrEqual(6);
    }));
  });
});

describe('wall clock', () => {
  test('the time of day is local, with milliseconds', () => {
    expect(timeOfDay(new Date(2026, 10, 22, 12, 4, 31, 882).getTime())).toBe('12:04:31.882');
    expect(timeOfDay(new Date(2026, 0, 1, 0, 0, 0, 7).getTime())).toBe('00:00:00.007');
  });

  test('ISO time is UTC', () => {
    expect(isoTime(0)).toBe('1970-01-01T00:00:00.000Z');
    expect(isoTime(1.5)).toBe('1970-01-01T00:00:00.001Z');
  });

  test.each([NaN, Infinity, 8.64e15 + 1])('%d is no date', (ms) => {
    expect(timeOfDay(ms)).toBe('--:--:--.---');
    expect(isoTime(ms)).toBeNull();
  });
});
