import type {Layout} from './layout.ts';
import type {Rect} from './painter.ts';

/** Where the focus goes. `to` is a process id. */
export type FocusMove =
  | {readonly kind: 'to'; readonly process: number}
  | {
      readonly kind:
        'next' | 'previous' | 'first' | 'last' | 'up' | 'down' | 'left' | 'right' | 'page-up' | 'page-down';
    };

/** The process that is focused after a move; the same one where there is none in that direction. */
export const moveFocus = (focus: number, move: FocusMove, count: number, layout: Layout): number => {
  switch (move.kind) {
    case 'to':
      return move.process < count ? move.process : focus;
    case 'first':
      return 0;
    case 'last':
      return count - 1;
    case 'page-up':
      return Math.max(0, focus - pageOf(layout, count));
    case 'page-down':
      return Math.min(count - 1, focus + pageOf(layout, count));
    case 'next':
      return (focus + 1) % count;
    case 'previous':
      return (focus + count - 1) % count;
    case 'up':
    case 'down':
    case 'left':
    case 'right':
      return layout.kind === 'panes' ? neighbour(focus, move.kind, layout.rects) : inColumn(focus, move.kind, count);
  }
};

/** Processes of one screen: of the list its rows, of panes all. */
const pageOf = (layout: Layout, count: number): number =>
  layout.kind === 'list' ? Math.max(1, layout.list.height - 2) : count;

type Direction = 'up' | 'down' | 'left' | 'right';

const inColumn = (focus: number, direction: Direction, count: number): number => {
  const step = direction === 'up' || direction === 'left' ? -1 : 1;
  return Math.max(0, Math.min(count - 1, focus + step));
};

/** The pane across the border in that direction, nearest to the middle of the focused one. */
const neighbour = (focus: number, direction: Direction, rects: readonly Rect[]): number => {
  const from = rects[focus];
  if (from === undefined) return focus;
  const touching = rects
    .map((rect, index) => ({index, rect}))
    .filter(({rect}) => adjoins(from, rect, direction))
    .toSorted((a, b) => offset(from, a.rect, direction) - offset(from, b.rect, direction));
  return touching[0]?.index ?? focus;
};

const adjoins = (from: Rect, to: Rect, direction: Direction): boolean => {
  const [a, b] = direction === 'up' || direction === 'left' ? [to, from] : [from, to];
  return isVertical(direction)
    ? a.top + a.height === b.top && overlaps(a.left, a.width, b.left, b.width)
    : a.left + a.width === b.left && overlaps(a.top, a.height, b.top, b.height);
};

const isVertical = (direction: Direction): boolean => direction === 'up' || direction === 'down';

const overlaps = (a: number, aLength: number, b: number, bLength: number): boolean =>
  a < b + bLength && b < a + aLength;

const offset = (from: Rect, to: Rect, direction: Direction): number =>
  isVertical(direction)
    ? Math.abs(from.left + from.width / 2 - (to.left + to.width / 2))
    : Math.abs(from.top + from.height / 2 - (to.top + to.height / 2));
