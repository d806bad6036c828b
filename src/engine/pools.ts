import {batchCapacity} from '../ingest/line-framer.ts';
import type {RunConfig} from '../model/config.ts';
import {BatchSlots} from '../worker/batch-slots.ts';
import {WorkerPool} from '../worker/pool.ts';
import {BATCH_BYTES} from './lane.ts';
import {TASKS_PER_THREAD} from './scheduler.ts';

/** The threads of a run: for the built-in formats, and apart from them for custom parsers, which may hang. */
export type Pools = {
  readonly builtin: WorkerPool;
  readonly custom: WorkerPool | null;
  /** Memory that they share; null where there is none, or it is not wanted. */
  readonly slots: BatchSlots | null;
};

/** Starts the threads that a run needs. One more for custom parsers, so that one that hangs leaves room for another. */
export const startPools = (config: RunConfig): Pools => {
  const slots = reserveSlots(config);
  return {
    builtin: new WorkerPool(config.workers, {scanMemory: slots?.memory ?? null}, {tasksPerThread: TASKS_PER_THREAD}),
    custom: config.processes.some(({format}) => format.kind === 'module') ? new WorkerPool(config.workers + 1) : null,
    slots,
  };
};

/** What history may hold, twice over, and what is on its way: address space, which costs nothing until it is touched. */
const reserveSlots = ({scanner, maxLineBytes, historyBytes, workers}: RunConfig): BatchSlots | null => {
  if (scanner === 'js') return null;
  const batchBytes = batchCapacity({maxLineBytes, batchBytes: BATCH_BYTES}) + 1;
  const bytes = Math.min(MAX_SLOTS_BYTES, 2 * historyBytes + ON_ITS_WAY_BYTES);
  return BatchSlots.reserve({batchBytes, slotCount: Math.ceil(bytes / batchBytes), threads: workers + SPARE_THREADS});
};

const MAX_SLOTS_BYTES = 2 * 1024 ** 3;
const ON_ITS_WAY_BYTES = 1024 ** 3;
/** A thread that takes a dead one's place needs an area of its own. */
const SPARE_THREADS = 16;

/** Ends all threads, busy or not. */
export const stopPools = async (pools: Pools): Promise<void> => {
  await Promise.all([pools.builtin.destroy(), pools.custom?.destroy()]);
};

/**
 * Loads each custom parser once, before anything is started.
 *
 * @returns Why the first of them can't be used, or null when all can.
 */
export const checkParsers = async (config: RunConfig, pools: Pools): Promise<string | null> => {
  for (const format of new Set(config.processes.map(spec => spec.format))) {
    if (format.kind !== 'module') continue;
    const checked = await pools.custom!
      .run({kind: 'check', url: format.url, path: format.path}, {deadlineMs: config.parseTimeoutMs})
      .catch(() => ({ok: false as const, reason: `it did not load within ${config.parseTimeoutMs} ms`}));
    if (!checked.ok) return `module:${format.path} can't be used: ${checked.reason}`;
  }
  return null;
};
