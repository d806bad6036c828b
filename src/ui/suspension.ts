import type {TerminalGuard} from '../model/terminal-guard.ts';
import type {Painter} from './painter.ts';
import type {ScreenOutput} from './screen-output.ts';
import {settledWithin} from './settled-within.ts';

/** Ink's way to lend the terminal: cooked mode, main screen, cursor; `resume` takes it back and draws. */
export type Lend = () => Promise<{resume: () => Promise<void>}>;

export type SuspensionOptions = {
  readonly lend: Lend;
  readonly painter: Painter;
  readonly guard: TerminalGuard;
  readonly output: ScreenOutput;
  readonly onError: (error: unknown) => void;
};

/** Stops us as a shell's job, and takes the terminal again when we go on. */
export type Suspension = {
  /** Gives the terminal back, stops the process group, and when it goes on takes the terminal again. */
  suspend(): void;
  /** Ends the listening to signals; resolves when nothing is under way any more. */
  release(): Promise<void>;
};

/**
 * Listens to the signals of job control from now on.
 *
 *   up ──Ctrl-Z, SIGTSTP──▶ lent ──the group stops──▶ stopped ──SIGCONT──▶ taken back ──▶ up
 *   up ──SIGSTOP──▶ stopped with all its modes set ──SIGCONT──▶ lent ──▶ taken back ──▶ up
 *
 * After a SIGSTOP nothing was put away, and the shell has set modes of its own:
 * only lending and taking back makes Node set the raw ones again.
 */
export const createSuspension = ({lend, painter, guard, output, onError}: SuspensionOptions): Suspension => {
  let underWay: Promise<void> | null = null;
  let continued: (() => void) | null = null;
  let goesAgain = false;

  const lendAndTake = async (stops: boolean): Promise<void> => {
    painter.suspend();
    const {resume} = await lend();
    if (stops) {
      await output.flushed(FLUSH_MS);
      guard.off();
      const goesOn = new Promise<void>((resolve) => {
        continued = resolve;
      });
      stopGroup();
      // A group that no shell watches is never stopped: then nothing comes.
      await settledWithin(goesOn, CONTINUE_MS);
      continued = null;
    }
    guard.on();
    readSize();
    await resume();
    painter.resume();
  };

  const begin = (stops: boolean): void => {
    underWay = lendAndTake(stops)
      .catch(onError)
      .finally(() => {
        underWay = null;
        if (!goesAgain) return;
        goesAgain = false;
        begin(false);
      });
  };
  const suspend = (): void => {
    if (underWay === null) begin(true);
  };
  const stopGroup = (): void => {
    process.off('SIGTSTP', suspend);
    // Launcher and npm, too: the shell gets the terminal when its own child stops.
    process.kill(0, 'SIGTSTP');
    process.on('SIGTSTP', suspend);
  };
  const onContinue = (): void => {
    if (continued !== null) continued();
    // Stopped once more while it took the terminal back, as after `bg`.
    else if (underWay !== null) goesAgain = true;
    else begin(false);
  };

  process.on('SIGTSTP', suspend);
  process.on('SIGCONT', onContinue);
  return {
    suspend,
    release: async () => {
      process.off('SIGTSTP', suspend);
      process.off('SIGCONT', onContinue);
      goesAgain = false;
      if (underWay !== null) await underWay;
    },
  };
};

/** A terminal that stalls must not keep us from stopping. */
const FLUSH_MS = 500;
const CONTINUE_MS = 100;

/** Who was in the background was not told of a new size. Node reads it anew at this event. */
const readSize = (): void => {
  process.emit('SIGWINCH', 'SIGWINCH');
};
