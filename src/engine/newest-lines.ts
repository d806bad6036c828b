import {TAIL_LINES} from '../model/display-line.ts';
import type {WorkerPool} from '../worker/pool.ts';
import type {ManagedProcess} from './managed-process.ts';
import {pageOf} from './pager.ts';

/**
 * Shows the newest lines of a process whose flood has stopped where a batch ended: they were judged when more seemed to
 * come, and so were not made displayable. To be called ten times a second.
 */
export const showNewest = async (process: ManagedProcess, pool: WorkerPool): Promise<void> => {
  const lanes = process.books.lanes.filter(({isUnshown}) => isUnshown);
  if (lanes.length === 0) return;
  for (const lane of lanes) lane.tail.markShown();
  const query = {kind: 'lines-before', process: process.options.id, before: 'end', count: TAIL_LINES} as const;
  const page = await pageOf(query, process, pool).catch(() => null);
  if (page?.kind !== 'lines') return;
  process.tail.push(page.lines);
  process.options.changed();
};
