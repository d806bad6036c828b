import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {startTimeOf} from '../../src/guard/start-time.ts';
import {startLoose} from '../support/loose-processes.ts';

test('tells when a process was started, whatever its name looks like', () => {
  const {pid} = startLoose('exec sleep 1000');
  const [boot, own] = [startTimeOf(1), startTimeOf(process.pid)];
  expect(own).toMatch(/^\d+$/);
  expect(Number(startTimeOf(pid))).toBeGreaterThanOrEqual(Number(own));
  expect(Number(boot)).toBeLessThanOrEqual(Number(own));
});

test('knows nothing of a process that is gone', () => {
  expect(startTimeOf(spawnSync('true').pid)).toBeNull();
});
