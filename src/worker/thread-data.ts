import {workerData} from 'node:worker_threads';
import type {ScanMemory} from '../scan/scan-memory.ts';

/** What each thread of a pool is given at its start. */
export type ThreadData = {
  /** Null: lines are judged without the scanner. */
  readonly scanMemory: ScanMemory | null;
};

/** Of this thread. Tinypool puts its own data before ours. */
export const threadData = (): ThreadData => (workerData as [unknown, ThreadData | undefined])[1] ?? {scanMemory: null};
