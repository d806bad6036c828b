import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {isRunning} from '../support/processes.ts';
import {parserModule, tempFolder} from '../support/parser-module.ts';
import {runKeepup, startKeepup} from '../support/run-keepup.ts';

describe.concurrent('a full disk', () => {
  test.each([['plain'], ['json']])('under our output is said, and no success: %s', async ui => {
    const {code, stderr} = await runKeepup(['--ui', ui, '-n', 'x', 'echo a'], {stdoutFile: '/dev/full'});
    expect(code).toBe(1);
    expect(stderr).toMatch(/^keepup: stdout: ENOSPC.*; what was to be written there is lost$/m);
    expect(stderr).toMatch(/^x +/m);
  });

  test('under the report is said, and the report goes to stderr instead', async () => {
    const {code, stderr} = await runKeepup(['--ui', 'none', '--report', '/dev/full', 'echo a']);
    expect(code).toBe(1);
    expect(stderr).toContain('--report: /dev/full could not be written: ENOSPC');
    expect(JSON.parse(stderr.trim().split('\n').at(-1)!)).toMatchObject({version: 1});
    expect((await runKeepup(['--ui', 'none', '--report', '-', 'echo a'], {stdoutFile: '/dev/full'})).code).toBe(1);
  });

  test('under the log is no reason to end: what was to go there is said', async () => {
    const keeper = 'sleep 1000 & echo a';
    const {code, stderr} = await runKeepup(['--ui', 'plain', '--log', '/dev/full', '-n', 'x', keeper]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^keepup: x: output still held/m);
  });
});

describe('a reader who stands still', () => {
  const flood = 'yes "$(printf %090d 0)"';

  test('does not keep us from ending when we are told to, and is told of', async () => {
    const run = startKeepup(['--ui', 'plain', '-f', 'text', '-n', 'x', flood]);
    await run.until(/x │ 0/);
    run.child.stdout!.pause();
    run.child.kill('SIGTERM');
    await once(run.child, 'exit');
    run.child.stdout!.resume();
    const {code, stderr} = await run.ended;
    expect(code).toBe(143);
    expect(stderr).toMatch(/^keepup: stdout: its reader stands still; what was to be written there is lost$/m);
    expect(stderr).toMatch(/^x +stopped \(SIGTERM\) /m);
  });
});

test('warnings go to the log where there is one, with their time', async () => {
  const log = path.join(tempFolder(), 'keepup.log');
  const {stderr} = await runKeepup(['--ui', 'plain', '--log', log, '-n', 'x', 'sleep 1000 & echo a']);
  expect(stderr).not.toContain('still held');
  expect(readFileSync(log, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z x: output still held by PID \d+ .*\n$/);
});

test('a fault of ours ends with its stack and 1, and leaves no children behind', async () => {
  const {url} = parserModule(
    `import {isMainThread} from 'node:worker_threads';
     if (isMainThread) process.on('SIGUSR2', () => { throw new Error('boom'); });`,
  );
  const stubborn = 'trap "" TERM; echo pid $$; while :; do sleep 0.05; done';
  const run = startKeepup(['--ui', 'plain', stubborn], {env: {NODE_OPTIONS: `--import=${url}`}});
  const [, pid] = await run.until(/pid (\d+)/);
  run.child.kill('SIGUSR2');
  expect(await run.ended).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^keepup: internal error: Error: boom\n +at /m),
  });
  expect(isRunning(Number(pid))).toBe(false);
});
