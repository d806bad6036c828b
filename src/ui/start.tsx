import {render} from 'ink';
import type {Monitor} from '../model/monitor.ts';
import {App} from './app.tsx';
import {lookFor} from './look.ts';
import {createPainter} from './painter.ts';
import {createSession} from './session.ts';

export type UiOptions = {
  readonly monitor: Monitor;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** The caller's environment: colours and signs are chosen by it. */
  readonly env: NodeJS.ProcessEnv;
  /** Monotonic. */
  readonly nowMs: () => number;
};

export type UiHandle = {
  /** Gives the terminal back as it was: main screen, cursor, cooked mode. Resolves even when the terminal is gone. */
  close(): Promise<void>;
  /** Settles only when the UI fails: with what it failed of. The terminal is given back by then. */
  readonly crashed: Promise<Error>;
};

/** Takes the terminal and shows a monitor on it. Keys become commands; nothing here ends the process. */
export const startUi = (options: UiOptions): UiHandle => {
  const {monitor, stdin, stdout, nowMs} = options;
  const crash = Promise.withResolvers<Error>();
  unblock(stdout);
  const fail = (error: unknown): void => {
    painter.stop();
    ink.unmount();
    crash.resolve(error instanceof Error ? error : new Error(String(error)));
  };
  const painter = createPainter({out: stdout, nowMs, onError: fail});
  const session = createSession({monitor, painter, look: lookFor(options.env, stdout.isTTY), nowMs, onError: fail});
  const ink = render(<App session={session} painter={painter} />, {
    stdin,
    stdout,
    alternateScreen: true,
    interactive: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    patchConsole: false,
    isScreenReaderEnabled: false,
    onRender: () => painter.invalidate(),
  });
  const repaint = (): void => {
    // Some terminals reflow after they have told of the new size, over what was painted meanwhile.
    setTimeout(() => painter.invalidate(), REFLOW_MS).unref();
  };
  stdout.on('resize', repaint);
  stdout.on('error', fail);
  ink.waitUntilExit().catch(fail);

  return {
    crashed: crash.promise,
    close: async () => {
      painter.stop();
      stdout.off('resize', repaint);
      ink.unmount();
      await settledWithin(ink.waitUntilExit(), CLOSE_MS);
      stdout.off('error', fail);
    },
  };
};

const REFLOW_MS = 80;
/** A terminal that is gone never says that it has taken the last bytes. */
const CLOSE_MS = 500;

/** A terminal that stalls must not stall us; where Node lacks this internal, a stalled terminal is waited for. */
const unblock = (stdout: NodeJS.WriteStream): void => {
  const {_handle: handle} = stdout as NodeJS.WriteStream & {_handle?: {setBlocking?: (on: boolean) => unknown}};
  handle?.setBlocking?.(false);
};

/** Resolves when a promise settles, or after so long. */
const settledWithin = async (promise: Promise<unknown>, ms: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise.catch(() => undefined), late]);
  clearTimeout(timer);
};
