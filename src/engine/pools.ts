import type {RunConfig} from '../model/config.ts';
import {WorkerPool} from '../worker/pool.ts';

/** The threads of a run: for the built-in formats, and apart from them for custom parsers, which may hang. */
export type Pools = {readonly builtin: WorkerPool; readonly custom: WorkerPool | null};

/** Starts the threads that a run needs. One more for custom parsers, so that one that hangs leaves room for another. */
export const startPools = (config: RunConfig): Pools => ({
  builtin: new WorkerPool(config.workers),
  custom: config.processes.some(({format}) => format.kind === 'module') ? new WorkerPool(config.workers + 1) : null,
});

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
