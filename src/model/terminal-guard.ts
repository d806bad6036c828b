/**
 * Restores a terminal whose screen dies without a word. It was started while
 * the terminal's modes were still the caller's. Nothing here throws or blocks.
 */
export type TerminalGuard = {
  /** The screen takes the terminal: to be told before the first mode is set. */
  readonly on: () => void;
  /** The terminal has been given back: nothing is to be restored. */
  readonly off: () => void;
  /** What to print when the screen has died: whole lines, sanitized. Takes the place of what was said before. */
  readonly say: (lines: readonly string[]) => void;
  /** Ends the guard; while the screen is up it restores the terminal first. */
  readonly bye: () => void;
};

/** Where there is no terminal, or nothing to guard it with. */
export const NO_TERMINAL_GUARD: TerminalGuard = {
  on: () => undefined,
  off: () => undefined,
  say: () => undefined,
  bye: () => undefined,
};
