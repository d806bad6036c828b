import {displayWidth, prefixWithin} from '../text/width.ts';
import {guarded} from './frame.ts';
import type {Look} from './look.ts';
import {row, span} from './row.ts';

/** A stretch of a composed row, without its colours, and the 0-based column where it begins. */
export type Piece = {readonly text: string; readonly column: number; readonly width: number};

/**
 * Takes a composed row apart where it moves to a column: behind text whose
 * width a terminal may see otherwise than we do.
 */
export const piecesOf = (composed: string): Piece[] => {
  const pieces: Piece[] = [];
  let column = 0;
  for (const part of composed.replaceAll(COLOURS, '').split(MOVES)) {
    const width = displayWidth(part);
    if (width > 0) pieces.push({text: part, column, width});
    column += width;
  }
  return pieces;
};

/** The columns from `start` up to `end` of a row, dim; as wide as that, with moves where the pieces need them. */
export const dimPieces = (pieces: readonly Piece[], start: number, end: number, look: Look): string =>
  pieces
    .map(({text, column, width}) => {
      const from = Math.max(start, column);
      const to = Math.min(end, column + width);
      if (to <= from) return '';
      const clipped = clip(text, from - column, to - column);
      return guarded(row([span(clipped, 'dim')], to - from, look), to - from, to + 1);
    })
    .join('');

/** Columns `from` up to `to` of a text; of a wide glyph that is cut through, half becomes a space. */
const clip = (text: string, from: number, to: number): string => {
  const before = prefixWithin(text, from);
  const isCut = before.columns < from;
  const rest = text.slice(isCut ? prefixWithin(text, from + 1).end : before.end);
  const room = to - from - (isCut ? 1 : 0);
  const kept = prefixWithin(rest, room);
  return (isCut ? ' ' : '') + rest.slice(0, kept.end) + ' '.repeat(room - kept.columns);
};

// oxlint-disable-next-line no-control-regex -- our own sequences begin with ESC
const COLOURS = /\u001B\[[\d;]*m/g;
// oxlint-disable-next-line no-control-regex -- the same
const MOVES = /(?:\u001B\[\d+[XG])+/;
