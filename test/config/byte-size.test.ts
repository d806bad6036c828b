import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseByteSize} from '../../src/config/byte-size.ts';

describe('parseByteSize', () => {
  test.each([
    ['0', 0],
    ['65536', 65_536],
    ['10b', 10],
    ['64k', 65_536],
    ['64K', 65_536],
    ['64kB', 65_536],
    ['64KiB', 65_536],
    ['64MiB', 67_108_864],
    ['1.5m', 1_572_864],
    ['1g', 1_073_741_824],
    ['1GiB', 1_073_741_824],
    ['2T', 2 * 1024 ** 4],
  ])('reads %s', (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
  });

  test.each([
    '',
    ' ',
    '-1',
    '+1',
    '1.5',
    '1.5b',
    'k',
    '1 k',
    '1kk',
    '1ib',
    '1e3',
    '0x10',
    '1p',
    '99999999999t',
    '1k\n',
  ])('refuses %j', text => {
    expect(parseByteSize(text)).toBeNull();
  });

  test('reads every plain number', () => {
    fc.assert(fc.property(fc.maxSafeNat(), bytes => parseByteSize(String(bytes)) === bytes));
  });
});
