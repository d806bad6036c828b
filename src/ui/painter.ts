import {FramePace} from './frame-pace.ts';
import {cellsOf, type Cells} from './row-cells.ts';
import {RowPatcher} from './row-patch.ts';

/** A rectangle of terminal cells, 0-based. */
export type Rect = {readonly left: number; readonly top: number; readonly width: number; readonly height: number};

/**
 * Makes the rows of a surface: at most `height` strings, each exactly `width`
 * columns wide, already sanitized and styled.
 */
export type Compose = (width: number, height: number) => readonly string[];

/** The part of a terminal's output stream that painting needs. */
export type PaintTarget = {
  readonly writableNeedDrain: boolean;
  write(text: string): unknown;
  once(event: 'drain', listener: () => void): unknown;
};

/** Paints surfaces: rectangles that nobody else writes to. */
export type Painter = {
  /** Gives a rectangle to `compose`. Returns a function that takes it back. */
  mount(rect: Rect, compose: Compose): () => void;
  /** Asks for a frame: `now` in this turn of the event loop (a key was pressed), `data` when the next one is due. */
  request(urgency: 'now' | 'data'): void;
  /** What is on the screen is unknown (resize, a frame of Ink's): paints every row in the next frame. */
  invalidate(): void;
  /** Paints nothing while someone else has the terminal … */
  suspend(): void;
  /** … and every row when it is ours again. */
  resume(): void;
  /** Paints no more. */
  stop(): void;
};

export type PainterOptions = {
  readonly out: PaintTarget;
  /** Monotonic. */
  readonly nowMs: () => number;
  /** A `compose` threw; nothing is painted from then on. */
  readonly onError: (error: unknown) => void;
  /** Called once, in a turn of its own, after the first frame was written. */
  readonly onFirstFrame?: () => void;
  /** The terminal takes nothing more, and frames are skipped (`true`), or it does again. */
  readonly onBehind?: (behind: boolean) => void;
  /** The budget of a slow link: frames of data become fewer. Null, and by default: any number. */
  readonly maxBytesPerSec?: number | null;
};

/**
 * Makes a painter. It writes the cells that changed since they were painted, in
 * one write inside synchronized output, and skips frames while the terminal is
 * behind: a stalled terminal must never queue frames or block the event loop.
 */
export const createPainter = (options: PainterOptions): Painter => {
  const surfaces = new Set<Mounted>();
  const pace = new FramePace(options.maxBytesPerSec ?? Infinity);
  let immediate: NodeJS.Immediate | null = null;
  let timer: NodeJS.Timeout | null = null;
  let waitsForDrain = false;
  let stopped = false;
  let suspended = false;
  let {onFirstFrame} = options;

  const frame = (): void => {
    immediate = clear(immediate, clearImmediate);
    timer = clear(timer, clearTimeout);
    if (stopped || suspended || surfaces.size === 0) return;
    if (options.out.writableNeedDrain) {
      resumeOnDrain();
      return;
    }
    const startMs = options.nowMs();
    try {
      const patcher = new RowPatcher();
      for (const surface of surfaces) paint(surface, patcher);
      const text = patcher.text === '' ? '' : SYNC_ON + patcher.text + syncOff(bottomOf(surfaces));
      if (text !== '') options.out.write(text);
      pace.painted(startMs, options.nowMs(), Buffer.byteLength(text));
      if (onFirstFrame !== undefined) setImmediate(onFirstFrame);
      onFirstFrame = undefined;
    } catch (error) {
      stopped = true;
      options.onError(error);
    }
  };

  const resumeOnDrain = (): void => {
    if (waitsForDrain) return;
    waitsForDrain = true;
    options.onBehind?.(true);
    options.out.once('drain', () => {
      waitsForDrain = false;
      options.onBehind?.(false);
      request('now');
    });
  };

  const request = (urgency: 'now' | 'data'): void => {
    if (stopped || suspended || immediate !== null) return;
    const waitMs = urgency === 'now' ? 0 : pace.waitMs(options.nowMs());
    if (waitMs <= 0) immediate = setImmediate(frame);
    else timer ??= setTimeout(frame, waitMs);
  };

  const invalidate = (): void => {
    for (const surface of surfaces) surface.painted = [];
    request('now');
  };

  return {
    mount: (rect, compose) => {
      const surface: Mounted = {rect, compose, painted: []};
      surfaces.add(surface);
      request('now');
      return () => {
        surfaces.delete(surface);
      };
    },
    request,
    invalidate,
    suspend: () => {
      suspended = true;
    },
    resume: () => {
      suspended = false;
      invalidate();
    },
    stop: () => {
      stopped = true;
      immediate = clear(immediate, clearImmediate);
      timer = clear(timer, clearTimeout);
    },
  };
};

type Mounted = {readonly rect: Rect; readonly compose: Compose; painted: Painted[]};

/** A row as it stands on the terminal. */
type Painted = {readonly row: string; readonly cells: Cells | null};

// No wrapping: where a terminal takes a row for wider than we do, the rest of it must not fall into the next one.
const SYNC_ON = '\u001B[?2026h\u001B[?7l\u001B[0m';
/** The cursor is left at the bottom: a shell that takes over after a SIGSTOP goes on from there. */
const syncOff = (bottom: number): string => `\u001B[0m\u001B[?7h\u001B[${bottom};1H\u001B[?2026l`;

/** 1-based. */
const bottomOf = (surfaces: ReadonlySet<Mounted>): number =>
  Math.max(1, ...[...surfaces].map(({rect}) => rect.top + rect.height));

/** Writes what changed of a surface; remembers it as painted. */
const paint = ({rect, compose, painted}: Mounted, patcher: RowPatcher): void => {
  const rows = compose(rect.width, rect.height);
  for (let i = 0; i < rect.height; i++) {
    const row = rows[i] ?? ' '.repeat(rect.width);
    const before = painted[i];
    if (row === before?.row) continue;
    const cells = cellsOf(row);
    const isKnown = cells !== null && before?.cells?.text.length === cells.text.length;
    if (isKnown) patcher.changes(before.cells, cells, rect.top + i, rect.left);
    else patcher.whole(row, rect.top + i, rect.left);
    painted[i] = {row, cells};
  }
};

const clear = <T>(handle: T | null, cancel: (handle: T) => void): null => {
  if (handle !== null) cancel(handle);
  return null;
};
