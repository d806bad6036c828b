import {TAIL_LINES} from '../model/display-line.ts';
import {MAX_PAGE_LINES} from '../model/page.ts';
import type {PageQuery} from '../model/page.ts';
import type {ProcessSnapshot} from '../model/snapshot.ts';
import type {UiContext, UiState, Wish, Zoom} from './ui-model.ts';

/** The pages that a state needs, given what it already has. Pure: asking is the session's work. */
export const wishesOf = (state: UiState, context: UiContext): Wish[] => [
  ...zoomWishes(state, context),
  ...overlayWishes(state),
  ...baselineWishes(state),
];

const zoomWishes = (state: UiState, context: UiContext): Wish[] => {
  const process = context.snapshot.processes[state.focus];
  if (state.zoom === null || process === undefined) return [];
  if (state.zoom.seeksStart) return [startWish(process.id, context)];
  return state.zoom.window === null ? feedWish(state, process, context) : windowWishes(state.zoom, process, context);
};

const startWish = (process: number, context: UiContext): Wish => ({
  id: `start:${process}`,
  process,
  query: {kind: 'lines-after', process, after: 'start', count: pageSize(context)},
  purpose: 'start',
  againMs: null,
});

/** A tall screen shows more lines than a snapshot carries. */
const feedWish = (state: UiState, process: ProcessSnapshot, context: UiContext): Wish[] => {
  if (state.frozen !== null && (state.zoom?.feed.length ?? 0) > 0) return [];
  if (context.zoomRows <= TAIL_LINES || process.tail.length < TAIL_LINES) return [];
  const count = Math.min(MAX_PAGE_LINES, context.zoomRows);
  return [
    {
      id: `feed:${process.id}`,
      process: process.id,
      query: {kind: 'lines-before', process: process.id, before: 'end', count},
      purpose: 'feed',
      againMs: 0,
    },
  ];
};

const windowWishes = (zoom: Zoom, process: ProcessSnapshot, context: UiContext): Wish[] => {
  const {window} = zoom;
  const first = window?.lines[0];
  const last = window?.lines.at(-1);
  if (window === null || first === undefined || last === undefined) return [];
  const common = {process: process.id, againMs: null};
  const count = pageSize(context);
  const wishes: Wish[] = [];
  if (!window.atStart && window.top < context.zoomRows * 2) {
    const query: PageQuery = {kind: 'lines-before', process: process.id, before: first.key, count};
    wishes.push({...common, id: `older:${process.id}:${first.key.join()}`, query, purpose: 'older'});
  }
  if (!window.atEnd && window.lines.length - window.top < context.zoomRows * 3) {
    const query: PageQuery = {kind: 'lines-after', process: process.id, after: last.key, count};
    wishes.push({...common, id: `newer:${process.id}:${last.key.join()}`, query, purpose: 'newer'});
  }
  return wishes;
};

/** Two screens and more, so that paging runs ahead of the reader. */
const pageSize = (context: UiContext): number => Math.min(MAX_PAGE_LINES, Math.max(200, context.zoomRows * 3));

const overlayWishes = (state: UiState): Wish[] => {
  const {overlay, focus} = state;
  switch (overlay?.kind) {
    case 'errors':
      return [groupsWish(focus, overlay.groups === null ? null : GROUPS_AGAIN_MS)];
    case 'inspector':
      return overlay.detail === null ? [lineWish(focus, overlay.line.key)] : [];
    case 'help':
    case undefined:
      return [];
  }
};

const GROUPS_AGAIN_MS = 1000;

const groupsWish = (process: number, againMs: number | null): Wish => ({
  id: `groups:${process}`,
  process,
  query: {kind: 'groups', process},
  purpose: 'groups',
  againMs,
});

const lineWish = (process: number, key: readonly [number, number]): Wish => ({
  id: `line:${process}:${key.join()}`,
  process,
  query: {kind: 'line', process, key},
  purpose: 'line',
  againMs: null,
});

/** Groups beyond a snapshot's largest must be known to be subtracted. */
const baselineWishes = (state: UiState): Wish[] =>
  [...state.cleared].filter(([, baseline]) => !baseline.complete).map(([process]) => groupsWish(process, null));
