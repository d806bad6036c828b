import {describe, expect, test} from 'vitest';
import {ledgerGap} from '../../src/model/ledger.ts';
import {FAILURE_KINDS, LEVELS} from '../../src/model/verdict.ts';
import {runKeepup, runReported} from '../support/run-keepup.ts';

const isoTime: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const number: unknown = expect.any(Number);
const allOf = (keys: readonly string[]): Record<string, unknown> => Object.fromEntries(keys.map(key => [key, number]));

const counts = {
  bytesIn: number,
  linesIn: number,
  records: number,
  failures: number,
  blank: number,
  dropped: number,
  pending: number,
  failureKinds: allOf(FAILURE_KINDS),
  levels: allOf(LEVELS),
  invalidUtf8: number,
  stderrLines: number,
  meanLinesPerSec: number,
  peakLinesPerSec: number,
  maxLagMs: number,
  heldMs: number,
  durationMs: number,
};

const mixed = [
  `echo '{"level":"info","msg":"a"}'`,
  `echo '{"level":"error","msg":"disk 7 full"}'`,
  `echo '{"level":"error","msg":"disk 8 full"}'`,
  `echo '{"level":"error","msg":"disk 9 full"}'`,
  'echo bad 1',
  'echo bad 2',
  'echo',
  String.raw`printf '{"a":"\377"}\n[1]'`,
  'echo oops >&2',
].join('; ');

describe.concurrent('a report', () => {
  test('has all its keys, as numbers, strings and times, for each process and in total', async () => {
    const {report} = await runReported(['--run-name', 'my run', '--workers', '1', '-f', 'json', '-n', 'web', mixed]);
    const group = {
      kind: expect.any(String),
      template: expect.any(String),
      count: number,
      firstSeen: isoTime,
      lastSeen: isoTime,
      sample: expect.any(String),
      sampleLine: number,
      sampleOffset: number,
      sampleGeneration: number,
    };
    const errorGroups = [group, group, group];
    expect(report).toEqual({
      version: 1,
      runName: 'my run',
      startedAt: isoTime,
      durationMs: number,
      workers: 1,
      totals: {...counts, generations: 1, processes: 1, errorGroups},
      processes: [
        {
          ...counts,
          name: 'web',
          command: mixed,
          format: 'json',
          state: 'exited',
          exitCode: 0,
          signal: null,
          stoppedByUs: false,
          startError: null,
          generations: 1,
          errorGroups,
        },
      ],
    });
  });

  test('counts what was printed, groups failures and errors, and gives samples with their places', async () => {
    const {report} = await runReported(['-f', 'json', '-n', 'web', mixed]);
    const [process] = report.processes;
    expect(process).toMatchObject({
      linesIn: 9,
      records: 5,
      failures: 3,
      blank: 1,
      dropped: 0,
      pending: 0,
      invalidUtf8: 1,
      stderrLines: 1,
      levels: {info: 1, error: 3, none: 1},
      failureKinds: {'invalid-json': 2, 'not-an-object': 1},
    });
    expect(
      process!.errorGroups.map(({kind, template, count, sampleLine}) => [kind, template, count, sampleLine]),
    ).toEqual([
      ['error', 'disk <n> full', 3, 4],
      ['invalid-json', 'bad <n>', 2, 6],
      ['not-an-object', expect.any(String), 1, 9],
    ]);
    const {sample, sampleOffset} = process!.errorGroups[1]!;
    expect([sample, sampleOffset]).toEqual(['bad 2', 27 + 3 * 38 + 6]);
    expect(report.totals.errorGroups).toEqual(process!.errorGroups);
  });

  test('balances and sums up', async () => {
    const {report} = await runReported(['-f', 'json', mixed, 'seq 1 1000', `seq 1 500 | sed 's/.*/{"n":&}/'`]);
    for (const books of [...report.processes, report.totals]) expect(ledgerGap(books)).toBe(0);
    for (const key of ['linesIn', 'bytesIn', 'records', 'failures', 'blank', 'stderrLines', 'generations'] as const) {
      expect(report.totals[key]).toBe(report.processes.reduce((sum, process) => sum + process[key], 0));
    }
    expect(report.totals.linesIn).toBe(1509);
  });

  test('goes to stdout with -, alone or behind the lines', async () => {
    const alone = await runKeepup(['--ui', 'none', '--report', '-', '-n', 'x', 'echo a']);
    expect(JSON.parse(alone.stdout)).toMatchObject({version: 1, processes: [{name: 'x', linesIn: 1}]});
    const behind = await runKeepup(['--ui', 'plain', '--report', '-', '-n', 'x', 'echo a']);
    const [line, json, ...rest] = behind.stdout.split('\n');
    expect([line, rest]).toEqual(['x │ a', ['']]);
    expect(JSON.parse(json!)).toMatchObject({version: 1});
  });

  test('hides secrets of command lines, and is printable', async () => {
    const {report} = await runReported(['-n', 'x\x1b', 'true --token=hunter2']);
    expect(report.processes[0]).toMatchObject({command: 'true --token=***', name: 'x\x1b'});
    const {stdout} = await runKeepup(['--ui', 'none', '--report', '-', '-n', 'x\x1b\u202e', 'true']);
    expect(stdout).toMatch(/^[ -~]*\n$/);
  });

  test('is written though a signal ends us', async () => {
    const {code, report} = await runReported(['-n', 'x', 'kill $PPID; echo a; exec sleep 1000']);
    expect(code).toBe(143);
    expect(report.processes[0]).toMatchObject({state: 'exited', stoppedByUs: true, signal: 'SIGTERM', linesIn: 1});
  });
});
