import {expect, test} from 'vitest';
import {newRunId, tagName} from '../../src/guard/run-tag.ts';
import {Watchdog} from '../../src/guard/watchdog.ts';
import {eventually} from '../support/eventually.ts';
import {kill, startLoose} from '../support/loose-processes.ts';
import {isRunning} from '../support/processes.ts';

const startWatchdog = () => {
  const troubles: string[] = [];
  const watchdog = new Watchdog({
    tag: tagName(newRunId()),
    cgroup: null,
    folder: null,
    onTrouble: text => troubles.push(text),
    nowMs: () => performance.now(),
  });
  watchdog.start();
  return {watchdog, troubles};
};

/** Kills the process that is now the watchdog; resolves with the one that took its place. */
const replaced = async (watchdog: Watchdog): Promise<number> => {
  const pid = watchdog.pid!;
  kill(pid);
  return (await eventually(() => watchdog.pid, now => now !== null && now !== pid))!;
};

test('stops at a goodbye, and leaves the groups alone', async () => {
  const {watchdog, troubles} = startWatchdog();
  const group = startLoose('sleep 1000');
  watchdog.groupStarted(group.pid);
  const pid = watchdog.pid!;
  await watchdog.stop();
  expect([isRunning(pid), isRunning(group.pid), watchdog.pid, troubles]).toEqual([false, true, null, []]);
});

test('is started anew when it is killed', async () => {
  const {watchdog, troubles} = startWatchdog();
  expect(isRunning(await replaced(watchdog))).toBe(true);
  expect(troubles).toEqual([]);
  await watchdog.stop();
});

test('that dies again and again is said once, and tried again more slowly', async () => {
  const {watchdog, troubles} = startWatchdog();
  const pids = new Set([watchdog.pid!]);
  for (let death = 0; death < 7; death++) pids.add(await replaced(watchdog));
  expect(pids.size).toBe(8);
  expect(troubles).toEqual([expect.stringContaining('watchdog')]);
  await watchdog.stop();
});

test('can be stopped while it is dead', async () => {
  const {watchdog} = startWatchdog();
  for (let death = 0; death < 4; death++) await replaced(watchdog);
  kill(watchdog.pid!);
  await eventually(() => watchdog.pid, pid => pid === null);
  await watchdog.stop();
  expect(watchdog.pid).toBeNull();
});
