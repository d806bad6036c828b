import type {Rect} from './painter.ts';

/** How the processes of a run share the body of the screen. */
export type Layout =
  /** A sentence says so. */
  | {readonly kind: 'too-small'}
  /** Every process has a full pane. */
  | {readonly kind: 'panes'; readonly rects: readonly Rect[]}
  /** One column of panes of a few rows, the focused one taller. */
  | {readonly kind: 'compact'; readonly rects: readonly Rect[]}
  /** One row a process; the focused one open in `pane`, beside or beneath, or (`null`) in a few rows beneath. */
  | {readonly kind: 'list'; readonly list: Rect; readonly pane: Rect | null; readonly brief: Rect | null};

export const MIN_COLS = 40;
export const MIN_ROWS = 10;
/** A full pane needs so much, border included. */
export const PANE_MIN_WIDTH = 56;
export const PANE_MIN_HEIGHT = 9;

/**
 * Chooses how `count` processes are shown in a body of `width` × `height`.
 * The grid of full panes if they fit, else compact panes, else the list.
 */
export const layoutFor = (count: number, focus: number, width: number, height: number): Layout => {
  if (width < MIN_COLS || height + HEADER_AND_FOOTER < MIN_ROWS) return {kind: 'too-small'};
  return (
    paneGrid(count, width, height) ?? compactColumn(count, focus, width, height) ?? listWithOne(count, width, height)
  );
};

const HEADER_AND_FOOTER = 2;

/** A pane of about this many columns for each row reads best: log lines are wide. */
const BEST_ASPECT = 5.2;

const paneGrid = (count: number, width: number, height: number): Layout | null => {
  const fitting = Array.from({length: Math.floor(width / PANE_MIN_WIDTH)}, (_, i) => i + 1)
    .map((columns) => ({columns, rows: Math.ceil(count / columns)}))
    .filter(({columns, rows}) => columns <= count && Math.floor(height / rows) >= PANE_MIN_HEIGHT);
  const best = fitting.toSorted((a, b) => unease(a, count, width, height) - unease(b, count, width, height))[0];
  return best === undefined ? null : {kind: 'panes', rects: gridRects(count, best.rows, width, height)};
};

/** How far a grid is from good: panes of a bad shape, and rows with unequal numbers of panes. */
const unease = (grid: {columns: number; rows: number}, count: number, width: number, height: number): number => {
  const aspect = width / grid.columns / (height / grid.rows);
  const empty = grid.columns * grid.rows - count;
  return Math.abs(Math.log(aspect / BEST_ASPECT)) + 0.25 * empty;
};

/** Rows of panes, the fuller rows first; those of a shorter row are wider, so nothing is left over. */
const gridRects = (count: number, rows: number, width: number, height: number): Rect[] =>
  shares(count, rows).flatMap((inRow, row) => {
    const top = startOf(height, rows, row);
    return Array.from({length: inRow}, (_, column) => {
      const left = startOf(width, inRow, column);
      return {
        left,
        top,
        width: startOf(width, inRow, column + 1) - left,
        height: startOf(height, rows, row + 1) - top,
      };
    });
  });

const startOf = (total: number, parts: number, index: number): number => Math.floor((total * index) / parts);

/** `count` things in `parts` nearly equal shares, larger ones first. */
const shares = (count: number, parts: number): number[] =>
  Array.from({length: parts}, (_, i) => Math.floor(count / parts) + (i < count % parts ? 1 : 0));

const LIST_WIDTH = 64;
/** From here on a list with the focused pane beside it shows more than compact panes do. */
const BESIDE_MIN_WIDTH = LIST_WIDTH + PANE_MIN_WIDTH;

const COMPACT_MIN_WIDTH = 70;
const COMPACT_MIN_HEIGHT = 3;
const COMPACT_MAX_HEIGHT = 4;
const FOCUSED_MIN_HEIGHT = 4;

const compactColumn = (count: number, focus: number, width: number, height: number): Layout | null => {
  const others = count - 1;
  const each = Math.min(COMPACT_MAX_HEIGHT, Math.floor((height - FOCUSED_MIN_HEIGHT) / Math.max(1, others)));
  if (width < COMPACT_MIN_WIDTH || width >= BESIDE_MIN_WIDTH || each < COMPACT_MIN_HEIGHT) return null;
  let top = 0;
  const rects = Array.from({length: count}, (_, i) => {
    const rect = {left: 0, top, width, height: i === focus ? height - others * each : each};
    top += rect.height;
    return rect;
  });
  return {kind: 'compact', rects};
};

/** Rows of processes that a list keeps before it gives room to a pane. */
const LIST_ROWS = 8;
const HEADS = 1;

const listWithOne = (count: number, width: number, height: number): Layout => {
  if (width >= BESIDE_MIN_WIDTH && height >= PANE_MIN_HEIGHT) return listBeside(width, height);
  const withPane = width >= PANE_MIN_WIDTH && height - PANE_MIN_HEIGHT - HEADS >= Math.min(count, LIST_ROWS);
  const below = withPane ? PANE_MIN_HEIGHT : briefHeight(height);
  const listHeight = Math.min(count, height - below - HEADS) + HEADS;
  const list = {left: 0, top: 0, width, height: listHeight};
  const rest = {left: 0, top: listHeight, width, height: height - listHeight};
  return withPane ? {kind: 'list', list, pane: rest, brief: null} : {kind: 'list', list, pane: null, brief: rest};
};

/** A rule and the newest lines. */
const briefHeight = (height: number): number => (height >= 12 ? 4 : 3);

const listBeside = (width: number, height: number): Layout => {
  const listWidth = Math.max(LIST_WIDTH, Math.floor(width * LIST_SHARE));
  return {
    kind: 'list',
    list: {left: 0, top: 0, width: listWidth, height},
    pane: {left: listWidth, top: 0, width: width - listWidth, height},
    brief: null,
  };
};

const LIST_SHARE = 0.42;
