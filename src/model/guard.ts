/** Both ends of a pipe for a child's output. Closing them is the taker's business. */
export type OutputPipe = {
  /** Does not block. */
  readonly readFd: number;
  /** For the child; blocks, as a pipe's writer must. To be closed here once the child has it. */
  readonly writeFd: number;
  /** What `/proc/PID/fd/N` of whoever holds the pipe links to. */
  readonly link: string;
};

/** Sees to it that nothing outlives the engine, and finds what has left its group. */
export type Guard = {
  /**
   * The variable that marks all descendants of a process, wherever they go.
   * Its name holds the run's own id, so that a keepup inside a keepup works.
   */
  readonly tagOf: (process: number) => readonly [name: string, value: string];
  /** A process group runs from now on … */
  readonly groupStarted: (group: number) => void;
  /** … and was seen empty: its number may be someone else's by now. */
  readonly groupEnded: (group: number) => void;
  /** Pids that carry a process's tag and run (no zombies), whatever their group. Empty where there is no `/proc`. */
  readonly tagged: (process: number) => readonly number[];
  /** A named pipe, already unlinked; null where there can be none: then a socket pair must do. Never rejects. */
  readonly outputPipe: () => Promise<OutputPipe | null>;
  /** Pids that hold a pipe open for writing, ourselves left out. */
  readonly holders: (links: readonly string[]) => readonly number[];
};
