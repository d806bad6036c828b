import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ColorDepth} from '../../src/model/color.ts';
import {styleCodes} from '../../src/text/ansi-codes.ts';
import {contrastOf, reduceColor, rgbOf} from '../../src/text/ansi-colors.ts';
import {applySgr, PLAIN_STYLE} from '../../src/text/ansi-style.ts';

const codes = (parameters: string, depth: ColorDepth): string => styleCodes(applySgr(PLAIN_STYLE, parameters), depth);
const rgb = (red: number, green: number, blue: number) => ({kind: 'rgb', red, green, blue}) as const;

describe('styleCodes', () => {
  test.each<[string, ColorDepth, string]>([
    ['1;3;31', '16', '1;3;31'],
    ['2;4;7;9;92;101', 'true', '2;4;7;9;92;101'],
    ['38;5;208', 'true', '38;5;208'],
    ['38;5;208', '256', '38;5;208'],
    ['38;5;203', '16', '91'],
    ['38;2;215;135;0', 'true', '38;2;215;135;0'],
    ['38;2;215;135;0', '256', '38;5;172'],
    ['38;2;200;10;10', '16', '31'],
    ['48;5;22;37', '16', '37;40'],
    ['1;31', 'none', ''],
    ['0', 'true', ''],
  ])('%s in depth %s is %s', (parameters, depth, expected) => {
    expect(codes(parameters, depth)).toBe(expected);
  });

  test.each<[string, string, string]>([
    ['black on nothing', '30', ''],
    ['white on nothing', '97', ''],
    ['nearly black on nothing', '38;2;10;10;10', ''],
    ['bold black on nothing', '1;30', '1'],
    ['grey on nothing stays', '90', '90'],
    ['yellow on nothing stays', '93', '93'],
    ['red on red', '31;41', '97;41'],
    ['white on white', '37;47', '30;47'],
    ['nearly the same', '38;2;1;1;1;48;2;0;0;0', '97;48;2;0;0;0'],
    ['a ground alone', '43', '30;43'],
    ['a dark ground alone', '40', '97;40'],
    ['black on white stays', '30;47', '30;47'],
  ])('%s can be read', (_, parameters, expected) => {
    expect(codes(parameters, 'true')).toBe(expected);
  });

  test('law: what has a ground differs from it, in every depth', () => {
    const color = fc.oneof(
      fc.nat(255).map((index) => `5;${index}`),
      fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => `2;${parts.join(';')}`),
    );
    fc.assert(fc.property(color, color, fc.constantFrom('16', '256', 'true'), (front, back, depth) => {
      const {foreground, background} = applySgr(PLAIN_STYLE, codes(`38;${front};48;${back}`, depth));
      expect(foreground).not.toBeNull();
      expect(contrastOf(rgbOf(foreground!), rgbOf(background!))).toBeGreaterThan(1.25);
    }), {numRuns: 1000});
  });
});

describe('reduceColor', () => {
  test('keeps what the terminal can show', () => {
    expect(reduceColor(rgb(1, 2, 3), 'true')).toEqual(rgb(1, 2, 3));
    expect(reduceColor({kind: 'palette', index: 200}, '256')).toEqual({kind: 'palette', index: 200});
    expect(reduceColor({kind: 'palette', index: 15}, '16')).toEqual({kind: 'palette', index: 15});
  });

  test('finds the colour itself where the palette has it', () => {
    for (let index = 16; index < 256; index += 1) {
      const parts = rgbOf({kind: 'palette', index});
      expect(rgbOf(reduceColor(rgb(...parts), '256'))).toEqual(parts);
    }
  });

  test.each<[number, number, number, number]>([
    [255, 0, 0, 9], [200, 0, 0, 1], [0, 0, 0, 0], [250, 250, 250, 15], [130, 130, 130, 8],
  ])('%i %i %i is colour %i of 16', (red, green, blue, index) => {
    expect(reduceColor(rgb(red, green, blue), '16')).toEqual({kind: 'palette', index});
  });
});
