/** Why a command could not be started, in the words of a good error message. */
export type StartFailure = {
  /** The command or path that failed. */
  readonly what: string;
  /** `ENOENT`, `EACCES`, `E2BIG`, … */
  readonly errno: string;
  /** One sentence: what was expected and what came. */
  readonly reason: string;
  /** What the user can do next. */
  readonly next: string;
};

/** How a run of a process ended: exactly one of the two is set. */
export type ExitStatus = {
  readonly code: number | null;
  readonly signal: string | null;
};

/**
 * Where a process stands. `…Ms` are monotonic, on the engine's clock, as
 * `Snapshot.nowMs` is. `engine/lifecycle.ts` draws the machine.
 */
export type ProcessState =
  | {readonly kind: 'starting'}
  | {readonly kind: 'running'}
  | {readonly kind: 'paused'; readonly sinceMs: number}
  /**
   * TERM and CONT were sent; KILL follows at `killAtMs`. `then`: what comes
   * after. `ended`: how the child itself had ended before, by itself; what is
   * being stopped is what it left behind.
   */
  | {readonly kind: 'stopping'; readonly killAtMs: number; readonly then: 'stay' | 'start'; readonly ended?: ExitStatus}
  /** `failure`: the machine refused to start it, as it may not the next time; `exit` says nothing then. */
  | {readonly kind: 'restarting'; readonly atMs: number; readonly exit: ExitStatus; readonly failure?: StartFailure}
  /** `byUs`: ended because we stopped it (key, `--for`, `--kill-others`, quit). */
  | {readonly kind: 'exited'; readonly exit: ExitStatus; readonly byUs: boolean}
  | {readonly kind: 'crash-loop'; readonly exit: ExitStatus; readonly restarts: number}
  | {readonly kind: 'failed-to-start'; readonly failure: StartFailure};

export type ProcessStateKind = ProcessState['kind'];

/** Nothing of the process runs and nothing will, unless someone asks for it. */
export const hasEnded = (state: ProcessState): boolean =>
  state.kind === 'exited' || state.kind === 'crash-loop' || state.kind === 'failed-to-start';

/** A child exists: signals and keys have something to act on. */
export const isAlive = (state: ProcessState): boolean =>
  state.kind === 'running' || state.kind === 'paused' || state.kind === 'stopping';
