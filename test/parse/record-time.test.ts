import {describe, expect, it} from 'vitest';
import {timeOf} from '../../src/parse/record-time.ts';

const AT = Date.UTC(2024, 4, 1, 10, 20, 30, 456);

describe('timeOf', () => {
  it.each([
    [AT, AT],
    [AT / 1000, AT],
    [Math.floor(AT / 1000), AT - 456],
    [AT * 1000 + 789, AT],
    [AT * 1e6, AT],
    [BigInt(AT) * 1_000_000n, AT],
    [String(AT), AT],
    [`${Math.floor(AT / 1000)}.456789`, AT],
    [`${AT}000999`, AT],
    ['2024-05-01T10:20:30.456Z', AT],
    ['2024-05-01T10:20:30.456789123Z', AT],
    ['2024-05-01T12:20:30.456+02:00', AT],
    ['2024-05-01T12:20:30,456+0200', AT],
    ['2024-05-01 05:20:30.456-05', AT],
    ['2024-05-01 10:20:30.456 +0000', AT],
    ['2024-05-01t10:20:30.456z', AT],
    ['2024-05-01T10:20:30Z', AT - 456],
    ['2024-05-01T10:20Z', AT - 30_456],
    ['2024-05-01', Date.UTC(2024, 4, 1)],
  ])('reads %s', (value, ms) => expect(timeOf(value)).toBe(ms));

  it('takes a time without a zone as local', () => {
    expect(timeOf('2024-05-01 10:20:30.456')).toBe(new Date(2024, 4, 1, 10, 20, 30, 456).getTime());
  });

  it.each([
    0, 1, 12, -AT, 1e8, 1e300, Number.NaN, Infinity, '0', '', 'now', '10:20:30', '1', '20240501', '2024', '-1714558830',
    '0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2024-13-01T00:00:00Z',
    '2024-05-01T25:00:00Z', '2024-05-01T10:20:30.456Z and more',
    'x'.repeat(1_000_000), '1'.repeat(1_000_000), null, undefined, true, {}, [AT],
  ])('takes %s for no time', value => expect(timeOf(value)).toBeNull());
});
