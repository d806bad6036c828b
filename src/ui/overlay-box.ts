import type {Span} from '../text/style.ts';
import {displayWidth, prefixWithin} from '../text/width.ts';
import {drawFrame, guarded} from './frame.ts';
import type {Look} from './look.ts';
import type {Rect} from './painter.ts';
import {row, span} from './row.ts';

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
    return inBox === undefined ? dimmed(text, look) : between(text, inBox, box, look);
  });
};

/** A row without its colours, dim. */
const dimmed = (text: string, look: Look): string => {
  const bare = text.replaceAll(ESCAPES, '');
  return guarded(row([span(bare, 'dim')], displayWidth(bare), look), displayWidth(bare), displayWidth(bare) + 1);
};

/** A dimmed row with columns of it replaced. */
const between = (text: string, inBox: string, box: Rect, look: Look): string => {
  const bare = text.replaceAll(ESCAPES, '');
  const width = displayWidth(bare);
  const left = prefixWithin(bare, box.left);
  const end = prefixWithin(bare, box.left + box.width);
  // A wide glyph on either edge of the box is cut through: its half becomes a space.
  const leftText = bare.slice(0, left.end) + ' '.repeat(box.left - left.columns);
  const cutAfter = end.columns < box.left + box.width && end.end < bare.length;
  const rest = cutAfter ? ` ${bare.slice(prefixWithin(bare, box.left + box.width + 1).end)}` : bare.slice(end.end);
  const rightWidth = width - box.left - box.width;
  return (
    guarded(row([span(leftText, 'dim')], box.left, look), box.left, box.left + 1) +
    inBox +
    guarded(row([span(rest, 'dim')], rightWidth, look), rightWidth, width + 1)
  );
};

// oxlint-disable-next-line no-control-regex -- our own sequences begin with ESC
const ESCAPES = /\u001B\[[\d;]*[mGX]/g;
