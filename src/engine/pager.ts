import type {LineKey} from '../model/display-line.ts';
import {MAX_PAGE_LINES, type Page, type PageQuery} from '../model/page.ts';
import type {HistoryPiece, PageTask} from '../model/task.ts';
import {topGroups} from '../state/error-groups.ts';
import type {WorkerPool} from '../worker/pool.ts';
import type {ManagedProcess} from './managed-process.ts';

type LinesQuery = Extract<PageQuery, {kind: 'lines-before' | 'lines-after'}>;

/** Answers for a window of history; what is looked at is parsed in a worker, nothing else. */
export const pageOf = async (query: PageQuery, process: ManagedProcess, pool: WorkerPool): Promise<Page> => {
  switch (query.kind) {
    case 'groups':
      return {kind: 'groups', groups: topGroups(process.books.total.groups, Infinity)};
    case 'line':
      return lineOf(query.key, process, pool);
    case 'lines-before':
    case 'lines-after':
      return linesOf(query, process, pool);
  }
};

const linesOf = async (query: LinesQuery, process: ManagedProcess, pool: WorkerPool): Promise<Page> => {
  const count = Math.min(query.count, MAX_PAGE_LINES);
  const window =
    query.kind === 'lines-before'
      ? {after: null, before: query.before === 'end' ? null : query.before, keep: 'last' as const}
      : {after: query.after === 'start' ? null : query.after, before: null, keep: 'first' as const};
  // Lines given up by sampling lie in history, too, and do not show.
  const {overload} = process.options.config;
  const shown = overload.kind === 'sample' ? count * overload.every : count;
  const {pieces, atStart, atEnd, ...whole} = process.history.select({...window, count: shown});
  // Where bytes set the limit, the window is narrowed to where no line of either stream is missing.
  const result = await pool.run({...taskOf(process, pieces), ...window, ...whole, count, detailOf: null});
  const more = {atStart: query.kind === 'lines-before' && result.more, atEnd: query.kind === 'lines-after' && result.more};
  return {kind: 'lines', lines: result.lines, atStart: atStart && !more.atStart, atEnd: atEnd && !more.atEnd};
};

const lineOf = async (key: LineKey, process: ManagedProcess, pool: WorkerPool): Promise<Page> => {
  const piece = process.history.find(key);
  if (piece === null) return {kind: 'line', detail: null};
  const after = [key[0], key[1] - 0.5] as const;
  const before = [key[0], key[1] + 0.5] as const;
  const window = {after, before, keep: 'first' as const, count: 1, detailOf: key};
  const {detail} = await pool.run({...taskOf(process, [piece]), ...window});
  return {kind: 'line', detail};
};

type Window = 'after' | 'before' | 'keep' | 'count' | 'detailOf';

const taskOf = (process: ManagedProcess, pieces: readonly HistoryPiece[]): Omit<PageTask, Window> => {
  const {config} = process.options;
  return {
    kind: 'page',
    format: process.shownFormat,
    maxLineBytes: config.maxLineBytes,
    ansi: config.ansi,
    sampleEvery: config.overload.kind === 'sample' ? config.overload.every : 1,
    // A view of a larger buffer would be sent with all of that buffer.
    pieces: pieces.map(piece => ({...piece, bytes: piece.bytes.slice(), verdicts: piece.verdicts?.slice() ?? null})),
  };
};
