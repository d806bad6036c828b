import {render} from 'ink';
import type {Instance} from 'ink';
import type {Monitor} from '../model/monitor.ts';
import type {TerminalGuard} from '../model/terminal-guard.ts';
import {warmUp} from '../text/warm-up.ts';
import {App} from './app.tsx';
import {lookFor} from './look.ts';
import {createPainter} from './painter.ts';
import type {Painter} from './painter.ts';
import {createOutput} from './screen-output.ts';
import {createSession} from './session.ts';
import type {Session} from './session.ts';
import {settledWithin} from './settled-within.ts';
import {createSuspension} from './suspension.ts';
import type {Lend} from './suspension.ts';
import {watchTerminal} from './terminal-gone.ts';

export type UiOptions = {
  readonly monitor: Monitor;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** The caller's environment: colours and signs are chosen by it. */
  readonly env: NodeJS.ProcessEnv;
  /** Monotonic. */
  readonly nowMs: () => number;
  /** Ready before this is called: it must have seen the terminal as it was. */
  readonly guard: TerminalGuard;
  /** The user wants to go and leave the run alone; to close the UI then is the caller's business. */
  readonly detach: () => void;
  /** The budget of a slow link; null: none. */
  readonly maxBytesPerSec: number | null;
};

export type UiHandle = {
  /** Gives the terminal back as it was: main screen, cursor, cooked mode. Resolves even when the terminal is gone. */
  close(): Promise<void>;
  /** Settles only when the UI fails: with what it failed of. The terminal is given back by then. */
  readonly crashed: Promise<Error>;
  /** Settles only when the terminal vanishes. Nothing is written to it from then on. */
  readonly gone: Promise<void>;
};

/**
 * Takes the terminal and shows a monitor on it. Keys become commands, Ctrl-Z
 * suspends; nothing here ends the process.
 */
export const startUi = (options: UiOptions): UiHandle => {
  const {monitor, stdin, stdout, nowMs, guard, detach, maxBytesPerSec} = options;
  const crash = Promise.withResolvers<Error>();
  const watch = watchTerminal(stdin, stdout);
  const output = createOutput(stdout, () => painter.invalidate());
  unblock(stdout);
  // What shows the cursor again when the process ends (Ink's helper) writes to this one.
  unblock(process.stderr);
  const fail = (error: unknown): void => {
    painter.stop();
    ink.unmount();
    crash.resolve(error instanceof Error ? error : new Error(String(error)));
  };
  const onBehind = (behind: boolean): void => monitor.hold?.(behind);
  const painter = createPainter({out: output.canvas, nowMs, onError: fail, onFirstFrame: warmUp, onBehind, maxBytesPerSec});
  const lent = Promise.withResolvers<Lend>();
  const lend: Lend = async () => (await lent.promise)();
  const suspension = createSuspension({lend, painter, guard, output, onError: fail});
  const look = lookFor(options.env, stdout.isTTY);
  const suspend = (): void => suspension.suspend();
  const session = createSession({monitor, painter, look, nowMs, detach, suspend, onError: fail});
  guard.on();
  const ink = renderApp({session, painter, onLend: lent.resolve}, stdin, output.stream);
  const repaint = (): void => {
    // Some terminals reflow after they have told of the new size, over what was painted meanwhile. The signal, not
    // stdout's event: a size that goes and comes back at once is no change to Node, yet the screen has suffered.
    setTimeout(() => painter.invalidate(), REFLOW_MS).unref();
  };
  process.on('SIGWINCH', repaint);
  ink.waitUntilExit().catch(fail);
  void watch.gone.then(() => {
    painter.stop();
    output.end();
  });

  return {
    crashed: crash.promise,
    gone: watch.gone,
    close: async () => {
      watch.release();
      await settledWithin(suspension.release(), CLOSE_MS);
      painter.stop();
      process.off('SIGWINCH', repaint);
      ink.unmount();
      // A terminal that has not taken all of it is left to the guard.
      if (await output.flushed(CLOSE_MS)) guard.off();
      output.end();
    },
  };
};

const REFLOW_MS = 80;
/** A terminal that is gone never says that it has taken the last bytes. */
const CLOSE_MS = 500;

type Parts = {readonly session: Session; readonly painter: Painter; readonly onLend: (lend: Lend) => void};

const renderApp = (parts: Parts, stdin: NodeJS.ReadStream, stdout: NodeJS.WriteStream): Instance =>
  render(<App {...parts} />, {
    stdin,
    stdout,
    alternateScreen: true,
    interactive: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    patchConsole: false,
    isScreenReaderEnabled: false,
  });

/** A terminal that stalls must not stall us; where Node lacks this internal, a stalled terminal is waited for. */
const unblock = (stdout: NodeJS.WriteStream): void => {
  const {_handle: handle} = stdout as NodeJS.WriteStream & {_handle?: {setBlocking?: (on: boolean) => unknown}};
  handle?.setBlocking?.(false);
};
