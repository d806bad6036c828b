import type {Border, Role, Span} from '../text/style.ts';
import {isNarrow} from '../text/width.ts';
import type {Look} from './look.ts';
import type {Rect} from './painter.ts';
import {blankRow, row, span, spansWidth} from './row.ts';

/** A box with titles in its upper border. */
export type Frame = {
  readonly border: Border;
  readonly role: Role;
  readonly title: readonly Span[];
  /** At the right end of the upper border; left out when the two don't fit. */
  readonly facts?: readonly Span[];
  /** At the right end of the lower border. */
  readonly footnote?: readonly Span[];
};

/**
 * Draws a box around rows.
 *
 * @param rows Each exactly `rect.width - 2` columns; missing ones are blank.
 * @returns `rect.height` rows of exactly `rect.width` columns.
 */
export const drawFrame = (frame: Frame, rows: readonly string[], rect: Rect, look: Look): string[] => {
  const {border, role} = frame;
  const inner = rect.width - 2;
  const side = row([span(border.vertical, role)], 1, look);
  const body = Array.from({length: rect.height - 2}, (_, i) => {
    const content = rows[i] ?? blankRow(inner);
    return side + guarded(content, inner, rect.left + rect.width) + side;
  });
  return [
    edge([border.topLeft, border.horizontal, border.topRight], frame.title, frame.facts ?? [], rect.width, frame, look),
    ...body,
    edge([border.bottomLeft, border.horizontal, border.bottomRight], [], frame.footnote ?? [], rect.width, frame, look),
  ];
};

/**
 * Keeps the right border in place: where a terminal may take a glyph for wider
 * or narrower than we do, the cells are blanked first, and what follows starts
 * at an absolute column.
 *
 * @param column 1-based screen column of what comes behind the content.
 */
export const guarded = (content: string, width: number, column: number): string =>
  isNarrow(content.replaceAll(SGR, '')) ? content : `\u001B[${width}X${content}\u001B[${column}G`;

// oxlint-disable-next-line no-control-regex -- our own colour sequences begin with ESC
const SGR = /\u001B\[[\d;]*m/g;

const edge = (
  [start, line, end]: readonly [string, string, string],
  left: readonly Span[],
  right: readonly Span[],
  width: number,
  {role}: Frame,
  look: Look,
): string => {
  const room = width - 4;
  const rightWidth = right.length === 0 ? 0 : spansWidth(right) + 2;
  const leftRoom = Math.min(spansWidth(left) + 2, room - rightWidth);
  const fits = left.length === 0 ? rightWidth <= room : leftRoom >= MIN_TITLE || leftRoom === spansWidth(left) + 2;
  if (!fits) return edge([start, line, end], left, [], width, {border: look.glyphs.border, role, title: []}, look);
  const leftText = left.length === 0 ? '' : row([span(' '), ...left, span(' ')], leftRoom, look);
  const rightText = right.length === 0 ? '' : row([span(' '), ...right, span(' ')], rightWidth, look);
  const fill = line.repeat(Math.max(0, room - (left.length === 0 ? 0 : leftRoom) - rightWidth));
  const draw = (text: string): string => row([span(text, role)], text.length, look);
  return draw(start + line) + leftText + draw(fill) + rightText + draw(line + end);
};

const MIN_TITLE = 16;
