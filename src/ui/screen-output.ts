import type {PaintTarget} from './painter.ts';

/** What Ink and the painter write to: a terminal that may stall or vanish. */
export type ScreenOutput = {
  /**
   * For Ink: stdout in all but this, that it takes no frame while anything is
   * queued. They are blank, and the painter paints over every cell of them.
   * Once it has ended it takes nothing more.
   */
  readonly stream: NodeJS.WriteStream;
  /** For the painter: behind as soon as anything is queued, so that no more than a frame ever is. */
  readonly canvas: PaintTarget;
  /**
   * Waits until the terminal has taken all that was written.
   *
   * @returns False when it has not after so long, or never will.
   */
  flushed(ms: number): Promise<boolean>;
  /** Writes no more. What is queued already stays queued. */
  end(): void;
};

/** @param onFrame Ink has written a frame of its own: it does so some time after it rendered, and over what was painted. */
export const createOutput = (stdout: NodeJS.WriteStream, onFrame: () => void): ScreenOutput => {
  let ended = false;
  const isBehind = (): boolean => stdout.writableLength > 0;
  const write = (text: string, ...rest: unknown[]): boolean => {
    const isDropped = ended || (isBehind() && text !== '' && !MODE.test(text));
    if (!isDropped) {
      const taken = (stdout.write as (...all: unknown[]) => boolean)(text, ...rest);
      if (text !== '' && !MODE.test(text)) onFrame();
      return taken;
    }
    const callback = rest.at(-1);
    if (typeof callback === 'function') setImmediate(callback as () => void);
    return true;
  };
  return {
    canvas: {
      get writableNeedDrain() {
        return isBehind();
      },
      write: text => ended || stdout.write(text),
      // Node's own `drain` comes only after 64 KiB.
      once: (_drain, listener) => write('', () => listener()),
    },
    stream: new Proxy(stdout, {
      get: (target, key) => {
        if (key === 'write') return write;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    }),
    flushed: (ms) => (ended ? Promise.resolve(false) : takenWithin(stdout, ms)),
    end: () => {
      ended = true;
    },
  };
};

/**
 * Alternate screen, cursor, bracketed paste and the end of synchronized output:
 * what the terminal must not miss, however far behind it is.
 */
// oxlint-disable-next-line no-control-regex -- escape sequences begin with ESC
const MODE = /^\u001B\[\?(?:(?:1049|25|2004)[hl]|2026l)$/;

const takenWithin = (stdout: NodeJS.WriteStream, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    stdout.write('', (error) => {
      clearTimeout(timer);
      resolve(error === undefined || error === null);
    });
  });
