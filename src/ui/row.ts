import {composeRow} from '../text/compose-row.ts';
import {sanitize} from '../text/sanitize.ts';
import type {Role, Span} from '../text/style.ts';
import {displayWidth} from '../text/width.ts';
import {asciiOf} from './look.ts';
import type {Look} from './look.ts';

/** A piece of text in a role. */
export const span = (text: string, role: Role = 'plain'): Span => ({text, role});

/** Columns that spans take when they are not cut. For short texts of our own and names; not for child lines. */
export const spansWidth = (spans: readonly Span[]): number =>
  displayWidth(spans.map(({text}) => sanitize(text)).join(''));

/** One row, exactly `width` columns. */
export const row = (spans: readonly Span[], width: number, look: Look): string =>
  composeRow(look.ascii ? spans.map((one) => ({...one, text: asciiOf(one.text)})) : spans, width, look.theme);

/** An empty row. */
export const blankRow = (width: number): string => ' '.repeat(width);

/** `left` and `right` at the two ends of a row; where both don't fit, `left` is cut. */
export const spread = (
  left: readonly Span[],
  right: readonly Span[],
  width: number,
  look: Look,
  filler: Span = span(' '),
): string => {
  const rightWidth = spansWidth(right);
  if (rightWidth >= width) return row([...right], width, look);
  const room = width - rightWidth;
  const gap = room - spansWidth(left);
  if (gap < 0) return row(left, room, look) + row(right, rightWidth, look);
  return row([...left, span(filler.text.repeat(gap), filler.role), ...right], width, look);
};

/** A piece of a row that may be left out. The lowest rank stays longest. */
export type Part = {readonly spans: readonly Span[]; readonly rank: number};

export const part = (rank: number, ...spans: readonly Span[]): Part => ({spans, rank});

/** As many parts as fit in `width` with `gap` columns between them, the least important left out; in their order. */
export const fitParts = (parts: readonly Part[], width: number, gap: number): Part[] => {
  let room = width + gap;
  const kept = new Set<Part>();
  for (const candidate of parts.toSorted((a, b) => a.rank - b.rank)) {
    const cost = spansWidth(candidate.spans) + gap;
    if (cost > room) break;
    room -= cost;
    kept.add(candidate);
  }
  return parts.filter((candidate) => kept.has(candidate));
};

/** The spans of several parts, `gap` between them. */
export const joinParts = (parts: readonly Part[], gap: Span): Span[] =>
  parts.flatMap(({spans}, index) => (index === 0 ? spans : [gap, ...spans]));
