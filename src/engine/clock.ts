/** Time as the engine sees it; tests bring their own. */
export type Clock = {
  /** Monotonic ms: for rates, ages, deadlines and backoff. */
  readonly nowMs: () => number;
  /** Wall-clock ms since the epoch: for what people read. */
  readonly wallMs: () => number;
  /** Calls back once after `ms`. Returns what cancels it. */
  readonly after: (ms: number, call: () => void) => () => void;
};

/** The machine's own. Timers do not keep the process alive: the run does. */
export const systemClock = (): Clock => ({
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
});
