import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {generateDataset} from './dataset.ts';
import {isRecordLine} from './judge-line.ts';
import type {Measured} from './measure.ts';
import {lostLines} from './results.ts';

const BENCH = fileURLToPath(new URL('bench.ts', import.meta.url));

describe('the bench', () => {
  test('runs every contender and loses no line', () => {
    const {status, stdout, stderr} = spawnSync(process.execPath, [BENCH, '--lines', '2000', '--presses', '4'], {
      encoding: 'utf8',
    });
    expect(stdout, stderr).toContain('reached: lines lost: 0');
    expect(stdout.match(/^\| [a-e] \|/gm)).toHaveLength(7);
    expect(stdout).toMatch(/key to screen while flooded, p99 of 4: \d+ ms/);
    expect(status).toBe(0);
  }, 60_000);

  test('generates lines of 200 bytes, of which one in a hundred is no record', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'keepup-dataset-'));
    const data = await generateDataset(dir, 10_050);
    const lines = readFileSync(data.path, 'utf8').split('\n').slice(0, -1);
    rmSync(dir, {recursive: true});
    expect(data).toMatchObject({lines: 10_050, failures: 100, bytes: 9950 * 200 + 100 * 101});
    expect(lines).toHaveLength(10_050);
    expect(lines.filter(line => !isRecordLine(line))).toHaveLength(100);
    expect(new Set(lines.filter(isRecordLine).map(line => line.length))).toEqual(new Set([199]));
  });
});

describe('lostLines', () => {
  const data = {path: '', bytes: 20_000, lines: 100, failures: 1};
  const usage = {cpuS: 0, childrenCpuS: 0};
  const measured = (counts: Partial<Measured['counts']>): Measured => ({
    wallS: 1,
    usage,
    peakPssMb: 0,
    counts: {bytes: 100_000, lines: 500, records: 495, failures: 5, ...counts},
  });

  test.each([
    [{}, 0],
    [{lines: 499, records: 494}, 1],
    [{records: 494, failures: 6}, 2],
    [{lines: 501}, 1],
    [{bytes: 99_999}, 1],
    [{lines: null, records: null, failures: null}, 0],
    [{lines: null, records: null, failures: null, bytes: 1}, NaN],
  ])('of %j is %d', (counts, lost) => {
    expect(lostLines(measured(counts), data)).toBe(lost);
  });
});
