import type {Command} from '../model/command.ts';
import {hasEnded} from '../model/lifecycle.ts';
import type {Page} from '../model/page.ts';
import type {ProcessSnapshot, Snapshot} from '../model/snapshot.ts';
import type {ErrorGroup} from '../model/tally.ts';
import {ask, forgetAnswered} from './asked.ts';
import {baselineOf, completeBaseline} from './baseline.ts';
import {moveFocus} from './focus.ts';
import {openErrors, receiveGroups, scrollOverlay} from './overlay-state.ts';
import type {Action, ScrollMove, UiContext, UiState, Wish} from './ui-model.ts';
import {
  FOLLOWING,
  inspectNext,
  inspectSelected,
  receiveDetail,
  receiveLines,
  scrollZoom,
  trackTail,
} from './zoom-state.ts';

/** What the view is after an action. Pure; an action that makes no sense changes nothing. */
export const reduceUi = (state: UiState, action: Action, context: UiContext): UiState => {
  switch (action.kind) {
    case 'focus':
      return refocus(state, moveFocus(state.focus, action.move, context.snapshot.processes.length, context.layout));
    case 'zoom':
      return {...state, zoom: FOLLOWING};
    case 'back':
      return back(state);
    case 'scroll':
      return scroll(state, action.move, context);
    case 'pan':
      return pan(state, action.columns);
    case 'help':
      return {...state, overlay: {kind: 'help', top: 0}};
    case 'errors':
      return {...state, overlay: openErrors()};
    case 'inspect':
      return inspectSelected(state, context);
    case 'inspect-next':
      return inspectNext(state, action.by, context);
    case 'freeze':
      return {...state, frozen: state.frozen === null ? context.snapshot : null};
    case 'clear':
      return clear(state, context);
    case 'ask-quit':
      return {...state, asksQuit: true};
    case 'keep-running':
      return {...state, asksQuit: false};
    case 'detach':
      return {...state, asksQuit: false};
    case 'redraw':
    case 'suspend':
      return state;
    case 'command':
      return noteCommand(state, action.command, context);
    case 'snapshot':
      return takeSnapshot(state, context);
    case 'page':
      return receive(state, action.wish, action.page, context);
  }
};

/** The focused process as the engine has it now. */
export const focusedProcess = (state: UiState, snapshot: Snapshot): ProcessSnapshot | undefined =>
  snapshot.processes[state.focus];

const refocus = (state: UiState, focus: number): UiState => {
  if (focus === state.focus) return state;
  const overlay = state.overlay?.kind === 'errors' ? openErrors() : state.overlay;
  return {...state, focus, overlay, zoom: state.zoom === null ? null : FOLLOWING};
};

/** Closes the topmost thing. Nothing that cannot be undone may ever hang on Esc. */
const back = (state: UiState): UiState => {
  if (state.asksQuit) return {...state, asksQuit: false};
  if (state.overlay !== null) return {...state, overlay: null};
  return {...state, zoom: null};
};

const scroll = (state: UiState, move: ScrollMove, context: UiContext): UiState => {
  if (state.overlay !== null) return {...state, overlay: scrollOverlay(state, state.overlay, move, context)};
  return state.zoom === null ? state : {...state, zoom: scrollZoom(state, state.zoom, move, context)};
};

const pan = (state: UiState, columns: number): UiState =>
  state.zoom === null
    ? state
    : {...state, zoom: {...state.zoom, column: Math.max(0, Math.min(MAX_COLUMN, state.zoom.column + columns))}};

const MAX_COLUMN = 100_000;

/** Of a view that stands still, what it shows is cleared; what came since is there when it goes on. */
const clear = (state: UiState, context: UiContext): UiState => {
  const process = focusedProcess(state, state.frozen ?? context.snapshot);
  if (process === undefined) return state;
  return clearedAt(state, process, state.frozen?.wallMs ?? context.wallMs);
};

const clearedAt = (state: UiState, process: ProcessSnapshot, wallMs: number): UiState => {
  const cleared = new Map(state.cleared).set(process.id, baselineOf(process, wallMs));
  const isOpen = state.zoom !== null && process.id === state.focus;
  return {...state, cleared, zoom: isOpen ? {...FOLLOWING, column: state.zoom.column} : state.zoom};
};

/** Feedback for the next frame; the outcome shows in a later snapshot. */
const noteCommand = (state: UiState, command: Command, {snapshot, nowMs}: UiContext): UiState =>
  command.kind === 'quit'
    ? {...state, asksQuit: false, quitAtMs: state.quitAtMs ?? nowMs}
    : {...state, asked: ask(state.asked, command, snapshot, nowMs)};

const takeSnapshot = (state: UiState, context: UiContext): UiState => {
  const asked = forgetAnswered(state.asked, context.snapshot, context.nowMs);
  return trackTail(clearTold(asked === state.asked ? state : {...state, asked}, context), context);
};

/** Clears what was cleared from outside since the last snapshot; what was before the first one is no news. */
const clearTold = (state: UiState, {snapshot, wallMs}: UiContext): UiState => {
  const {processes} = snapshot;
  const told = state.clears === null ? [] : processes.filter(({id, clears}) => clears > (state.clears?.[id] ?? 0));
  if (state.clears !== null && told.length === 0) return state;
  const cleared = told.reduce((next, process) => clearedAt(next, process, wallMs), state);
  return {...cleared, clears: processes.map(({clears}) => clears)};
};

const receive = (state: UiState, wish: Wish, page: Page, context: UiContext): UiState => {
  switch (page.kind) {
    case 'groups':
      return receiveGroups(completeCleared(state, wish, page.groups), wish, page.groups);
    case 'line':
      return receiveDetail(state, wish, page.detail);
    case 'lines':
      return receiveLines(state, wish, page, context);
  }
};

const completeCleared = (state: UiState, wish: Wish, groups: readonly ErrorGroup[]): UiState => {
  const baseline = state.cleared.get(wish.process);
  if (baseline === undefined || baseline.complete) return state;
  return {...state, cleared: new Map(state.cleared).set(wish.process, completeBaseline(baseline, groups))};
};

/** Something runs, or will by itself: quitting must be asked for twice. */
export const somethingRuns = (snapshot: Snapshot): boolean => snapshot.processes.some(({state}) => !hasEnded(state));
