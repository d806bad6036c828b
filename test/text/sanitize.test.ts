import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {escapeOddInJson, MAX_MARKS, sanitize} from '../../src/text/sanitize.ts';
import {FORBIDDEN_RANGES, forbiddenIn} from '../support/forbidden.ts';
import {anyText, CLEAN, HOSTILE} from './hostile-strings.ts';

const letters = (text: string): string => text.replace(/[^ab]/g, '');

describe('sanitize', () => {
  test('the battery has at least 60 hostile strings', () => {
    expect(HOSTILE.length).toBeGreaterThanOrEqual(60);
  });

  test.each(HOSTILE)('makes visible: %s', (_, raw, shown) => {
    expect(sanitize(raw)).toBe(shown);
  });

  test.each(CLEAN)('leaves alone: %j', (text) => {
    expect(sanitize(text)).toBe(text);
  });

  test('makes each forbidden code point visible', () => {
    for (const [from, to] of FORBIDDEN_RANGES) {
      for (let code = from; code <= to; code += 1) {
        const shown = sanitize(`a${String.fromCodePoint(code)}b`);
        expect(shown, `U+${code.toString(16)}`).toMatch(/^a[ -~]{2,9}b$/);
      }
    }
  });

  test('shows as many marks as fit and says that there were more', () => {
    const marks = '\u0301'.repeat(MAX_MARKS);
    expect(sanitize(`a${marks}b${marks}`)).toBe(`a${marks}b${marks}`);
    expect(sanitize(`a${marks}\u0301b${marks}`)).toBe(`a${marks}…b${marks}`);
  });

  test('survives millions of marks and of escapes', () => {
    expect(sanitize(`a${'\u0301'.repeat(3_000_000)}`)).toBe('a\u0301\u0301\u0301\u0301…');
    expect(sanitize('\x1b'.repeat(1_000_000))).toHaveLength(2_000_000);
  });

  test('law: the result holds nothing forbidden, on one line, and no run of marks beyond the cap', () => {
    fc.assert(fc.property(anyText, (text) => {
      const shown = sanitize(text);
      expect(forbiddenIn(shown)).toEqual([]);
      expect(shown).not.toMatch(new RegExp(`\\p{M}{${MAX_MARKS + 1}}`, 'u'));
      expect(shown.isWellFormed()).toBe(true);
    }), {numRuns: 1000});
  });

  test('law: sanitizing twice changes nothing', () => {
    fc.assert(fc.property(anyText, (text) => {
      expect(sanitize(sanitize(text))).toBe(sanitize(text));
    }), {numRuns: 1000});
  });

  test('law: visible ASCII of the input is kept in its order', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b', '\x1b', '\u202e', '\u0301'), {maxLength: 30}), (parts) => {
      expect(letters(sanitize(parts.join('')))).toBe(letters(parts.join('')));
    }));
  });
});

describe('escapeOddInJson', () => {
  test.each([
    ['clean text as it is', '{"a":1}', '{"a":1}'],
    ['clean text beyond ASCII as it is', '"größe 日本 😀"', '"größe 日本 😀"'],
    ['DEL and C1', '"\x7f\x9b"', '"\\u007f\\u009b"'],
    ['bidi', '"\u202e"', '"\\u202e"'],
    ['an astral tag as two escapes', '"\u{e0041}"', '"\\udb40\\udc41"'],
    ['a lone surrogate', '"\ud800"', '"\\ud800"'],
    ['line separators', '"\u2028"', '"\\u2028"'],
    ['keys', '{"\u200b":1}', '{"\\u200b":1}'],
    ['raw whitespace between tokens', '{\n\t"a": 1\r\n}', '{  "a": 1  }'],
    ['marks beyond the cap', '"e\u0301\u0301\u0301\u0301\u0301\u0301"', '"e\u0301\u0301\u0301\u0301\\u0301\\u0301"'],
    ['an escape that is one already', '"\\u202e\\n"', '"\\u202e\\n"'],
    ['big numbers untouched', '[9007199254740993, 1e400, "\x85"]', '[9007199254740993, 1e400, "\\u0085"]'],
  ])('writes %s', (_, json, escaped) => {
    expect(escapeOddInJson(json)).toBe(escaped);
  });

  test.each(HOSTILE)('parses back to the same string: %s', (_, raw) => {
    expect(JSON.parse(escapeOddInJson(JSON.stringify(raw)))).toBe(raw);
  });

  test('law: parses back to the same value, and sanitize has nothing to add', () => {
    const anyJson = fc.oneof(
      fc.jsonValue({stringUnit: 'binary'}),
      anyText,
      fc.dictionary(anyText.filter((key) => key !== '__proto__'), anyText),
    );
    fc.assert(fc.property(anyJson, fc.constantFrom(0, 2, '\t'), (value, indent) => {
      const json = JSON.stringify(value, null, indent);
      const escaped = escapeOddInJson(json);
      expect(JSON.parse(escaped)).toEqual(JSON.parse(json));
      expect(sanitize(escaped)).toBe(escaped);
    }), {numRuns: 1000});
  });

  test('law: strings that hold raw odd characters keep their value too', () => {
    // JSON.stringify escapes lone surrogates and C0 itself; other writers only C0.
    const rawJson = anyText.map((text) => JSON.stringify(text).replace(/\\u(d[89a-f][0-9a-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16))));
    fc.assert(fc.property(rawJson, (json) => {
      expect(JSON.parse(escapeOddInJson(json))).toBe(JSON.parse(json));
    }), {numRuns: 500});
  });
});
