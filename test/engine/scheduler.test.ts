import {describe, expect, test} from 'vitest';
import {Scheduler, type JobSource, type PoolName} from '../../src/engine/scheduler.ts';
import type {WorkerPool} from '../../src/worker/pool.ts';

const pool = (threads: number): WorkerPool => ({threads}) as WorkerPool;

/** A source with jobs that end when told. */
const source = (name: string, jobs: number, log: string[], poolName: PoolName = 'builtin') => {
  let left = jobs;
  const ends: (() => void)[] = [];
  const self: JobSource = {
    nextJob: asked => {
      if (left === 0 || asked !== poolName) return null;
      left--;
      return {
        run: () => {
          log.push(name);
          return new Promise<void>(resolve => ends.push(resolve));
        },
      };
    },
  };
  return {self, endOne: async () => {
    ends.shift()!();
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  }};
};

describe('Scheduler', () => {
  test('runs two jobs a thread at once, sources in turn', async () => {
    const log: string[] = [];
    const scheduler = new Scheduler({builtin: pool(1), custom: null});
    const [a, b, c] = ['a', 'b', 'c'].map(name => source(name, 5, log)) as [ReturnType<typeof source>, ReturnType<typeof source>, ReturnType<typeof source>];
    for (const {self} of [a, b, c]) scheduler.add(self);
    scheduler.wake();
    expect(log).toEqual(['a', 'b']);
    await a.endOne();
    await b.endOne();
    await c.endOne();
    expect(log).toEqual(['a', 'b', 'c', 'a', 'b']);
  });

  test('a source of hanging custom jobs leaves a thread to the others', () => {
    const log: string[] = [];
    const scheduler = new Scheduler({builtin: pool(1), custom: pool(3)});
    scheduler.add(source('hangs', 9, log, 'custom').self);
    scheduler.wake();
    expect(log).toEqual(['hangs', 'hangs']);
    scheduler.add(source('works', 9, log, 'custom').self);
    scheduler.wake();
    expect(log).toEqual(['hangs', 'hangs', 'works']);
  });

  test('of jobs that read it runs four a thread, and one of each source', async () => {
    const log: string[] = [];
    const scheduler = new Scheduler({builtin: pool(1), custom: null});
    const sources = ['a', 'b', 'c', 'd', 'e'].map(name => source(name, 2, log, 'reading'));
    for (const {self} of sources) scheduler.add(self);
    scheduler.add(source('judged', 1, log).self);
    scheduler.wake();
    expect(log).toEqual(['judged', 'a', 'b', 'c', 'd']);
    await sources[2]!.endOne();
    expect(log.at(-1)).toBe('e');
    await sources[0]!.endOne();
    expect(log.at(-1)).toBe('a');
  });

  test('a source that is gone gets no more turns', async () => {
    const log: string[] = [];
    const scheduler = new Scheduler({builtin: pool(1), custom: null});
    const a = source('a', 3, log);
    scheduler.add(a.self);
    scheduler.wake();
    scheduler.remove(a.self);
    await a.endOne();
    expect(log).toEqual(['a', 'a']);
  });
});
