import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {errorTemplate} from '../../src/state/error-template.ts';
import {generateDataset} from './dataset.ts';
import {evenLines, growthTable, lostOfFiles, withChange, withErrors} from './growth.ts';
import {isRecordLine} from './judge-line.ts';

const textOf = async (lines: number): Promise<string> => {
  const dir = mkdtempSync(join(tmpdir(), 'keepup-growth-'));
  const {path} = await generateDataset(dir, lines);
  const text = readFileSync(path, 'utf8');
  rmSync(dir, {recursive: true});
  return text;
};

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);
const errorsOf = (text: string): string[] => linesOf(text).filter(line => line.startsWith('{"level":50,'));
const templatesOf = (texts: readonly string[]): Set<string> =>
  new Set(texts.flatMap(errorsOf).map(line => errorTemplate(JSON.parse(line).msg)));

describe('withErrors', () => {
  test.each([0, 1, 8, 9, 19, 1000])('makes one line in ten of %d an error, and keeps all else', async count => {
    const text = await textOf(count);
    const changed = withErrors(text, 50_000, 0);
    expect(errorsOf(changed)).toHaveLength(Math.floor((count + 1) / 10));
    expect(linesOf(changed).map(line => line.length)).toEqual(linesOf(text).map(line => line.length));
    expect(linesOf(changed).filter(isRecordLine)).toHaveLength(linesOf(text).filter(isRecordLine).length);
  });

  test.each([1, 7, 1000, 50_000])('makes %d shapes, shared out over the files', async shapes => {
    const text = await textOf(10_000);
    const templates = [0, 1000, 2000].map(firstError => withErrors(text, shapes, firstError));
    expect(templatesOf(templates).size).toBe(Math.min(shapes, 3000));
  });

  test('makes 50,000 shapes in all where there are so many errors', () => {
    expect(templatesOf([withErrors('{}\n'.repeat(500_000), 50_000, 12_345)]).size).toBe(50_000);
  });
});

describe('evenLines', () => {
  test.each([
    [0, 256],
    [1, 256],
    [2560, 2560],
    [20_000, 19_968],
    [1_000_000, 999_936],
  ])('of %d are %d', (total, lines) => {
    expect(evenLines(total)).toBe(lines);
  });
});

describe('lostOfFiles', () => {
  const files = [1, 2].map(() => ({path: '', bytes: 20_000, lines: 100, failures: 1}));

  test.each([
    [{}, 0],
    [{lines: 199, records: 197}, 1],
    [{records: 197, failures: 3}, 2],
    [{bytes: 39_999}, 1],
    [{lines: null}, NaN],
  ])('of %j is %d', (counts, lost) => {
    expect(lostOfFiles({bytes: 40_000, lines: 200, records: 198, failures: 2, ...counts}, files)).toBe(lost);
  });
});

test('a table tells each group from its first row', () => {
  const row = {wallS: 2, lostLines: 0};
  const rows = [
    ...withChange([{...row, what: '1 child', mbPerS: 200}, {...row, what: '8 children', mbPerS: 150}]),
    ...withChange([{...row, what: 'full', mbPerS: 99.6}, {...row, what: 'fuller', mbPerS: 109.56, lostLines: 3}]),
  ];
  expect(growthTable(rows).split('\n')).toEqual([
    'what        wall s  MB/s  change  lost',
    '1 child       2.00   200             0',
    '8 children    2.00   150   -25 %     0',
    'full          2.00   100             0',
    'fuller        2.00   110   +10 %     3',
  ]);
});
