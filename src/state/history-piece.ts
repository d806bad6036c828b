import {compareKeys} from '../model/display-line.ts';
import type {LineKey} from '../model/display-line.ts';
import type {HistoryPiece} from '../model/task.ts';

/** Key of line `index` (0-based) of a piece. */
export const keyAt = (piece: HistoryPiece, index: number): LineKey =>
  piece.stream === 'stdout' ? [piece.ordinal + index, piece.sub] : [piece.ordinal, piece.sub + index];

/** How many lines of a piece have keys less than `key`. */
export const linesBelow = (piece: HistoryPiece, key: LineKey): number => {
  const [ordinal, sub] = key;
  const below =
    piece.stream === 'stdout'
      ? ordinal - piece.ordinal + (piece.sub < sub ? 1 : 0)
      : ordinal === piece.ordinal
        ? sub - piece.sub
        : (ordinal - piece.ordinal) * Infinity;
  return Math.min(Math.max(below, 0), piece.lines);
};

/** How many lines of a piece have keys greater than `key`. */
export const linesAbove = (piece: HistoryPiece, key: LineKey): number => {
  const below = linesBelow(piece, key);
  const isThere = below < piece.lines && compareKeys(keyAt(piece, below), key) === 0;
  return piece.lines - below - (isThere ? 1 : 0);
};
