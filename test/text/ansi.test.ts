import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ColorDepth} from '../../src/model/color.ts';
import {dropSgr} from '../../src/model/sgr.ts';
import {ansiRuns, ansiText, displayText, MAX_STYLE_CHANGES, SGR_SHARE} from '../../src/text/ansi.ts';
import {styleCodes} from '../../src/text/ansi-codes.ts';
import {composeRow} from '../../src/text/compose-row.ts';
import {styledSpans} from '../../src/text/record-line.ts';
import {sanitize} from '../../src/text/sanitize.ts';
import {forbiddenIn, withoutOwnSgr} from '../support/forbidden.ts';
import {anyText} from './hostile-strings.ts';

const DEPTHS: readonly ColorDepth[] = ['none', '16', '256', 'true'];
// Built from text, so that no control character stands in the pattern.
const OWN_SGR = new RegExp(String.raw`\u{1b}\[([0-9]+(?:;[0-9]+)*)m`, 'gu');

const sgr = fc.constantFrom(
  '\x1b[m', '\x1b[0m', '\x1b[1m', '\x1b[31m', '\x1b[38;5;208m', '\x1b[48:2::1:2:3m', '\x9b7m', '\x1b[8m', '\x1b[4:3m',
  '\x1b[', '\x1b[3', '\x9b', 'm', '1m', '\x1b[?1m', `\x1b[${'1'.repeat(300)}m`, '\u0301', '\ud83d', '\ude00',
);
/** Any text with many colours, whole and torn. */
const coloured = fc.array(fc.oneof({weight: 3, arbitrary: sgr}, {weight: 1, arbitrary: anyText}), {maxLength: 30})
  .map((parts) => parts.join(''));

const pieces = (line: string): [text: string, codes: string][] =>
  ansiRuns(line).map(({text, style}) => [text, style === null ? '' : styleCodes(style, 'true')]);

describe('dropSgr', () => {
  test('law: leaves none, however they are nested, and costs no more the second time', () => {
    fc.assert(fc.property(coloured, (text) => {
      expect(dropSgr(dropSgr(text))).toBe(dropSgr(text));
      expect(sanitize(dropSgr(text))).toBe(sanitize(text));
    }), {numRuns: 1000});
  });
});

describe('ansiRuns', () => {
  test.each<[string, [string, string][]]>([
    ['plain', [['plain', '']]],
    ['', [['', '']]],
    ['\x1b[31m', [['', '']]],
    ['a\x1b[31mb\x1b[0mc', [['a', ''], ['b', '31'], ['c', '']]],
    ['\x1b[1m\x1b[31mb', [['b', '1;31']]],
    ['\x1b[31ma\x1b[2Jb', [['a\x1b[2Jb', '31']]],
  ])('takes apart %j', (line, runs) => {
    expect(pieces(line)).toEqual(runs);
  });

  test('is plain behind so many changes', () => {
    const line = Array.from({length: 200}, (_, i) => `\x1b[${31 + (i % 6)}m${i} `).join('');
    const runs = ansiRuns(line);
    expect(runs).toHaveLength(MAX_STYLE_CHANGES + 1);
    expect(runs.at(-1)!.style).toBeNull();
    expect(runs.map(({text}) => text).join('')).toBe(dropSgr(line));
  });

  test('is plain where pieces would show anything else than the whole', () => {
    expect(pieces('e\u0301\u0301\x1b[1m\u0301\u0301\u0301')).toEqual([['e\u0301\u0301\u0301\u0301\u0301', '']]);
    expect(pieces('\ud83d\x1b[1m\ude00')).toEqual([['😀', '']]);
    expect(pieces('\x1b[\x1b[1m31mx')).toEqual([['^[[31mx', '']]);
  });
});

