import {describe, expect, test} from 'vitest';
import {table} from '../../src/text/table.ts';

describe('table', () => {
  test('aligns columns with two spaces between and no trailing ones', () => {
    expect(table(['name', 'lines', 'state'], [['api', '12', 'exited'], ['worker', '1234567', 'up']], ['left', 'right']))
      .toEqual([
        'name      lines  state',
        'api          12  exited',
        'worker  1234567  up',
      ]);
  });

  test('counts columns, not characters', () => {
    expect(table(['a', 'b'], [['日本', '1'], ['e\u0301', '2']], [])).toEqual(['a     b', '日本  1', 'e\u0301     2']);
  });

  test('makes cells visible and keeps a row one line', () => {
    expect(table(['a', 'b'], [['x\ny', '\x1b[2J']], [])).toEqual(['a     b', 'x^Jy  ^[[2J']);
  });

  test('fills missing cells, ignores surplus ones', () => {
    expect(table(['a', 'b'], [['1'], ['1', '2', '3']], [])).toEqual(['a  b', '1', '1  2']);
  });

  test('is only the header without rows', () => {
    expect(table(['a', 'b'], [], [])).toEqual(['a  b']);
  });
});
