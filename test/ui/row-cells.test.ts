import {describe, expect, it} from 'vitest';
import {cellsOf} from '../../src/ui/row-cells.ts';

describe('cellsOf', () => {
  it('gives each column its code unit and its style', () => {
    expect(cellsOf('a\u001B[1mbc\u001B[0;31md\u001B[0m│')).toEqual({
      text: 'abcd│',
      styles: ['', '1', '1', '31', ''],
    });
  });

  it('adds to a style that is not closed', () => {
    expect(cellsOf('\u001B[1ma\u001B[31mb\u001B[mc')).toEqual({text: 'abc', styles: ['1', '1;31', '']});
  });

  it('takes an empty row', () => {
    expect(cellsOf('')).toEqual({text: '', styles: []});
  });

  it.each([
    ['wide glyphs', '日'],
    ['joining marks', 'e\u0301'],
    ['moves to a column', 'a\u001B[5Gb'],
    ['erased cells', '\u001B[3Xabc'],
    ['a sequence that does not end', 'a\u001B[1'],
    ['an escape sequence of another kind, though an m follows', 'a\u001B]0;m'],
  ])('refuses %s', (_, row) => {
    expect(cellsOf(row)).toBeNull();
  });
});
