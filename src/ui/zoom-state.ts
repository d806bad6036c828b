import {compareKeys} from '../model/display-line.ts';
import type {DisplayLine} from '../model/display-line.ts';
import type {LineDetail, Page} from '../model/page.ts';
import type {ProcessSnapshot} from '../model/snapshot.ts';
import {isSince} from './baseline.ts';
import {append, prepend, select, settle, topForEnd} from './line-window.ts';
import type {LineWindow} from './line-window.ts';
import type {ScrollMove, UiContext, UiState, Wish, Zoom} from './ui-model.ts';

/** A process that was just opened: its newest lines. */
export const FOLLOWING: Zoom = {column: 0, window: null, feed: [], leftAt: 0, seeksStart: false};

/** The newest lines of a process, without what was cleared: the fetched ones where they reach farther back. */
export const newestLines = (state: UiState, process: ProcessSnapshot): readonly DisplayLine[] => {
  const feed = state.zoom?.feed ?? [];
  const last = feed.at(-1);
  const first = process.tail[0];
  // Lines between the two are unknown where they do not meet: then only what was fetched is shown.
  const meet = last !== undefined && (first === undefined || compareKeys(first.key, last.key) <= 0);
  const newer = last === undefined ? process.tail : process.tail.filter((line) => compareKeys(line.key, last.key) > 0);
  return withoutCleared(state, process.id, last === undefined || !meet ? pick(feed, process) : [...feed, ...newer]);
};

const pick = (feed: readonly DisplayLine[], process: ProcessSnapshot): readonly DisplayLine[] =>
  feed.length > process.tail.length ? feed : process.tail;

const withoutCleared = (state: UiState, process: number, lines: readonly DisplayLine[]): readonly DisplayLine[] => {
  const baseline = state.cleared.get(process);
  return baseline === undefined ? lines : lines.filter((line) => isSince(line.key, baseline));
};

/** Scrolls the lines of the open process. Up leaves the newest line, `end` and down from the last go back to it. */
export const scrollZoom = (state: UiState, zoom: Zoom, move: ScrollMove, context: UiContext): Zoom => {
  if (move === 'end') return follow(zoom);
  const window = zoom.window ?? leaveTail(state, context);
  if (window === null) return zoom;
  const leftAt = zoom.window === null ? linesRead(context.snapshot.processes[state.focus]) : zoom.leftAt;
  if (move === 'start') return {...zoom, leftAt, ...toStart(window, context)};
  const step = stepOf(move, context.zoomRows);
  const last = window.lines.length - 1;
  if (zoom.window === null && step > 0) return zoom;
  if (step > 0 && window.atEnd && window.selected === last) return follow(zoom);
  return {...zoom, leftAt, seeksStart: false, window: select(window, window.selected + step, context.zoomRows)};
};

const follow = (zoom: Zoom): Zoom => ({...zoom, window: null, seeksStart: false});

/** The lines on the screen become a window, with the last one selected. */
const leaveTail = (state: UiState, context: UiContext): LineWindow | null => {
  const process = (state.frozen ?? context.snapshot).processes[state.focus];
  const lines = process === undefined ? [] : newestLines(state, process);
  if (lines.length === 0) return null;
  const top = topForEnd(lines, context.zoomRows);
  return {lines, atStart: false, atEnd: true, selected: lines.length - 1, top};
};

const toStart = (window: LineWindow, context: UiContext): Pick<Zoom, 'window' | 'seeksStart'> =>
  window.atStart ? {window: select(window, 0, context.zoomRows), seeksStart: false} : {window, seeksStart: true};

const stepOf = (move: Exclude<ScrollMove, 'start' | 'end'>, rows: number): number => {
  const page = Math.max(1, rows - 1);
  const half = Math.max(1, Math.floor(rows / 2));
  return {up: -1, down: 1, 'half-up': -half, 'half-down': half, 'page-up': -page, 'page-down': page}[move];
};

/** Lines of both streams read so far. */
export const linesRead = (process: ProcessSnapshot | undefined): number =>
  process === undefined ? 0 : process.ledger.linesIn + process.stderrLines;

