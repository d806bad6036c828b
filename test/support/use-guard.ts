import {afterAll, beforeAll} from 'vitest';
import {startGuard, type RunningGuard} from '../../src/guard/guard.ts';
import type {Guard} from '../../src/model/guard.ts';

/** A real guard for all tests of a file, without a cgroup: the tests' own process stays where it is. */
export const useGuard = (): Guard => {
  let running: RunningGuard;
  beforeAll(async () => {
    running = await startGuard({processes: 2, cgroup: false, onTrouble: () => {}});
  });
  afterAll(() => running.stop());
  return {
    tagOf: process => running.tagOf(process),
    groupStarted: group => running.groupStarted(group),
    groupEnded: group => running.groupEnded(group),
    tagged: process => running.tagged(process),
    outputPipe: () => running.outputPipe(),
    holders: links => running.holders(links),
  };
};
