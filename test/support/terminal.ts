import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {lineAt, readCell} from './cell.ts';
import type {Cell} from './cell.ts';

export type TerminalOptions = {
  readonly file: string;
  readonly args?: readonly string[];
  readonly cols?: number;
  readonly rows?: number;
  /** The child's whole environment; default: ours, with `TERM` set for colours. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
};

export type Exit = {readonly exitCode: number; readonly signal: number};

/** A child in a pseudo-terminal, and the screen that it paints. */
export type TestTerminal = {
  readonly pid: number;
  /** Everything written so far. */
  readonly raw: string;
  readonly cols: number;
  readonly rows: number;
  /** Rows as text, trailing blanks cut. */
  lines(): string[];
  /** The same, joined by newlines. */
  text(): string;
  cell(x: number, y: number): Cell;
  /** The child has switched to the alternate screen. */
  altScreen(): boolean;
  cursorHidden(): boolean;
  press(keys: string): void;
  resize(cols: number, rows: number): void;
  /** Reads nothing more of what the child writes, as a dead link would: its terminal fills up. */
  stall(): void;
  unstall(): void;
  /** Closes the terminal, as a window that is closed or a link that is cut. */
  hangUp(): void;
  /**
   * Resolves with the screen's text once `predicate` holds for it; rejects with
   * the screen when it never does. Looks at whole frames only.
   */
  waitFor(predicate: (text: string) => boolean, timeoutMs?: number): Promise<string>;
  waitForExit(timeoutMs?: number): Promise<Exit>;
  kill(signal?: string): void;
};

/**
 * Opens a child in a pty whose output feeds a terminal model. Queries of the
 * child are answered by the model, as a terminal would.
 */
export const openTerminal = (options: TerminalOptions): TestTerminal => {
  const size = {cols: options.cols ?? 120, rows: options.rows ?? 40};
  const screen = new xterm.Terminal({...size, allowProposedApi: true, scrollback: 0});
  const pty = spawn(options.file, [...(options.args ?? [])], {
    ...size,
    name: 'xterm-256color',
    cwd: options.cwd ?? process.cwd(),
    env: definedOf(options.env ?? {...process.env, COLORTERM: 'truecolor'}),
  });
  const chunks: string[] = [];
  const raw = (): string => {
    if (chunks.length > 1) chunks.splice(0, chunks.length, chunks.join(''));
    return chunks[0] ?? '';
  };
  const frames = frameWatch();
  let exit: Exit | null = null;
  let whole = true;
  const watchers = new Set<() => void>();
  const changed = (): void => {
    for (const watcher of watchers) watcher();
  };
  pty.onData((data) => {
    chunks.push(data);
    const isWhole = frames(data);
    // Half a frame is nothing that anyone sees: a terminal that knows synchronized output shows it whole.
    screen.write(data, () => {
      whole = isWhole;
      if (whole) changed();
    });
  });
  pty.onExit(({exitCode, signal}) => {
    exit = {exitCode, signal: signal ?? 0};
    // What was written last is parsed after what came before it.
    screen.write('', changed);
  });
  const replies = screen.onData((data) => {
    if (exit === null) pty.write(data);
  });

  const lines = (): string[] =>
    Array.from(
      {length: screen.rows},
      (_, y) => lineAt(screen, y)?.translateToString(true, 0, screen.cols).trimEnd() ?? '',
    );
  const text = (): string => lines().join('\n');

  const until = <T>(probe: () => T | undefined, timeoutMs: number, what: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const settle = (): void => {
        const found = probe();
        if (found === undefined) return;
        finish();
        resolve(found);
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`${what}: not within ${timeoutMs} ms. The screen:\n${text()}`));
      }, timeoutMs);
      const finish = (): void => {
        clearTimeout(timer);
        watchers.delete(settle);
      };
      watchers.add(settle);
      if (whole) settle();
    });

  return {
    pid: pty.pid,
    get raw() {
      return raw();
    },
    get cols() {
      return screen.cols;
    },
    get rows() {
      return screen.rows;
    },
    lines,
    text,
    cell: (x, y) => readCell(screen, x, y),
    altScreen: () => screen.buffer.active.type === 'alternate',
    cursorHidden: () => raw().lastIndexOf('\u001B[?25l') > raw().lastIndexOf('\u001B[?25h'),
    press: (keys) => {
      pty.write(keys);
    },
    resize: (cols, rows) => {
      screen.resize(cols, rows);
      pty.resize(cols, rows);
    },
    stall: () => pty.pause(),
    unstall: () => pty.resume(),
    hangUp: () => {
      // Not in the types; it closes the master's descriptor.
      (pty as unknown as {destroy: () => void}).destroy();
    },
    waitFor: (predicate, timeoutMs = PATIENCE_MS) =>
      until(() => (predicate(text()) ? text() : undefined), timeoutMs, `waiting for ${String(predicate)}`),
    waitForExit: async (timeoutMs = PATIENCE_MS) => {
      const ended = await until(() => exit ?? undefined, timeoutMs, 'waiting for the exit');
      replies.dispose();
      return ended;
    },
    kill: (signal = 'SIGKILL') => {
      if (exit === null) pty.kill(signal);
    },
  };
};

/** A machine that is busy with other tests takes its time. */
const PATIENCE_MS = 20_000;
const FRAME_BEGINS = '\u001B[?2026h';
const FRAME_ENDS = '\u001B[?2026l';

/** Takes what is written piece by piece; tells whether the last frame that began has ended. */
const frameWatch = (): ((data: string) => boolean) => {
  // All that was written, joined for each piece, would cost more and more.
  let tail = '';
  let whole = true;
  return (data) => {
    tail += data;
    const [begins, ends] = [tail.lastIndexOf(FRAME_BEGINS), tail.lastIndexOf(FRAME_ENDS)];
    if (begins !== ends) whole = begins < ends;
    tail = tail.slice(1 - FRAME_ENDS.length);
    return whole;
  };
};

const definedOf = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
