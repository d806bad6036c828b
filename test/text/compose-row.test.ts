import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ColorDepth} from '../../src/model/color.ts';
import {composeRow} from '../../src/text/compose-row.ts';
import {sanitize} from '../../src/text/sanitize.ts';
import {ROLE_CODES} from '../../src/text/style.ts';
import type {Role, Span} from '../../src/text/style.ts';
import {displayWidth} from '../../src/text/width.ts';
import {anyText, HOSTILE} from './hostile-strings.ts';

const theme = {depth: '16'} as const;
const spans = (...parts: [text: string, role: Role][]): Span[] => parts.map(([text, role]) => ({text, role}));
const DEPTHS: readonly ColorDepth[] = ['none', '16', '256', 'true'];
const isRole = (name: string): name is Role => Object.hasOwn(ROLE_CODES.none, name);
const ROLES = Object.keys(ROLE_CODES.none).filter(isRole);

// Built from text, so that no control character stands in the pattern.
const SGR = new RegExp(String.raw`\u{1b}\[([0-9;]*)m`, 'gu');
const stripped = (row: string): string => row.replace(SGR, '');
const codesIn = (row: string): string[] => Array.from(row.matchAll(SGR), ([, codes = '']) => codes);

const anySpans = fc.array(fc.record({text: anyText, role: fc.constantFrom(...ROLES)}), {maxLength: 8});
const anyDepth = fc.constantFrom(...DEPTHS);

