import {describe, expect, test} from 'vitest';
import {sightFacts, sightOf, type Sight} from './story.ts';

describe('sightOf', () => {
  test('finds the records and the lines', () => {
    const text = [
      '│   1.2 k/s    31 kB/s   records    812   ✗      0   │',
      '│ 10:00:00.000 line 1 at 1790000000000               │',
      '│ 10:00:01.000 line 1001 at 1790000000025            │',
      '│ 10:00:02.000 line 2001 at 17900                    │',
    ].join('\n');
    expect(sightOf(text, 7)).toEqual({
      wallMs: 7,
      records: 812,
      lines: [{number: 1, atMs: 1_790_000_000_000}, {number: 1001, atMs: 1_790_000_000_025}],
    });
  });

  test.each([
    ['records      0   ✗', 0],
    ['records     42   ✗', 42],
    ['records 12.4 k   ✗', null],
    ['records', null],
    ['', null],
  ])('reads %j as %s records', (text, records) => {
    expect(sightOf(text, 0)).toEqual({wallMs: 0, records, lines: []});
  });
});

const sight = (wallMs: number, records: number | null, ...lines: readonly [number: number, atMs: number][]): Sight => ({
  wallMs,
  records,
  lines: lines.map(([number, atMs]) => ({number, atMs})),
});

describe('sightFacts', () => {
  test.each([
    ['no change', [sight(0, 1), sight(900, 1)], 900],
    ['one change', [sight(0, 1), sight(400, 1), sight(500, 2), sight(800, 2)], 500],
    ['the end', [sight(0, 1), sight(100, 2), sight(800, 2)], 700],
    ['a covered number', [sight(0, 1), sight(400, null), sight(500, 1), sight(600, 2)], 600],
    ['nothing seen', [sight(0, null), sight(100, null)], 0],
  ] as const)('tells how long the records stood still: %s', (_, sights, ms) => {
    expect(sightFacts(sights, 1).stillMaxMs).toBe(ms);
  });

  test('takes the age of the newest line, where one is seen', () => {
    const sights = [
      sight(1000, 1, [1, 100], [2, 400]),
      sight(1500, 1, [2, 400]),
      sight(9000, null),
      sight(2000, 2, [3, 1900]),
    ];
    expect(sightFacts(sights, 1).ageMaxMs).toBe(1100);
  });

  test('counts each line once, and those that no sample has', () => {
    const sights = [sight(0, 1, [1, 0], [1001, 0]), sight(1, 2, [1001, 0], [1002, 0], [5001, 0])];
    expect(sightFacts(sights, 1000)).toMatchObject({judgedLines: 2, shownLines: 4, unevenLines: 1});
    expect(sightFacts(sights, 1)).toMatchObject({shownLines: 4, unevenLines: 0});
  });
});
