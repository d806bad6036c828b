import {workerData} from 'node:worker_threads';
import type {ScanMemory} from '../scan/scan-memory.ts';

/** What all threads of a pool are given. */
export type PoolData = {
  /** Null: lines are judged without the scanner. */
  readonly scanMemory: ScanMemory | null;
};

/** What a thread is given at its start. */
export type ThreadData = PoolData & {
  /** Of its `TaskRing`. */
  readonly ring: SharedArrayBuffer;
};

/** Of this thread. */
export const threadData = (): ThreadData => workerData as ThreadData;
