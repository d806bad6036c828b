import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {plainLine, plainPrefix} from '../../src/text/plain-line.ts';
import {displayWidth} from '../../src/text/width.ts';
import {anyText} from './hostile-strings.ts';

describe('plainPrefix', () => {
  test.each([
    ['api', 5, 0, 'none', 'api  '],
    ['api', 5, 0, '16', '\x1b[36mapi  \x1b[0m'],
    ['worker', 4, 1, '16', '\x1b[35mwor…\x1b[0m'],
    ['日本', 5, 0, 'none', '日本 '],
    ['a\x1b[2J', 7, 0, 'none', 'a^[[2J '],
    ['api', 3, 6, '16', '\x1b[36mapi\x1b[0m'],
    ['api', 3, 1_000_001, '16', '\x1b[34mapi\x1b[0m'],
  ] as const)('of %j in %i columns, colour %i of %s', (name, width, index, depth, prefix) => {
    expect(plainPrefix(name, width, index, depth)).toBe(prefix);
  });

  test.each(['16', '256', 'true'] as const)('five neighbours have five colours in depth %s', (depth) => {
    const prefixes = [0, 1, 2, 3, 4].map((index) => plainPrefix('x', 1, index, depth));
    expect(new Set(prefixes).size).toBe(5);
    expect(prefixes.filter((prefix) => /\[3[123]m/.test(prefix))).toEqual([]);
  });
});

describe('plainLine', () => {
  test.each([
    ['record', false, 'api │ hi\n'],
    ['failure', false, 'api ✗ hi\n'],
    ['stderr', false, 'api ! hi\n'],
    ['record', true, 'api │ hi\n'],
    ['failure', true, 'api \x1b[31m✗\x1b[0m hi\n'],
    ['stderr', true, 'api \x1b[2m!\x1b[0m hi\n'],
  ] as const)('marks a %s, colour: %s', (mark, color, line) => {
    expect(plainLine('api', mark, 'hi', color)).toBe(line);
  });

  test('makes the text visible', () => {
    expect(plainLine('api', 'record', 'a\r\n\x1b[2Jb', false)).toBe('api │ a^M^J^[[2Jb\n');
  });

  test('leaves colours out, or paints them anew', () => {
    const text = '\x1b[1;31mbad\x1b[m \x1b[Kx';
    expect(plainLine('api', 'record', text, true)).toBe('api │ bad ^[[Kx\n');
    expect(plainLine('api', 'record', text, true, '16')).toBe('api │ \x1b[1;31mbad\x1b[0m ^[[Kx\n');
  });

  test('law: is one line, and only our own sequences are in it', () => {
    fc.assert(fc.property(anyText, anyText, fc.boolean(), (name, text, color) => {
      const prefix = plainPrefix(name, 8, 3, color ? '256' : 'none');
      const line = plainLine(prefix, 'failure', text, color);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(line.split('\x1b')).toHaveLength(color ? 5 : 1);
      expect(displayWidth(plainPrefix(name, 8, 3, 'none'))).toBe(8);
    }), {numRuns: 500});
  });
});
