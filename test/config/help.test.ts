import {describe, expect, test} from 'vitest';
import {HELP_COLUMNS, helpText, optionTableMarkdown} from '../../src/config/help.ts';
import {OPTIONS, OPTION_GROUPS} from '../../src/config/options.ts';

describe('helpText', () => {
  const rows = helpText().split('\n');

  test('fits its columns and has no trailing blanks', () => {
    expect(rows.filter(row => row.length > HELP_COLUMNS || /\s$/.test(row))).toEqual([]);
  });

  test.each(OPTIONS.map(option => option.name))('has one row for --%s', name => {
    expect(rows.filter(row => new RegExp(`^  (-\\w, |    )--${name}( |$)`).test(row))).toHaveLength(1);
  });

  test('has every group once, in order', () => {
    expect(rows.filter(row => OPTION_GROUPS.some(group => group === row))).toEqual([...OPTION_GROUPS]);
  });

  test('aligns all descriptions', () => {
    const starts = rows.filter(row => /^  (-\w, |    )--/.test(row)).map(row => /^  .{26}(?=\S)/.test(row));
    expect(new Set(starts)).toEqual(new Set([true]));
  });
});

describe('optionTableMarkdown', () => {
  test('has a row of three cells for each option', () => {
    const rows = optionTableMarkdown().split('\n');
    expect(rows).toHaveLength(OPTIONS.length + 2);
    for (const row of rows) expect(row.split('|')).toHaveLength(5);
  });

  test('writes options, values and defaults as the user would', () => {
    expect(optionTableMarkdown()).toContain('| `-i, --instances N` | `1` | run each command');
    expect(optionTableMarkdown()).toContain('| `--workers N` | as many as cores | ');
    expect(optionTableMarkdown()).toContain('| `--kill-others` |  | ');
  });
});
