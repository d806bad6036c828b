import {spawn} from 'node:child_process';
import {afterEach} from 'vitest';

const groups: number[] = [];

afterEach(() => {
  for (const group of groups.splice(0)) kill(-group);
});

/** A shell script in a process group of its own, killed after the test as far as it is still there. */
export const startLoose = (
  script: string,
  env: Readonly<Record<string, string>> = {},
  stdio: 'ignore' | readonly ['ignore', number, 'ignore'] = 'ignore',
): {readonly pid: number; readonly exited: Promise<void>} => {
  const child = spawn('/bin/sh', ['-c', script], {
    detached: true,
    stdio: stdio === 'ignore' ? stdio : [...stdio],
    env: {PATH: process.env['PATH'], ...env},
  });
  const pid = child.pid!;
  groups.push(pid);
  return {pid, exited: new Promise(resolve => child.once('exit', () => resolve()))};
};

/** KILL; nothing if it is gone. A negative number is a group. */
export const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone.
  }
};
