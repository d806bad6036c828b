import {groupKey} from '../model/tally.ts';
import type {ErrorGroup} from '../model/tally.ts';
import {groupsSince, sinceBaseline} from './baseline.ts';
import type {Overlay, ScrollMove, UiContext, UiState, Wish} from './ui-model.ts';

/** The list of error groups, none fetched yet. */
export const openErrors = (): Overlay => ({kind: 'errors', groups: null, selected: null});

/** The groups that the errors overlay lists: all of them once they have come, a snapshot's largest until then. */
export const listedGroups = (state: UiState, context: Pick<UiContext, 'snapshot'>): readonly ErrorGroup[] => {
  const process = (state.frozen ?? context.snapshot).processes[state.focus];
  if (process === undefined || state.overlay?.kind !== 'errors') return [];
  const baseline = state.cleared.get(process.id);
  const {groups} = state.overlay;
  if (groups !== null) return baseline === undefined ? groups : groupsSince(groups, baseline);
  return baseline === undefined ? process.groups : sinceBaseline(process, baseline).groups;
};

/** Index of the selected group; 0 where it is gone. */
export const selectedGroup = (groups: readonly ErrorGroup[], selected: string | null): number =>
  Math.max(
    0,
    groups.findIndex((group) => groupKey(group) === selected),
  );

/** Scrolls an overlay, or moves its selection. */
export const scrollOverlay = (state: UiState, overlay: Overlay, move: ScrollMove, context: UiContext): Overlay => {
  switch (overlay.kind) {
    case 'errors': {
      const groups = listedGroups(state, context);
      const from = selectedGroup(groups, overlay.selected);
      const group = groups[stepTo(from, move, groups.length - 1, context.overlayRows)];
      return group === undefined ? overlay : {...overlay, selected: groupKey(group)};
    }
    case 'help':
    case 'inspector':
      return {...overlay, top: stepTo(overlay.top, move, context.overlayEnd, context.overlayRows)};
  }
};

const stepTo = (from: number, move: ScrollMove, end: number, rows: number): number => {
  const page = Math.max(1, rows - 1);
  const half = Math.max(1, Math.floor(rows / 2));
  const to = {
    up: from - 1,
    down: from + 1,
    'half-up': from - half,
    'half-down': from + half,
    'page-up': from - page,
    'page-down': from + page,
    start: 0,
    end,
  }[move];
  return Math.max(0, Math.min(end, to));
};

/** All groups of a process have come. */
export const receiveGroups = (state: UiState, wish: Wish, groups: readonly ErrorGroup[]): UiState =>
  state.overlay?.kind === 'errors' && wish.process === state.focus
    ? {...state, overlay: {...state.overlay, groups}}
    : state;
