import {afterAll, beforeAll} from 'vitest';
import type {WorkerPool} from '../../src/worker/pool.ts';

/** Real threads for all tests of a file. */
export const usePool = (start: () => WorkerPool): (() => WorkerPool) => {
  let pool: WorkerPool;
  beforeAll(() => {
    pool = start();
  });
  afterAll(() => pool.destroy());
  return () => pool;
};
