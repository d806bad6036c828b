import {TAIL_LINES} from '../model/display-line.ts';
import type {WorkerPool} from '../worker/pool.ts';
import type {ManagedProcess} from './managed-process.ts';
import {pageOf} from './pager.ts';

/**
 * Shows the newest lines of a process that are in history and were not made displayable when they were judged: its
 * flood has stopped where a batch ended, or nobody looked.
 */
export const showNewest = async (process: ManagedProcess, pool: WorkerPool): Promise<void> => {
  for (const {tail} of process.books.lanes) tail.markShown();
  const query = {kind: 'lines-before', process: process.options.id, before: 'end', count: TAIL_LINES} as const;
  const page = await pageOf(query, process, pool).catch(() => null);
  if (page?.kind !== 'lines') return;
  process.tail.push(page.lines);
  process.options.changed();
};
