import {describe, expect, test} from 'vitest';
import {isRunning} from '../support/processes.ts';
import {runKeepup, runReported, startKeepup} from '../support/run-keepup.ts';

const none = (...args: readonly string[]) => runKeepup(['--ui', 'none', ...args]);

describe.concurrent('our exit code', () => {
  test.each<[string, readonly string[], number]>([
    ['is 0 when all ended well', ['true', 'echo a'], 0],
    ['is 1 when one failed', ['true', 'exit 7'], 1],
    ['is 1 when one was killed by a signal', ['kill -9 $$'], 1],
    ['is 1 when one could not start', ['true', 'no-such-program-here'], 1],
    ['is 0 when a line was no JSON: that is not the process that failed', ['-f', 'json', 'echo no'], 0],
    ['is the first to end with --success first', ['--success', 'first', 'exit 3', 'sleep 0.7; exit 4'], 3],
    ['is the last to end with --success last', ['--success', 'last', 'exit 3', 'sleep 0.7; exit 4'], 4],
    ['is that of a name', ['--success', 'b', '-n', 'a,b', 'exit 3', 'exit 4'], 4],
    ['is 128 and the signal where that one was killed', ['--success', 'b', '-n', 'a,b', 'exit 3', 'kill -9 $$'], 137],
    [
      'is 0 where that one was stopped by us',
      ['--success', 'a', '-n', 'a,b', '--kill-others', 'sleep 1000', 'sleep 0.3; exit 4'],
      0,
    ],
    ['is 0 when --for is over', ['--for', '500ms', 'sleep 1000', 'echo a; sleep 1000'], 0],
    ['is 1 when one had failed before --for was over', ['--for', '3s', 'sleep 1000', 'exit 3'], 1],
  ])('%s', async (_title, args, code) => {
    expect((await none(...args)).code).toBe(code);
  });
});

describe('a signal to us', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s stops all children and makes %i', async (signal, code) => {
    const run = startKeepup([
      '--ui',
      'plain',
      'echo pid $$; exec sleep 1000',
      'sleep 1000 & echo pid $!; echo pid $$; wait',
    ]);
    const [, ...pids] = await run.until(/(?=[^]*?pid (\d+)[^]*?pid (\d+)[^]*?pid (\d+))/);
    run.child.kill(signal);
    const {code: got, stderr} = await run.ended;
    expect(got).toBe(code);
    expect(pids.map(pid => isRunning(Number(pid)))).toEqual([false, false, false]);
    expect(stderr.match(/ stopped \(SIGTERM\) /g)).toHaveLength(2);
  });

  test('that comes twice at once, as from a terminal and a launcher, is one', async () => {
    const run = startKeepup([
      '--ui',
      'plain',
      'trap "sleep 0.3; echo cleaned up; exit 0" TERM; echo ready; while :; do sleep 0.05; done',
    ]);
    await run.until(/ready/);
    run.child.kill('SIGINT');
    run.child.kill('SIGINT');
    expect(await run.ended).toMatchObject({code: 130, stdout: expect.stringContaining('cleaned up')});
  });

  test('that is repeated later does not wait for the grace', async () => {
    const run = startKeepup([
      '--ui',
      'plain',
      '--kill-timeout',
      '1h',
      'trap "echo not yet" TERM; echo ready; while :; do sleep 0.05; done',
    ]);
    await run.until(/ready/);
    run.child.kill('SIGTERM');
    await run.until(/not yet/);
    const again = setInterval(() => run.child.kill('SIGTERM'), 100);
    const {code, stderr} = await run.ended;
    clearInterval(again);
    expect(code).toBe(143);
    expect(stderr).toMatch(/stopped \(SIGKILL\)/);
  });
});

test('a reader who leaves ends us quietly with 0, children and all', async () => {
  for (const ui of ['plain', 'json']) {
    const run = startKeepup(['--ui', ui, '-f', 'text', 'echo pid $$; while :; do echo more; done']);
    const [, pid] = await run.until(/pid (\d+)/);
    run.child.stdout!.destroy();
    expect(await run.ended).toMatchObject({code: 0, stderr: ''});
    expect(isRunning(Number(pid))).toBe(false);
  }
});

test('a reader who stands still holds the children back, and loses nothing when it goes on', async () => {
  const run = startKeepup([
    '--ui',
    'plain',
    '-f',
    'text',
    '-n',
    'x',
    'yes "$(printf %090d 0)" | head -n 150000 | cat -n',
  ]);
  await run.until(/x │ +1 /);
  run.child.stdout!.pause();
  const {stdout} = run.child;
  // Nothing tells that nothing happens: the pipes are full long before.
  setTimeout(() => stdout!.resume(), 700);
  const {stdout: text, stderr} = await run.ended;
  const lines = text.slice(0, -1).split('\n');
  expect(lines).toHaveLength(150_000);
  expect(lines.findIndex((line, index) => !line.startsWith(`x │ ${String(index + 1).padStart(6)}  0000`))).toBe(-1);
  expect(stderr).toMatch(/^x +exit 0 +1 +150 000 /m);
  const [, heldSec] = /(\S+) s$/m.exec(stderr) ?? [];
  expect(Number(heldSec)).toBeGreaterThan(0.2);
});

test('--for ends a run whose children go on printing, and the books balance', async () => {
  const {code, report} = await runReported([
    '--for',
    '700ms',
    '-f',
    'text',
    'while :; do echo more; done',
    'yes "$(printf %090d 0)"',
  ]);
  expect(code).toBe(0);
  for (const {linesIn, records, pending, state, stoppedByUs} of report.processes) {
    expect(records + pending).toBe(linesIn);
    expect({state, stoppedByUs, some: records > 0}).toEqual({state: 'exited', stoppedByUs: true, some: true});
  }
});