describe('ansiText', () => {
  test('law: shows what is shown without colours, and holds no sequences but our own, none open at its end', () => {
    fc.assert(fc.property(coloured, fc.constantFrom(...DEPTHS), (line, depth) => {
      const text = ansiText(line, depth);
      expect(withoutOwnSgr(text)).toBe(sanitize(line));
      expect(forbiddenIn(withoutOwnSgr(text))).toEqual([]);
      expect([undefined, '0']).toContain([...text.matchAll(OWN_SGR)].at(-1)?.[1]);
    }), {numRuns: 1000});
  });

  test('never conceals, blinks or passes on what it does not know', () => {
    expect(ansiText('\x1b[5;6;8;11;53;73;999;31ma', 'true')).toBe('\x1b[31ma\x1b[0m');
    expect(ansiText('\x1b[8ma\x1b[30mb', 'true')).toBe('ab');
  });

  test('is not slow for a storm', () => {
    const storm = '\x1b[31mx\x1b[0m'.repeat(20_000);
    expect(withoutOwnSgr(ansiText(storm, '16'))).toBe('x'.repeat(20_000));
    expect(withoutOwnSgr(ansiText('\x1b['.repeat(500_000), '16'))).toHaveLength(1_500_000);
    expect(withoutOwnSgr(ansiText(`\x1b[${'1;'.repeat(500_000)}m`, '16'))).toHaveLength(1_000_004);
  });
});

describe('displayText', () => {
  test.each<[string, string, boolean, string]>([
    ['short text', 'abc', false, 'abc'],
    ['text that just fits', 'abcdefgh', true, 'abcdefgh'],
    ['text that is cut', 'abcdefghi', false, 'abcdefg…'],
    ['a pair that would be torn', 'abcdef😀x', false, 'abcdef…'],
    ['colours do not count', '\x1b[31mabc\x1b[0mdefgh', false, 'abcdefgh'],
    ['more than colours', '\x1b[31mabc\x1b[0mdefghi', false, 'abcdefg…'],
  ])('%s', (_, line, ansi, shown) => {
    expect(displayText(line, 8, ansi)).toBe(shown);
  });

  test('keeps styles in our own form', () => {
    expect(displayText('a\x1b[31;8mb\x9bmc', 80, true)).toBe('a\x1b[0;31mb\x1b[0mc');
    expect(displayText('\x1b[31mabcdef', 5, true)).toBe('abcd…');
    expect(displayText(`\x1b[31m${'x'.repeat(30)}`, 20, true)).toBe(`\x1b[0;31m${'x'.repeat(19)}…\x1b[0m`);
  });

  test('tears no sequence where it stops to look', () => {
    const line = `${'\x1b[38;2;100;100;100mx'.repeat(30)}\x1b[3`.padEnd(20 * SGR_SHARE, '1') + 'm'.repeat(40);
    expect(displayText(line, 20, false)).toMatch(/^x+…?$/);
    expect(displayText(`${'x'.repeat(20 * SGR_SHARE - 1)}\x1b[2J`, 20, false)).toBe(`${'x'.repeat(19)}…`);
  });

  test('law: is bounded, shows the same with and without styles, and has no sequence but our own', () => {
    fc.assert(fc.property(coloured, fc.integer({min: 1, max: 60}), (line, maxChars) => {
      const plain = displayText(line, maxChars, false);
      const styled = displayText(line, maxChars, true);
      expect(plain.length).toBeLessThanOrEqual(maxChars);
      expect(styled.length).toBeLessThanOrEqual(2 * maxChars);
      expect(dropSgr(plain)).toBe(plain);
      expect(sanitize(styled)).toBe(sanitize(plain));
    }), {numRuns: 2000});
  });

  test('law: a row of it looks the same with and without colours', () => {
    fc.assert(fc.property(coloured, fc.nat(50), fc.constantFrom(...DEPTHS), (line, width, depth) => {
      const row = (ansi: boolean): string => composeRow(styledSpans(displayText(line, 100, ansi)), width, {depth});
      expect(withoutOwnSgr(row(true))).toBe(row(false));
    }), {numRuns: 2000});
  });
});
