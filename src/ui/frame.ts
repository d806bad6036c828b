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
  const top = [border.topLeft, border.horizontal, border.topRight] as const;
  const bottom = [border.bottomLeft, border.horizontal, border.bottomRight] as const;
  const draw = (text: string): string => row([span(text, role)], text.length, look);
  return [
    edge(top, frame.title, frame.facts ?? [], rect, look, draw),
    ...body,
    edge(bottom, [], frame.footnote ?? [], rect, look, draw),
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

/** One horizontal border; the title is cut, and the facts go when hardly anything of it would be left. */
const edge = (
  [start, line, last]: readonly [string, string, string],
  title: readonly Span[],
  facts: readonly Span[],
  rect: Rect,
  look: Look,
  draw: (text: string) => string,
): string => {
  const room = rect.width - 4;
  const wanted = spansWidth(padded(title));
  const factsWidth = spansWidth(padded(facts));
  const keepsFacts = factsWidth <= room - Math.min(wanted, MIN_TITLE);
  const rightWidth = keepsFacts ? factsWidth : 0;
  const leftWidth = Math.min(wanted, room - rightWidth);
  const left = row(padded(title), leftWidth, look);
  const right = keepsFacts ? row(padded(facts), rightWidth, look) : '';
  const rule = draw(line.repeat(room - leftWidth - rightWidth));
  const end = rect.left + rect.width - 1;
  const titled = draw(start + line) + guarded(left, leftWidth, rect.left + leftWidth + 3) + rule;
  return titled + guarded(right, rightWidth, end) + draw(line + last);
};

const MIN_TITLE = 16;

const padded = (spans: readonly Span[]): Span[] => (spans.length === 0 ? [] : [span(' '), ...spans, span(' ')]);
