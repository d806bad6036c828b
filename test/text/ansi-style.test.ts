import {describe, expect, test} from 'vitest';
import {applySgr, PLAIN_STYLE} from '../../src/text/ansi-style.ts';
import type {AnsiStyle} from '../../src/text/ansi-style.ts';

const palette = (index: number) => ({kind: 'palette', index}) as const;
const rgb = (red: number, green: number, blue: number) => ({kind: 'rgb', red, green, blue}) as const;
const after = (...sequences: readonly string[]): AnsiStyle => sequences.reduce(applySgr, PLAIN_STYLE);

describe('applySgr', () => {
  test.each<[string, Partial<AnsiStyle>]>([
    ['1', {bold: true}],
    ['2;3;4', {dim: true, italic: true, underline: true}],
    ['7;9', {inverse: true, strike: true}],
    ['31', {foreground: palette(1)}],
    ['97;100', {foreground: palette(15), background: palette(8)}],
    ['38;5;208', {foreground: palette(208)}],
    ['48;2;1;2;3', {background: rgb(1, 2, 3)}],
    ['38;2;1;2;3;1', {foreground: rgb(1, 2, 3), bold: true}],
    ['38:5:208', {foreground: palette(208)}],
    ['38:2:1:2:3', {foreground: rgb(1, 2, 3)}],
    ['38:2::1:2:3', {foreground: rgb(1, 2, 3)}],
    ['38:2:0:1:2:3:0:0;1', {foreground: rgb(1, 2, 3), bold: true}],
    ['4:3', {underline: true}],
    ['21', {underline: true}],
    ['58;2;31;31;31;1', {bold: true}],
    ['58:5:31', {}],
  ])('%s', (parameters, style) => {
    expect(after(parameters)).toEqual({...PLAIN_STYLE, ...style});
  });

  test.each(['', '0', ';', '5', '6', '8', '28', '10', '53', '99', '999999999999', '1;0', '31;39', '4;4:0', '1;22', '41;49',
    '38', '38;5', '38;5;256', '38;2;1;2', '38;2;300;0;0', '38:5', '38:9:1', '38;9', '58', '3;23', '7;27', '9;29', '4;24'])(
    'leaves nothing set: %j',
    (parameters) => {
      expect(after(parameters)).toBe(PLAIN_STYLE);
    },
  );

  test('adds to what was set', () => {
    expect(after('1;31', '44', '22')).toEqual({...PLAIN_STYLE, foreground: palette(1), background: palette(4)});
    expect(after('1;31', '44', '')).toBe(PLAIN_STYLE);
  });
});
