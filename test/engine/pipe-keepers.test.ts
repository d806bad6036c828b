import {describe, expect, test} from 'vitest';
import {keepersOf, PipeKeepers} from '../../src/engine/pipe-keepers.ts';
import {noGuard} from '../support/no-guard.ts';

const open = (find: () => readonly number[], lastOutputAtMs = 0) => ({endedAtMs: 10_000, lastOutputAtMs, find});

describe('who holds the output of an exited process', () => {
  test('is looked for a second after the exit, said once, and looked at again now and then', () => {
    const keepers = new PipeKeepers();
    let pids: readonly number[] = [7];
    const output = open(() => pids);
    expect([keepers.tick(output, 10_900), keepers.pids]).toEqual([false, null]);
    expect([keepers.tick(output, 11_000), keepers.pids]).toEqual([true, [7]]);
    pids = [7, 8];
    expect([keepers.tick(output, 12_000), keepers.pids]).toEqual([false, [7]]);
    expect([keepers.tick(output, 14_000), keepers.pids]).toEqual([true, [7, 8]]);
  });

  test('is said though something is still printed', () => {
    const keepers = new PipeKeepers();
    keepers.tick(open(() => [7], 10_990), 11_000);
    expect(keepers.pids).toEqual([7]);
  });

  test('is unknown when nobody is found and nothing comes; while something comes, it may be the rest of it', () => {
    const keepers = new PipeKeepers();
    expect([keepers.tick(open(() => [], 10_990), 11_000), keepers.pids]).toEqual([false, null]);
    expect([keepers.tick(open(() => [], 10_990), 11_990), keepers.pids]).toEqual([true, []]);
  });

  test('is nobody once it is closed', () => {
    const keepers = new PipeKeepers();
    keepers.tick(open(() => [7]), 11_000);
    expect([keepers.tick(null, 11_100), keepers.pids]).toEqual([true, null]);
    expect(keepers.tick(null, 11_200)).toBe(false);
  });
});

describe('keepers', () => {
  const guard = {...noGuard, holders: (links: readonly string[]) => links.map(Number)};

  test('of named pipes are those that hold them, and no one else', () => {
    expect(keepersOf(['3', '2'], guard, {groupId: process.pid, strays: [9]})).toEqual([3, 2]);
  });

  test('of others may be whoever is left of the process', () => {
    expect(keepersOf(['30', null], guard, {groupId: null, strays: [9, 30]})).toEqual([9, 30]);
  });
});
