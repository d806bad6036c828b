import {readdirSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {loadReport, saveReport} from '../../src/wire/saved-reports.ts';
import {emptyReport} from '../support/ending.ts';
import {tempFolder} from '../support/parser-module.ts';

describe('reports of ended runs', () => {
  test('are kept by name, the newest of each, for this user alone', async () => {
    const folder = tempFolder();
    const before = process.umask(0);
    try {
      await saveReport(folder, 'web', {...emptyReport, durationMs: 1});
      await saveReport(folder, 'a/b', {...emptyReport, durationMs: 2});
      const file = await saveReport(folder, 'web', {...emptyReport, durationMs: 3});
      expect(statSync(file).mode & 0o777).toBe(0o600);
    } finally {
      process.umask(before);
    }
    expect(await loadReport(folder, 'web')).toMatchObject({durationMs: 3});
    expect(await loadReport(folder, 'a/b')).toMatchObject({durationMs: 2});
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('only the newest 50 stay, and nothing else goes', async () => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'web.sock'), '');
    for (let n = 0; n < 53; n++) {
      const file = await saveReport(folder, `run-${n}`, emptyReport);
      if (n < 52) utimesSync(file, 1000 + n, 1000 + n);
    }
    const files = readdirSync(folder);
    expect(files).toHaveLength(51);
    expect(files).toContain('web.sock');
    for (const [n, kept] of [[2, null], [3, emptyReport], [52, emptyReport]] as const) {
      expect(await loadReport(folder, `run-${n}`)).toEqual(kept);
    }
  });

  test('what is none, or of another version, is null', async () => {
    const folder = tempFolder();
    expect(await loadReport(folder, 'web')).toBeNull();
    for (const text of ['{"version":', 'null', '{"version":99}']) {
      writeFileSync(path.join(folder, 'web.report.json'), text);
      expect(await loadReport(folder, 'web')).toBeNull();
    }
  });

  test('one that can’t be written is said, and leaves nothing behind', async () => {
    await expect(saveReport(path.join(tempFolder(), 'no'), 'web', emptyReport)).rejects.toThrow(/ENOENT/);
  });
});
