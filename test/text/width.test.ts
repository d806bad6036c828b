import * as fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {sanitize} from '../../src/text/sanitize.ts';
import {cut, displayWidth, fit, isNarrow, prefixWithin, sliceWhole} from '../../src/text/width.ts';
import {anyText, CLEAN, HOSTILE} from './hostile-strings.ts';

describe('displayWidth', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['größe', 5],
    ['▁▂▃ ● ✗ …', 9],
    ['日本', 4],
    ['한국', 4],
    ['ｆｕｌｌ', 8],
    ['a日b', 4],
    ['😀', 2],
    ['👍🏽', 2],
    ['🇩🇪', 2],
    ['e\u0301', 1],
    ['が', 2],
    ['か\u3099', 2],
    ['नि', 2],
  ])('%j takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test.each([...CLEAN, ...HOSTILE.map(([, raw]) => sanitize(raw))])('agrees with string-width: %j', (text) => {
    expect(displayWidth(text)).toBe(stringWidth(text));
  });

  test('all characters of the fast paths have the width that string-width gives them, also in a row', () => {
    const wrong: string[] = [];
    for (let code = 0x20; code <= 0xffff; code += 1) {
      const char = String.fromCharCode(code);
      if (code >= 0x7f && code < 0xa0) {
        continue;
      }

      const row = `${char}${char}a${char}`;
      if (displayWidth(char) !== stringWidth(char) || (isNarrow(char) && stringWidth(row) !== 4)) {
        wrong.push(code.toString(16));
      }

      if (displayWidth(row) !== stringWidth(row)) {
        wrong.push(`${code.toString(16)} in a row`);
      }
    }

    expect(wrong).toEqual([]);
  });
});

describe('emoji', () => {
  test('all single ones, with a variation selector and with a skin tone, are as wide as string-width says', () => {
    const wrong: string[] = [];
    for (let code = 0x20; code <= 0x1_ffff; code += 1) {
      const char = String.fromCodePoint(code);
      if (/\p{Emoji}/u.test(char)) {
        const followed = ['', '\ufe0f', '\ufe0e', '🏽', '\u20e3', char, ' '].map((next) => char + next);
        const forms = [...followed, `a${char} `];
        wrong.push(...forms.filter((form) => displayWidth(form) !== stringWidth(form)));
      }
    }

    expect(wrong).toEqual([]);
  });
});

describe('prefixWithin', () => {
  test.each([
    ['abc', 2, {end: 2, columns: 2}],
    ['abc', 5, {end: 3, columns: 3}],
    ['日本', 3, {end: 1, columns: 2}],
    ['😀😀', 3, {end: 2, columns: 2}],
    ['e\u0301x', 1, {end: 2, columns: 1}],
    ['日', 0, {end: 0, columns: 0}],
    ['abc', -1, {end: 0, columns: 0}],
  ])('of %j in %i columns', (text, columns, prefix) => {
    expect(prefixWithin(text, columns)).toEqual(prefix);
  });
});

describe('cut', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['abcdef', 1, '…'],
    ['abcdef', 0, ''],
    ['abcdef', -3, ''],
    ['日本語', 6, '日本語'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['日本語', 2, '…'],
    ['日', 1, '…'],
    ['👍🏽👍🏽', 3, '👍🏽…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ])('cuts %j to %i columns', (text, width, shown) => {
    expect(cut(text, width)).toBe(shown);
  });

  test('uses another ellipsis, and none where it does not fit', () => {
    expect(cut('abcdef', 5, '...')).toBe('ab...');
    expect(cut('abcdef', 2, '...')).toBe('ab');
    expect(cut('abcdef', 4, '')).toBe('abcd');
  });

  test('says so when a text of zero-width characters hides that it goes on', () => {
    expect(cut(`a${'\u0301'.repeat(1000)}`, 10)).toMatch(/^a\u0301+…$/);
  });

  test('looks only at the head of a huge text', () => {
    expect(cut('😀'.repeat(500_000), 5)).toBe('😀😀…');
  });

  test('law: is at most so wide, and a prefix plus ellipsis or the text itself', () => {
    fc.assert(fc.property(anyText, fc.integer({min: 0, max: 50}), (text, width) => {
      const shown = cut(text, width);
      expect(displayWidth(shown)).toBeLessThanOrEqual(width);
      expect(shown === text || shown === '' || (shown.endsWith('…') && text.startsWith(shown.slice(0, -1)))).toBe(true);
    }), {numRuns: 1000});
  });
});

describe('fit', () => {
  test.each([
    ['ab', 4, 'left', 'ab  '],
    ['ab', 4, 'right', '  ab'],
    ['abcdef', 4, 'left', 'abc…'],
    ['abcdef', 4, 'right', 'abc…'],
    ['日本', 3, 'left', '日…'],
    ['日本', 4, 'left', '日本'],
    ['日本語', 4, 'left', '日… '],
    ['日本語', 4, 'right', ' 日…'],
    ['', 3, 'left', '   '],
    ['x', 0, 'left', ''],
  ] as const)('%j in %i columns, %s', (text, width, align, shown) => {
    expect(fit(text, width, align)).toBe(shown);
  });

  test('measures a leading joiner together with the padding before it', () => {
    expect(displayWidth(fit('\u200d\u0903', 5, 'right'))).toBe(5);
  });

  test('law: is exactly so wide, whatever the text', () => {
    fc.assert(fc.property(anyText, fc.nat(50), fc.constantFrom('left', 'right'), (text, width, align) => {
      expect(displayWidth(fit(text, width, align))).toBe(width);
      expect(stringWidth(fit(sanitize(text), width, align))).toBe(width);
    }), {numRuns: 1000});
  });
});

describe('sliceWhole', () => {
  test.each([
    ['abc', 5, 'abc'],
    ['abc', 2, 'ab'],
    ['a😀', 2, 'a'],
    ['a😀', 3, 'a😀'],
    ['a\ud800b', 2, 'a\ud800'],
    ['abc', 0, ''],
  ])('of %j, %i code units', (text, units, head) => {
    expect(sliceWhole(text, units)).toBe(head);
  });
});
