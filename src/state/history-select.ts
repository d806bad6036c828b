import {compareKeys} from '../model/display-line.ts';
import type {LineKey} from '../model/display-line.ts';
import type {HistoryPiece} from '../model/task.ts';
import {keyAt, linesAbove, linesBelow} from './history-piece.ts';
import type {PieceList} from './piece-list.ts';
import {WindowCursor} from './window-cursor.ts';

/** A window of lines by their keys, both exclusive; null: unbounded. */
export type WindowQuery = {
  readonly after: LineKey | null;
  readonly before: LineKey | null;
  readonly count: number;
  /** Which end of the window counts when it holds more than `count` lines. */
  readonly keep: 'first' | 'last';
};

/** The pieces that hold the wanted lines, in the order of their first keys. */
export type Selection = {
  readonly pieces: readonly HistoryPiece[];
  /** The window within which `pieces` lack no line; narrower than asked where not all fitted. */
  readonly after: LineKey | null;
  readonly before: LineKey | null;
  /** History keeps no line older than the wanted ones … */
  readonly atStart: boolean;
  /** … and none newer. */
  readonly atEnd: boolean;
};

/** A selection holds no more bytes than this, unless its first piece alone does. */
export const MAX_SELECTED_BYTES = 4 * 1024 * 1024;

/**
 * Finds the pieces that cover the first or last `count` lines of a window.
 *
 * Pieces of the two streams overlap: lines of stderr belong between lines of one stdout piece. So pieces are
 * taken from the wanted end by the line that they add there; what lies beyond the next such line is complete.
 */
export const selectPieces = (stdout: PieceList, stderr: PieceList, query: WindowQuery): Selection => {
  const cursors = [stdout, stderr].map(pieces => new WindowCursor(pieces, query));
  const taken: HistoryPiece[] = [];
  let bytes = 0;
  let next = nextCursor(cursors, query.keep);
  while (next !== null && countComplete(taken, query, next.edge) < query.count) {
    const size = next.piece.bytes.length + (next.piece.verdicts?.length ?? 0);
    if (taken.length > 0 && bytes + size > MAX_SELECTED_BYTES) break;
    taken.push(next.piece);
    bytes += size;
    next.cursor.advance();
    next = nextCursor(cursors, query.keep);
  }
  const isWhole = next === null && countComplete(taken, query, null) <= query.count;
  return {
    pieces: taken.toSorted((a, b) => compareKeys(keyAt(a, 0), keyAt(b, 0))),
    ...narrowed(query, next?.edge ?? null),
    atStart: (query.keep === 'first' || isWhole) && !keepsUpTo([stdout, stderr], query.after),
    atEnd: (query.keep === 'last' || isWhole) && !keepsFrom([stdout, stderr], query.before),
  };
};

type Next = {readonly cursor: WindowCursor; readonly piece: HistoryPiece; readonly edge: LineKey};

/** Of the two streams' next pieces, the one whose line is nearer to the wanted end. */
const nextCursor = (cursors: readonly WindowCursor[], keep: WindowQuery['keep']): Next | null => {
  let best: Next | null = null;
  for (const cursor of cursors) {
    const current = cursor.current();
    if (current === null) continue;
    const order = best === null ? 0 : compareKeys(current.edge, best.edge);
    if (best === null || (keep === 'last' ? order > 0 : order < 0)) best = {cursor, ...current};
  }
  return best;
};

/** Lines of the window that are taken and have no line between them that is not; `edge`: of the next piece. */
const countComplete = (taken: readonly HistoryPiece[], query: WindowQuery, edge: LineKey | null): number => {
  const {after, before} = narrowed(query, edge);
  return taken.reduce((sum, piece) => sum + linesWithin(piece, after, before), 0);
};

const narrowed = (query: WindowQuery, edge: LineKey | null): Pick<WindowQuery, 'after' | 'before'> => ({
  after: query.keep === 'last' && edge !== null ? edge : query.after,
  before: query.keep === 'first' && edge !== null ? edge : query.before,
});

const linesWithin = (piece: HistoryPiece, after: LineKey | null, before: LineKey | null): number => {
  const below = before === null ? piece.lines : linesBelow(piece, before);
  const notAbove = after === null ? 0 : piece.lines - linesAbove(piece, after);
  return Math.max(0, below - notAbove);
};

const keepsUpTo = (lists: readonly PieceList[], key: LineKey | null): boolean =>
  key !== null && lists.some(list => list.startingUpTo(key) > 0);

const keepsFrom = (lists: readonly PieceList[], key: LineKey | null): boolean =>
  key !== null &&
  lists.some(list => {
    const newest = list.newest();
    return newest !== undefined && linesBelow(newest, key) < newest.lines;
  });