/** Takes note of a new snapshot: lines newer than the window's last exist, or an undecided line was judged. */
export const trackTail = (state: UiState, context: UiContext): UiState => {
  const window = state.zoom?.window;
  const process = context.snapshot.processes[state.focus];
  if (state.zoom === null || window === null || window === undefined || process === undefined) return state;
  const newest = process.tail.at(-1);
  const last = window.lines.at(-1);
  const atEnd = newest === undefined || (last !== undefined && compareKeys(newest.key, last.key) <= 0);
  const settled = settle(window, process.tail);
  if (settled === window && atEnd === window.atEnd) return state;
  return {...state, zoom: {...state.zoom, window: {...settled, atEnd}}};
};

/** Puts fetched lines where they were wanted; those that nobody wants any more are dropped. */
export const receiveLines = (
  state: UiState,
  wish: Wish,
  page: Extract<Page, {readonly kind: 'lines'}>,
  context: UiContext,
): UiState => {
  const {zoom} = state;
  if (zoom === null || wish.process !== state.focus) return state;
  const lines = withoutCleared(state, wish.process, page.lines);
  const cutOff = lines.length < page.lines.length;
  switch (wish.purpose) {
    case 'feed':
      return {...state, zoom: {...zoom, feed: page.lines}};
    case 'start':
      return {...state, zoom: fromStart(zoom, lines, page.atEnd, context)};
    case 'older':
      return inWindow(state, zoom, wish, (window) => prepend(window, lines, page.atStart || cutOff));
    case 'newer':
      return inWindow(state, zoom, wish, (window) => append(window, lines, page.atEnd));
    case 'groups':
    case 'line':
      return state;
  }
};

const fromStart = (zoom: Zoom, lines: readonly DisplayLine[], atEnd: boolean, context: UiContext): Zoom => {
  if (!zoom.seeksStart) return zoom;
  const window = lines.length === 0 ? zoom.window : {lines, atStart: true, atEnd, selected: 0, top: 0};
  return {...zoom, seeksStart: false, window: window === null ? null : select(window, 0, context.zoomRows)};
};

/** The window may have moved on while the page was on its way. */
const inWindow = (state: UiState, zoom: Zoom, wish: Wish, change: (window: LineWindow) => LineWindow): UiState => {
  const edge = wish.purpose === 'older' ? zoom.window?.lines[0] : zoom.window?.lines.at(-1);
  if (zoom.window === null || edge === undefined || !wish.id.endsWith(`:${edge.key.join()}`)) return state;
  return {...state, zoom: {...zoom, window: change(zoom.window)}};
};

/** Opens the selected line in full; while following, the newest one. */
export const inspectSelected = (state: UiState, context: UiContext): UiState => {
  if (state.zoom === null) return state;
  const window = state.zoom.window ?? leaveTail(state, context);
  const line = window?.lines[window.selected];
  if (window === null || line === undefined) return state;
  const leftAt = state.zoom.window === null ? linesRead(context.snapshot.processes[state.focus]) : state.zoom.leftAt;
  return {...state, zoom: {...state.zoom, window, leftAt}, overlay: {kind: 'inspector', line, detail: null, top: 0}};
};

/** The next or previous line, without leaving the inspector. */
export const inspectNext = (state: UiState, by: 1 | -1, context: UiContext): UiState => {
  const window = state.zoom?.window;
  if (state.zoom === null || window === null || window === undefined) return state;
  const index = window.selected + by;
  if (window.lines[index] === undefined) return state;
  const moved = {...state, zoom: {...state.zoom, window: select(window, index, context.zoomRows)}};
  return inspectSelected(moved, context);
};

/** A line came in full, or was found to be gone. */
export const receiveDetail = (state: UiState, wish: Wish, detail: LineDetail | null): UiState => {
  const {overlay} = state;
  if (overlay?.kind !== 'inspector' || !wish.id.endsWith(`:${overlay.line.key.join()}`)) return state;
  return {...state, overlay: {...overlay, detail: detail ?? 'gone'}};
};
