import type {Span} from '../text/style.ts';
import {drawFrame} from './frame.ts';
import type {Look} from './look.ts';
import type {Rect} from './painter.ts';
import {span} from './row.ts';
import {dimPieces, piecesOf} from './row-pieces.ts';

/** What an overlay shows, before it is cut to the room that there is. */
export type OverlayContent = {
  readonly title: readonly Span[];
  readonly facts: readonly Span[];
  /** Each exactly `innerWidth` columns; those that are not shown may be anything. */
  readonly rows: readonly string[];
  /** First row that is shown. */
  readonly top: number;
};

/** Where a box of at most `width` × `height` stands in the middle of a body. */
export const boxIn = (body: Rect, width: number, height: number): Rect => {
  const fitting = {width: Math.min(width, body.width), height: Math.min(height, body.height)};
  return {
    ...fitting,
    left: body.left + Math.floor((body.width - fitting.width) / 2),
    top: Math.floor((body.height - fitting.height) / 2),
  };
};

/** Columns that a box leaves for its content. */
export const innerWidth = (box: Rect): number => box.width - 4;
/** Rows that a box leaves for its content. */
export const innerHeight = (box: Rect): number => box.height - 2;

/** Paints a box over rows, which are dimmed. */
export const overlaid = (behind: readonly string[], content: OverlayContent, box: Rect, look: Look): string[] => {
  const height = innerHeight(box);
  const below = content.rows.length - content.top - height;
  const more = below > 0 ? [span(`${look.glyphs.down} ${below} more`, 'dim')] : [];
  const shown = content.rows.slice(content.top, content.top + height).map((text) => ` ${text} `);
  const frame = {
    border: look.glyphs.overlayBorder,
    role: 'focus',
    title: content.title,
    facts: content.facts,
    footnote: more,
  } as const;
  const boxRows = drawFrame(frame, shown, box, look);
  return behind.map((text, y) => {
    const inBox = boxRows[y - box.top];
    const pieces = piecesOf(text);
    if (inBox === undefined) return dimPieces(pieces, 0, Infinity, look);
    const end = box.left + box.width;
    return dimPieces(pieces, 0, box.left, look) + inBox + dimPieces(pieces, end, Infinity, look);
  });
};
