import type {Command} from '../model/command.ts';
import type {DisplayLine} from '../model/display-line.ts';
import type {LineDetail, Page, PageQuery} from '../model/page.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {ErrorGroup} from '../model/tally.ts';
import type {Asked} from './asked.ts';
import type {Baseline} from './baseline.ts';
import type {FocusMove} from './focus.ts';
import type {Layout} from './layout.ts';
import type {LineWindow} from './line-window.ts';

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
  /** `ProcessSnapshot.clears` by process id, as of the newest snapshot taken; null before the first. */
  readonly clears: readonly number[] | null;
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
  clears: null,
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
  /** Leave the run alone and go. */
  | {readonly kind: 'detach'}
  /** Stop keepup itself, as the shell's job, until `fg`. */
  | {readonly kind: 'suspend'}
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

/** A page that the view needs and does not have. */
export type Wish = {
  /** Equal for equal wishes, so that none is sent twice. */
  readonly id: string;
  readonly process: number;
  readonly query: PageQuery;
  /** What it is for: `feed` the newest lines, `older` and `newer` the neighbours of a window, `start` the oldest. */
  readonly purpose: 'feed' | 'older' | 'newer' | 'start' | 'groups' | 'line';
  /** Wanted again when a newer snapshot is there, so often at the most; null: once. */
  readonly againMs: number | null;
};
