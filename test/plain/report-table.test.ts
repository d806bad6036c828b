import {describe, expect, test} from 'vitest';
import type {Report} from '../../src/model/report.ts';
import type {ProcessSnapshot} from '../../src/model/snapshot.ts';
import type {ErrorGroup} from '../../src/model/tally.ts';
import {reportTable} from '../../src/plain/report-table.ts';
import {buildReport} from '../../src/state/report.ts';
import {sanitize} from '../../src/text/sanitize.ts';
import {displayWidth} from '../../src/text/width.ts';
import {processSnapshot} from '../support/process-snapshot.ts';

const ended = (code: number | null, signal: string | null, byUs = false): ProcessSnapshot['state'] => ({
  kind: 'exited',
  exit: {code, signal},
  byUs,
});

const reportOf = (processes: readonly Partial<ProcessSnapshot>[], groups: readonly ErrorGroup[] = []): Report =>
  buildReport({
    runName: 'shop',
    startedAtWallMs: Date.UTC(2026, 0, 2, 3, 4, 5),
    durationMs: 3_725_000,
    workers: 2,
    totals: {rates: processSnapshot().rates},
    processes: processes.map((process, index) => ({
      snapshot: processSnapshot({state: ended(0, null), ...process}),
      groups: index === 0 ? groups : [],
      durationMs: 1000,
    })),
  });

const rowOf = (lines: readonly string[], name: string): string => lines.find(line => line.startsWith(name)) ?? '';

const group = (template: string, count: number): ErrorGroup => ({
  kind: 'invalid-json',
  template,
  count,
  firstSeenMs: 0,
  lastSeenMs: 0,
  sample: {text: '', message: '', generation: 1, line: 1, offset: 0},
});

const ledger = {
  linesIn: 1_234_567,
  bytesIn: 98_765_432,
  records: 1_200_000,
  failures: 34_000,
  blank: 500,
  dropped: 60,
  pending: 7,
};

describe('the table', () => {
  test('starts with the run, and has exact counts', () => {
    const lines = reportTable(reportOf([{name: 'web', ledger, maxLagMs: 1234, heldMs: 5678, generation: 3}]));
    expect(lines[0]).toBe('keepup shop  2026-01-02T03:04:05.000Z  ran 01:02:05');
    expect(rowOf(lines, 'web').split(/ {2,}/)).toEqual([
      'web',
      'exit 0',
      '3',
      '1 234 567',
      '1 200 000',
      '34 000',
      '500',
      '60',
      '7',
      expect.stringMatching(/MB$|M$|B$/),
      expect.any(String),
      expect.any(String),
      '1.23 s',
      '5.7 s',
    ]);
  });

  test('sums up only where there is something to sum', () => {
    expect(rowOf(reportTable(reportOf([{name: 'web', ledger}])), 'total')).toBe('');
    expect(
      rowOf(
        reportTable(
          reportOf([
            {name: 'a', ledger},
            {name: 'b', ledger},
          ]),
        ),
        'total',
      ),
    ).toContain('2 469 134');
  });

  test.each<[ProcessSnapshot['state'], string]>([
    [ended(3, null), 'exit 3'],
    [ended(null, 'SIGKILL'), 'SIGKILL'],
    [ended(null, 'SIGTERM', true), 'stopped (SIGTERM)'],
    [ended(0, null, true), 'stopped (exit 0)'],
    [{kind: 'crash-loop', exit: {code: 1, signal: null}, restarts: 5}, 'crash loop (exit 1)'],
    [{kind: 'failed-to-start', failure: {what: 'x', errno: 'ENOENT', reason: 'r', next: 'n'}}, 'failed to start'],
    [{kind: 'running'}, 'running'],
  ])('says of %o: %s', (state, words) => {
    expect(rowOf(reportTable(reportOf([{name: 'web', state}])), 'web').split(/ {2,}/)[1]).toBe(words);
  });

  test('is aligned, whatever the names, and no name steers the terminal', () => {
    const names = [
      'a',
      '日本語',
      'e\u0301e\u0301',
      '\x1b[31mred\x1b[0m',
      'two\nlines',
      'r\u202etl',
      '🙂🙂',
      'x'.repeat(60),
    ];
    const lines = reportTable(reportOf(names.map(name => ({name, ledger, state: ended(3, null)}))));
    const rows = lines.slice(3, 3 + names.length);
    const columns = rows.map(row => displayWidth(row.slice(0, row.indexOf('exit 3'))));
    expect(new Set(columns).size).toBe(1);
    expect(new Set(rows.map(displayWidth)).size).toBe(1);
    for (const line of lines) expect(sanitize(line)).toBe(line);
  });

  test('has a row for each of many processes', () => {
    const names = Array.from({length: 200}, (_, index) => `worker#${index + 1}`);
    const lines = reportTable(reportOf(names.map(name => ({name, ledger}))));
    expect(names.every(name => lines.some(line => line.startsWith(`${name} `)))).toBe(true);
    expect(lines).toHaveLength(3 + 200 + 1);
  });
});

describe('behind the table', () => {
  test('stands why something did not start', () => {
    const failure = {what: './x\x1b', errno: 'ENOENT', reason: 'no such file', next: 'check the path'};
    expect(reportTable(reportOf([{name: 'web', state: {kind: 'failed-to-start', failure}}])).at(-1)).toMatch(
      /^web failed to start: \.\/x\^\[: .*no such file/,
    );
  });

  test('stand the largest error groups, five at the most, and their templates cut', () => {
    const groups = Array.from({length: 9}, (_, index) =>
      group(`${index} ${'long '.repeat(40)}\x1b`, 1000 * (index + 1)),
    );
    const lines = reportTable(reportOf([{name: 'web'}], groups));
    const rows = lines.filter(line => line.includes('invalid-json'));
    expect(rows.map(row => row.trim().split(/ {2,}/)[0])).toEqual(['9 000', '8 000', '7 000', '6 000', '5 000']);
    expect(Math.max(...rows.map(displayWidth))).toBeLessThan(125);
  });

  test.each([
    [1, 1, '1 line with invalid UTF-8', '1 line on stderr'],
    [2, 34_567, '2 lines with invalid UTF-8', '34 567 lines on stderr'],
  ])('stand invalid UTF-8 and stderr: %i, %i', (invalidUtf8, stderrLines, invalid, stderr) => {
    expect(reportTable(reportOf([{name: 'web', invalidUtf8, stderrLines}])).slice(-2)).toEqual([invalid, stderr]);
  });

  test('stands nothing where nothing is to say', () => {
    expect(reportTable(reportOf([{name: 'web'}]))).toHaveLength(4);
  });
});
