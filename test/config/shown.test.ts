import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {shown} from '../../src/config/shown.ts';

describe('shown', () => {
  test.each([
    ['plain', '"plain"'],
    ['a "b"', String.raw`"a \"b\""`],
    ['two\nlines\u001b[31m', String.raw`"two\nlines\u001b[31m"`],
    ['c1 \u009b31m del \u007f rlo \u202e', String.raw`"c1 \u009b31m del \u007f rlo \u202e"`],
    ['x'.repeat(100), `"${'x'.repeat(60)}…"`],
  ])('quotes %j', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('is one line without control characters, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), text => {
        expect(shown(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
      }),
    );
  });
});
