import {spawn} from 'node:child_process';
import path from 'node:path';
import {describe, expect, test} from 'vitest';

type Ended = {readonly code: number | null; readonly stderr: string; readonly stdout: string};

/** Runs keepup by a shell line that ends in `exec "$@"`, so that limits can be set before. */
const runUnder = (line: string, args: readonly string[]): Promise<Ended> =>
  new Promise(resolve => {
    const child = spawn('/bin/sh', ['-c', line, 'sh', process.execPath, path.resolve('dist/launcher.js'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {...process.env, NODE_ENV: undefined, KEEPUP_CHECK: '1'},
    });
    const written = {stdout: '', stderr: ''};
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => (written[name] += chunk.toString()));
    }
    child.once('close', code => resolve({code, ...written}));
  });

const many = (count: number, command: string): string[] => Array.from({length: count}, () => command);

describe('without file descriptors', () => {
  test('those that can not start say so, the others run on', async () => {
    const args = ['--ui', 'plain', '--for', '3s', ...many(30, 'echo hello; sleep 60')];
    const {code, stdout, stderr} = await runUnder('ulimit -n 64; exec "$@"', args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/failed to start: .*no file descriptors left \(ulimit -n\) \(EMFILE\); free some/);
    expect(stdout).toContain('hello');
    expect(stderr).not.toContain('internal error');
  }, 60_000);

  test('a start is tried again where the restart policy says so', async () => {
    const args = ['--ui', 'plain', '--restart', 'on-failure', '--for', '5s', ...many(30, 'sleep 60')];
    const {stderr} = await runUnder('ulimit -n 64; exec "$@"', args);
    expect(stderr).toMatch(/failed to start: .*\(EMFILE\); restarting in \d+ s/);
    expect(stderr).toMatch(/failed to start: .*\(EMFILE\); free some/);
    expect(stderr).not.toContain('internal error');
  }, 60_000);
});