describe('composeRow', () => {
  test.each<[string, Span[], number, string]>([
    ['pads plain text', spans(['abc', 'plain']), 5, 'abc  '],
    ['is blank without spans', [], 3, '   '],
    ['is blank with empty spans', spans(['', 'bad']), 3, '   '],
    ['is empty without width', spans(['abc', 'plain']), 0, ''],
    ['is empty with a negative width', spans(['abc', 'plain']), -1, ''],
    ['takes a text that just fits', spans(['abc', 'plain']), 3, 'abc'],
    ['cuts a longer one', spans(['abcd', 'plain']), 3, 'ab…'],
    ['cuts where a later span has no room', spans(['abc', 'plain'], ['d', 'plain']), 3, 'ab…'],
    ['does not cut for an empty span', spans(['abc', 'plain'], ['', 'bad']), 3, 'abc'],
    ['colours and resets', spans(['ab', 'bad']), 4, '\x1b[31mab\x1b[0m  '],
    ['resets a full row', spans(['ab', 'bad']), 2, '\x1b[31mab\x1b[0m'],
    ['the ellipsis has the role of what is cut', spans(['abc', 'bad']), 2, '\x1b[31ma…\x1b[0m'],
    ['no colour is opened for a span behind the cut', spans(['ab', 'plain'], ['cd', 'bad']), 3, 'ab…'],
    ['one SGR for neighbours of a role', spans(['a', 'bad'], ['', 'dim'], ['b', 'bad']), 2, '\x1b[31mab\x1b[0m'],
    ['one SGR for two roles that look alike', spans(['a', 'dim'], ['b', 'key']), 2, '\x1b[2mab\x1b[0m'],
    ['switches roles at once', spans(['a', 'bad'], ['b', 'dim'], ['c', 'plain']), 3, '\x1b[31ma\x1b[0;2mb\x1b[0mc'],
    ['box drawing is one column each', spans(['╭─ ● ✗ ▁█ …', 'plain']), 12, '╭─ ● ✗ ▁█ … '],
    ['wide glyphs are two', spans(['日本', 'plain']), 5, '日本 '],
    ['a wide glyph is not split', spans(['日本語', 'plain']), 4, '日… '],
    ['a wide glyph that just fits', spans(['日本', 'plain']), 4, '日本'],
    ['a wide glyph behind an ASCII span', spans(['abc', 'plain'], ['日', 'bad']), 4, 'abc…'],
    ['hostile text is shown', spans(['\x1b[2J', 'plain']), 7, '^[[2J  '],
    ['colours behind what fits', spans(['abc\x1b[0m', 'plain']), 3, 'abc'],
    ['many colours before what fits', spans([`${'\x1b[38;2;100;100;100m'.repeat(6)}abc`, 'plain']), 3, 'abc'],
    ['colours in text are left out', spans(['a\x1b[31mb', 'plain']), 4, 'ab  '],
    ['hostile text behind the edge', spans(['abcdef\x1b[2J', 'plain']), 4, 'abc…'],
    ['a cluster over two spans is one glyph', spans(['🇩', 'plain'], ['🇪', 'bad']), 3, '🇩\x1b[31m🇪\x1b[0m '],
  ])('%s', (_, row, width, shown) => {
    expect(composeRow(row, width, theme)).toBe(shown);
  });

  test('ends with the ellipsis of the theme', () => {
    expect(composeRow(spans(['abcd', 'plain']), 3, {depth: '16', ellipsis: '~'})).toBe('ab~');
    expect(composeRow(spans(['日本', 'plain']), 3, {depth: '16', ellipsis: '~'})).toBe('日~');
  });

  test('says so when a text of zero-width characters hides that it goes on', () => {
    expect(composeRow(spans([`가${'\u11a8'.repeat(1000)}`, 'plain']), 5, theme)).toMatch(/^가?\u11a8*… *$/);
    expect(composeRow(spans([`가${'\u11a8'.repeat(1000)}`, 'plain'], ['x', 'plain']), 5, theme)).not.toContain('x');
  });

  test('NO_COLOR keeps attributes and bans colours', () => {
    expect(composeRow(spans(['a', 'bold'], ['b', 'inverse'], ['c', 'bad']), 3, {depth: 'none'}))
      .toBe('\x1b[1ma\x1b[0;7mb\x1b[0mc');
    expect(Object.values(ROLE_CODES.none).filter((codes) => !['', '1', '2', '7'].includes(codes))).toEqual([]);
  });

  test.each(DEPTHS)('the focus is not plain in depth %s', (depth) => {
    expect(ROLE_CODES[depth].focus).toMatch(/^1/);
  });

  test.each(HOSTILE)('only our own sequences: %s', (_, raw) => {
    const row = composeRow(spans([raw, 'bad'], [raw, 'plain']), 40, theme);
    expect(sanitize(stripped(row))).toBe(stripped(row));
    expect(displayWidth(stripped(row))).toBe(40);
  });

  test('law: is exactly so wide, whatever the spans', () => {
    fc.assert(fc.property(anySpans, fc.nat(60), anyDepth, (row, width, depth) => {
      expect(displayWidth(stripped(composeRow(row, width, {depth})))).toBe(width);
    }), {numRuns: 2000});
  });

  test('law: the only escape sequences are of our table, and none is open at the end', () => {
    fc.assert(fc.property(anySpans, fc.nat(60), anyDepth, (row, width, depth) => {
      const painted = composeRow(row, width, {depth});
      const codes = codesIn(painted);
      const known = new Set(Object.values(ROLE_CODES[depth]));
      expect(codes.filter((code) => code !== '0' && !known.has(code.replace(/^0;/, '')))).toEqual([]);
      expect(['0', undefined]).toContain(codes.at(-1));
      expect(stripped(painted)).not.toContain('\x1b');
    }), {numRuns: 1000});
  });

  test('law: shows the start of the sanitized text', () => {
    fc.assert(fc.property(anyText, fc.integer({min: 1, max: 60}), (text, width) => {
      const shown = stripped(composeRow(spans([text, 'dim']), width, theme)).replace(/ *$/, '').replace(/…$/, '');
      expect(sanitize(text).startsWith(shown.replace(/ *$/, ''))).toBe(true);
    }), {numRuns: 1000});
  });

  test('law: narrow text is painted the same as where it stands in a row with wide glyphs', () => {
    const narrow = fc.record({text: fc.string({maxLength: 12}), role: fc.constantFrom(...ROLES)});
    fc.assert(fc.property(fc.array(narrow, {maxLength: 5}), fc.integer({min: 2, max: 40}), (row, width) => {
      const alone = composeRow(row, width, theme);
      const withWide = composeRow([{text: '日', role: 'plain'}, ...row], width + 2, theme);
      expect(withWide).toBe(`日${alone}`);
    }), {numRuns: 1000});
  });
});
