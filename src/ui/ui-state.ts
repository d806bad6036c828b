import type {Command} from '../model/command.ts';
import type {DisplayLine} from '../model/display-line.ts';
import {hasEnded} from '../model/lifecycle.ts';
import type {LineDetail, Page} from '../model/page.ts';
import type {ProcessSnapshot, Snapshot} from '../model/snapshot.ts';
import type {ErrorGroup} from '../model/tally.ts';
import {ask, forgetAnswered} from './asked.ts';
import type {Asked} from './asked.ts';
import {baselineOf, completeBaseline} from './baseline.ts';
import type {Baseline} from './baseline.ts';
import {moveFocus} from './focus.ts';
import type {FocusMove} from './focus.ts';
import type {Layout} from './layout.ts';
import type {LineWindow} from './line-window.ts';
import {openErrors, receiveGroups, scrollOverlay} from './overlay-state.ts';
import type {Wish} from './wishes.ts';
import {FOLLOWING, inspectNext, inspectSelected, receiveDetail, receiveLines, scrollZoom, trackTail} from './zoom-state.ts';

/** How the open process is being read. */
export type Zoom = {
  /** First column of the lines that is shown. */
  readonly column: number;
  /** Null: the view follows the newest line. */
  readonly window: LineWindow | null;
  /** Newest lines fetched for a screen taller than a snapshot's tail. */
  readonly feed: readonly DisplayLine[];
  /** Lines that had been read when the view stopped following. */
  readonly leftAt: number;
  /** The oldest line was asked for and has not come yet. */
  readonly seeksStart: boolean;
};

export type Overlay =
  | {readonly kind: 'help'; readonly top: number}
  /** `groups` is null until they have come; a snapshot's largest are shown meanwhile. */
  | {
      readonly kind: 'errors';
      readonly groups: readonly ErrorGroup[] | null;
      /** `groupKey` of the selected group; null: the first. */
      readonly selected: string | null;
    }
  /** `detail` is null while it is on its way, and `gone` when history no longer holds the line. */
  | {
      readonly kind: 'inspector';
      readonly line: DisplayLine;
      readonly detail: LineDetail | 'gone' | null;
      readonly top: number;
    };

/** What the user did to the view; nothing of it is known to the engine. */
export type UiState = {
  /** Id of the focused process. */
  readonly focus: number;
  /** Null: the grid (or list) is shown. */
  readonly zoom: Zoom | null;
  readonly overlay: Overlay | null;
  /** Asks whether to stop everything and quit. */
  readonly asksQuit: boolean;
  /** Quitting was asked of the engine, on its clock; null: it was not. */
  readonly quitAtMs: number | null;
  /** The view stands still on this; null: it is live. */
  readonly frozen: Snapshot | null;
  readonly cleared: ReadonlyMap<number, Baseline>;
  readonly asked: ReadonlyMap<number, Asked>;
};

export const INITIAL_STATE: UiState = {
  focus: 0,
  zoom: null,
  overlay: null,
  asksQuit: false,
  quitAtMs: null,
  frozen: null,
  cleared: new Map(),
  asked: new Map(),
};

export type ScrollMove = 'up' | 'down' | 'half-up' | 'half-down' | 'page-up' | 'page-down' | 'start' | 'end';

export type Action =
  | {readonly kind: 'focus'; readonly move: FocusMove}
  | {readonly kind: 'zoom'}
  | {readonly kind: 'back'}
  | {readonly kind: 'scroll'; readonly move: ScrollMove}
  | {readonly kind: 'pan'; readonly columns: number}
  | {readonly kind: 'help'}
  | {readonly kind: 'errors'}
  | {readonly kind: 'inspect'}
  | {readonly kind: 'inspect-next'; readonly by: 1 | -1}
  | {readonly kind: 'freeze'}
  | {readonly kind: 'clear'}
  | {readonly kind: 'ask-quit'}
  | {readonly kind: 'keep-running'}
  /** Paint everything again. */
  | {readonly kind: 'redraw'}
  /** Goes to the engine as well. */
  | {readonly kind: 'command'; readonly command: Command}
  /** A new snapshot is there. */
  | {readonly kind: 'snapshot'}
  /** A page that `wishesOf` had asked for has come. */
  | {readonly kind: 'page'; readonly wish: Wish; readonly page: Page};

/** What the reducer must know of the world. */
export type UiContext = {
  /** The newest one, also while the view is frozen. */
  readonly snapshot: Snapshot;
  /** On the engine's clock. */
  readonly nowMs: number;
  readonly wallMs: number;
  readonly layout: Layout;
  /** Rows that the zoomed view has for lines. */
  readonly zoomRows: number;
  /** How far the open overlay can scroll, and how many rows it shows. */
  readonly overlayEnd: number;
  readonly overlayRows: number;
};

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
    case 'redraw':
      return state;
    case 'command':
      return noteCommand(state, action.command, context);
    case 'snapshot':
      return takeSnapshot(state, context);
    case 'page':
      return receive(state, action.wish, action.page, context);
  }
};

/** The snapshot that is shown: the frozen one, or the newest. */
export const shownSnapshot = (state: UiState, live: Snapshot): Snapshot => state.frozen ?? live;

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

const clear = (state: UiState, context: UiContext): UiState => {
  const process = focusedProcess(state, context.snapshot);
  if (process === undefined) return state;
  const cleared = new Map(state.cleared).set(process.id, baselineOf(process, context.wallMs));
  return {...state, cleared, zoom: state.zoom === null ? null : {...FOLLOWING, column: state.zoom.column}};
};

/** Feedback for the next frame; the outcome shows in a later snapshot. */
const noteCommand = (state: UiState, command: Command, {snapshot, nowMs}: UiContext): UiState =>
  command.kind === 'quit'
    ? {...state, asksQuit: false, quitAtMs: state.quitAtMs ?? nowMs}
    : {...state, asked: ask(state.asked, command, snapshot, nowMs)};

const takeSnapshot = (state: UiState, context: UiContext): UiState => {
  const asked = forgetAnswered(state.asked, context.snapshot, context.nowMs);
  return trackTail(asked === state.asked ? state : {...state, asked}, context);
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
