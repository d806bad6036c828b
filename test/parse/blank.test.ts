import {expect, it} from 'vitest';
import {isBlank} from '../../src/parse/blank.ts';

it('takes exactly 0x20 and 0x09 to 0x0D as blank', () => {
  const blank = Array.from({length: 256}, (_, byte) => byte).filter(byte => isBlank(Uint8Array.of(byte), 0, 1));
  expect(blank).toEqual([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20]);
});

it('looks at the given bytes only', () => {
  const bytes = Buffer.from('a \t\rb');
  expect(isBlank(bytes, 1, 4)).toBe(true);
  expect(isBlank(bytes, 0, 4)).toBe(false);
  expect(isBlank(bytes, 1, 5)).toBe(false);
  expect(isBlank(bytes, 2, 2)).toBe(true);
});

it('takes a no-break space in UTF-8 as content', () => expect(isBlank(Buffer.from('\u00a0'), 0, 2)).toBe(false));
