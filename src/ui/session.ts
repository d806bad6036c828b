import type {Monitor} from '../model/monitor.ts';
import type {Snapshot} from '../model/snapshot.ts';
import {bodyRows} from './body.ts';
import {contextOf} from './context.ts';
import {footerRow} from './footer.ts';
import {headerRow} from './header.ts';
import {actionFor} from './keymap.ts';
import type {Look} from './look.ts';
import {createPageRequests} from './page-requests.ts';
import type {Painter} from './painter.ts';
import type {Scene} from './scene.ts';
import {tooSmallRows} from './too-small.ts';
import {reduceUi} from './ui-state.ts';
import {INITIAL_STATE} from './ui-model.ts';
import type {Action, UiContext, UiState} from './ui-model.ts';
import {wantedLines} from './wanted-lines.ts';
import {wishesOf} from './wishes.ts';

export type SessionOptions = {
  readonly monitor: Monitor;
  readonly painter: Painter;
  readonly look: Look;
  /** Monotonic. */
  readonly nowMs: () => number;
  /** What `d` does. */
  readonly detach: () => void;
  /** What Ctrl-Z does. */
  readonly suspend: () => void;
  /** A bug of the view; it must not reach the engine, whose listeners we are. */
  readonly onError: (error: unknown) => void;
};

/** The view's state over time: keys and snapshots in, rows, commands and page requests out. */
export type Session = {
  /** Listens to the monitor. Returns what ends it. */
  start(): () => void;
  /** A key was pressed; painted in the next turn of the event loop. */
  press(key: string): void;
  readonly header: (width: number) => readonly string[];
  readonly body: (width: number, height: number) => readonly string[];
  readonly footer: (width: number) => readonly string[];
  /** Instead of the three, in a terminal that is too small for them. */
  readonly tooSmall: (width: number, height: number) => readonly string[];
};

/** Countdowns and durations move on though nothing was printed. */
const TICK_MS = 1000;

export const createSession = (options: SessionOptions): Session => {
  const {monitor, painter, look, nowMs, onError} = options;
  let snapshot: Snapshot = monitor.snapshot();
  let state: UiState = {...INITIAL_STATE, clears: snapshot.processes.map(({clears}) => clears)};
  let arrivedAtMs = nowMs();
  let size = {width: 80, height: 22};
  const pages = createPageRequests(monitor, nowMs);

  const scene = (): Scene => {
    // The engine's clock is not ours: its time goes on from the snapshot's by what has passed here.
    const sinceMs = Math.max(0, nowMs() - arrivedAtMs);
    return {state, live: snapshot, nowMs: snapshot.nowMs + sinceMs, wallMs: snapshot.wallMs + sinceMs, look};
  };

  const context = (): UiContext => contextOf(scene(), size);

  const perform = (action: Action): void => {
    state = reduceUi(state, action, context());
    actOutside(action, options);
    fetchPages();
  };

  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      onError(error);
    }
  };

  const fetchPages = (): void => {
    for (const wish of wishesOf(state, context())) {
      pages.fetch(wish, snapshot.seq, (page) => {
        guarded(() => perform({kind: 'page', wish, page}));
        painter.request('now');
      });
    }
  };

  const takeSnapshot = (): void => {
    const newest = monitor.snapshot();
    if (newest === snapshot) return;
    snapshot = newest;
    arrivedAtMs = nowMs();
    perform({kind: 'snapshot'});
  };

  const press = (key: string): void => {
    takeSnapshot();
    const action = actionFor(key, state, context());
    if (action === null) return;
    perform(action);
    if (action.kind === 'redraw') painter.invalidate();
    else painter.request('now');
  };

  return {
    start: () => {
      const unsubscribe = monitor.subscribe(() => {
        guarded(takeSnapshot);
        painter.request('data');
      });
      const tick = setInterval(() => {
        // A snapshot has asked for a frame itself.
        if (nowMs() - arrivedAtMs >= TICK_MS / 2) painter.request('data');
      }, TICK_MS);
      takeSnapshot();
      return () => {
        clearInterval(tick);
        unsubscribe();
      };
    },
    press: (key) => guarded(() => press(key)),
    header: (width) => [headerRow(scene(), width)],
    body: (width, height) => {
      size = {width, height};
      monitor.want?.(wantedLines(state, context().layout));
      return bodyRows(scene(), width, height);
    },
    footer: (width) => [footerRow(scene(), context(), width)],
    tooSmall: (width, height) => tooSmallRows(width, height, look),
  };
};

/** What an action does beyond the view. */
const actOutside = (action: Action, {monitor, detach, suspend}: SessionOptions): void => {
  if (action.kind === 'command') monitor.dispatch(action.command);
  else if (action.kind === 'detach') detach();
  else if (action.kind === 'suspend') suspend();
};
