import {describe, expect, it} from 'vitest';
import {drawFrame, guarded} from '../../src/ui/frame.ts';
import {chartRows} from '../../src/ui/chart.ts';
import {span} from '../../src/ui/row.ts';
import {PLAIN_LOOK, plain} from '../support/scene.ts';

const draw = (title: string, facts: string, width: number): string[] =>
  drawFrame(
    {border: PLAIN_LOOK.glyphs.border, role: 'dim', title: [span(title)], facts: facts === '' ? [] : [span(facts)]},
    ['a'.repeat(width - 2)],
    {left: 0, top: 0, width, height: 4},
    PLAIN_LOOK,
  ).map(plain);

describe('a frame', () => {
  it('draws a box around its rows', () => {
    expect(draw('name', 'up 3', 20)).toEqual([
      '╭─ name ──── up 3 ─╮',
      '│aaaaaaaaaaaaaaaaaa│',
      '│                  │',
      '╰──────────────────╯',
    ]);
  });

  it.each([
    [
      'cuts a long title before it gives up the facts',
      'a very long name of a process',
      'up 3',
      30,
      '╭─ a very long nam… ─ up 3 ─╮'.length,
    ],
    ['leaves the facts out when hardly a title would be left', 'a very long name', 'pid 1 · gen 2 · up 3', 30, 30],
  ])('%s', (_, title, facts, width) => {
    const [top = ''] = draw(title, facts, width);
    expect(top).toHaveLength(width);
    expect(top).toMatch(/^╭─ a very .*╮$/);
  });
});

describe('a row with glyphs of doubtful width', () => {
  it('is blanked first and followed by an absolute move', () => {
    expect(guarded('日本', 4, 12)).toBe('\u001B[4X日本\u001B[12G');
  });

  it('is left as it is when no width is in doubt', () => {
    expect(guarded('\u001B[2mplain ─ ▇ é\u001B[0m', 11, 12)).toBe('\u001B[2mplain ─ ▇ é\u001B[0m');
  });
});

describe('a chart', () => {
  it('has the highest value at the top and the newest at the right', () => {
    expect(chartRows([0, 1, 2, 4, 8], 6, 2, PLAIN_LOOK.glyphs)).toEqual(['     █', ' ▁▂▄██']);
  });

  it.each([
    [[], 5, 2],
    [[0, 0], 5, 3],
    [[1, 2, 3], 2, 1],
    [Array.from({length: 500}, (_, i) => i), 100, 4],
  ])('of %j is exactly as wide as it should be', (values, width, height) => {
    const rows = chartRows(values, width, height, PLAIN_LOOK.glyphs);
    expect(rows.map((row) => row.length)).toEqual(Array.from({length: height}, () => width));
  });
});
