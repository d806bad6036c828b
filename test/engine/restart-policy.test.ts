import {describe, expect, test} from 'vitest';
import {RestartGovernor} from '../../src/engine/restart-policy.ts';

const ok = {code: 0, signal: null};
const failed = {code: 1, signal: null};
const killed = {code: null, signal: 'SIGSEGV'};

describe('RestartGovernor', () => {
  test.each([
    ['never', failed, 'stay'],
    ['on-failure', ok, 'stay'],
    ['on-failure', failed, 'restart'],
    ['on-failure', killed, 'restart'],
    ['always', ok, 'restart'],
  ] as const)('%s: %o → %s', (policy, exit, want) => {
    expect(new RestartGovernor(policy, () => 0).decide(exit, 5, 0).kind).toBe(want);
  });

  test('waits longer each time, from 1 to 30 s', () => {
    const governor = new RestartGovernor('always', () => 0.999_999);
    const delays = [0, 1, 2, 3, 4, 5, 6, 7].map(round => {
      const decision = governor.decide(failed, 100, round * 61_000);
      return decision.kind === 'restart' ? decision.delayMs : null;
    });
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  test('jitter halves a delay at the most and never goes below a second', () => {
    const governor = new RestartGovernor('always', () => 0);
    expect([0, 1, 2].map(() => governor.decide(failed, 100, 0))).toMatchObject([{delayMs: 1000}, {delayMs: 1000}, {delayMs: 2000}]);
  });

  test('a run of ten seconds begins the backoff anew', () => {
    const governor = new RestartGovernor('always', () => 0.999_999);
    for (const now of [0, 1, 2]) governor.decide(failed, 100, now);
    expect(governor.decide(failed, 10_000, 3)).toMatchObject({delayMs: 1000});
  });

  test('more than five in a minute are a crash loop; by hand it may begin anew; older ones do not count', () => {
    const governor = new RestartGovernor('always', () => 0);
    for (let round = 0; round < 5; round++) expect(governor.decide(failed, 1, round).kind).toBe('restart');
    expect(governor.decide(failed, 1, 59_999)).toEqual({kind: 'crash-loop', restarts: 5});
    expect(governor.decide(failed, 1, 60_001).kind).toBe('restart');
    governor.forgive();
    for (let round = 0; round < 5; round++) expect(governor.decide(failed, 1, 60_002).kind).toBe('restart');
  });
});
