import {describe, expect, test} from 'vitest';
import type {DisplayLine} from '../../src/model/display-line.ts';
import {LEVELS} from '../../src/model/verdict.ts';
import {composeRow} from '../../src/text/compose-row.ts';
import {recordSpans} from '../../src/text/record-line.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../src/text/style.ts';

const atMs = new Date(2026, 10, 22, 12, 4, 31, 882).getTime();
const line = (changes: Partial<DisplayLine>): DisplayLine => ({
  key: [1, 0],
  kind: 'record',
  generation: 1,
  line: 1,
  atMs,
  ownTime: true,
  level: 'none',
  failure: null,
  message: 'hello',
  fields: [],
  ...changes,
});
const options = {time: false, glyphs: unicodeGlyphs};
const textOf = (changes: Partial<DisplayLine>, time = false): string =>
  recordSpans(line(changes), {time, glyphs: unicodeGlyphs}).map(({text}) => text).join('');
const roles = (changes: Partial<DisplayLine>): string[] => recordSpans(line(changes), options).map(({role}) => role);

describe('recordSpans', () => {
  test.each<[string, Partial<DisplayLine>, string]>([
    ['a record', {level: 'info', fields: [['status', '200'], ['ms', '12']]}, 'info  hello  status=200 ms=12'],
    ['a record without fields', {level: 'warn'}, 'warn  hello'],
    ['a record without message', {level: 'error', message: '', fields: [['a', '1']]}, 'ERROR a=1'],
    ['a record without level', {fields: [['a', '1']]}, 'hello  a=1'],
    ['a record of nothing', {message: ''}, ''],
    ['a failure', {kind: 'failure', failure: 'invalid-json', message: '{oops'}, '✗ invalid-json {oops'],
    ['a stderr line', {kind: 'stderr', message: 'warning: x'}, '! warning: x'],
    ['an undecided line', {kind: 'undecided', message: 'x'}, 'x'],
    ['a blank line', {kind: 'blank', message: '  '}, ''],
  ])('shows %s', (_, changes, text) => {
    expect(textOf(changes)).toBe(text);
  });

  test.each(['record', 'failure', 'stderr', 'undecided'] as const)('starts a %s line with the time, dim', (kind) => {
    const [first] = recordSpans(line({kind}), {time: true, glyphs: unicodeGlyphs});
    expect(first).toEqual({text: '12:04:31.882 ', role: 'dim'});
  });

  test('a blank line has no time either', () => {
    expect(recordSpans(line({kind: 'blank'}), {time: true, glyphs: unicodeGlyphs})).toEqual([]);
  });

  test('all levels are of one width, each in its own role', () => {
    for (const level of LEVELS.filter((name) => name !== 'none')) {
      const [first] = recordSpans(line({level}), options);
      expect(first?.role).toBe(`level-${level}`);
      expect(first?.text).toMatch(/^(?=.{6}$)\w+ +$/);
    }
  });

  test('keys are dim, values and message plain, the mark of a failure bad', () => {
    expect(roles({level: 'info', fields: [['a', '1'], ['b', '2']]}))
      .toEqual(['level-info', 'plain', 'key', 'plain', 'key', 'plain']);
    expect(roles({kind: 'failure', failure: 'timeout'})).toEqual(['bad', 'plain']);
    expect(roles({kind: 'stderr'})).toEqual(['dim', 'plain']);
  });

  test('draws marks in ASCII', () => {
    expect(recordSpans(line({kind: 'failure', failure: 'lost'}), {time: false, glyphs: asciiGlyphs})[0]?.text)
      .toBe('x lost ');
  });

  test('makes a row, hostile keys, values and messages made visible', () => {
    const hostile = line({level: 'info', message: 'a\nb', fields: [['\x1b[2J', '\u202e']]});
    expect(composeRow(recordSpans(hostile, options), 34, {depth: 'none'}))
      .toBe('info  a^Jb  \x1b[2m^[[2J=\x1b[0m<U+202E>        ');
  });
});
