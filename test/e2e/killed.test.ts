import {describe, expect, test} from 'vitest';
import {killRound, type KillRound} from '../support/kill-round.ts';

const ROUNDS: [string, KillRound][] = [
  ['while it idles', {load: 'idle', cgroup: false}],
  ['while its processes start others all the time, and leave them', {load: 'storm', cgroup: false, afterMs: 70}],
  ['while it restarts', {load: 'restarting', cgroup: false, afterMs: 30}],
  ['while its processes are stopped', {load: 'paused', cgroup: false}],
  ['while it waits for stubborn ones to end', {load: 'quitting', cgroup: false}],
  ['in a storm, in a cgroup', {load: 'storm', cgroup: true, afterMs: 110}],
  ['after its watchdog was killed', {load: 'idle', cgroup: false, killsWatchdog: true}],
  ['after its watchdog was killed, in a cgroup', {load: 'idle', cgroup: true, killsWatchdog: true}],
];

describe('when keepup is killed, nothing of it goes on', () => {
  test.each(ROUNDS)('%s', async (_title, round) => {
    expect(await killRound(round)).toEqual([]);
  }, 60_000);

  test('which is due to the watchdog: without, they do', async () => {
    expect((await killRound({load: 'idle', cgroup: false, watchdog: false})).length).toBeGreaterThan(2);
  }, 60_000);
});
