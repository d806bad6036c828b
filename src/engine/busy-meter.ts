const WINDOW_TICKS = 10;

/** Share of the workers' time that was spent on tasks in about the last second. */
export class BusyMeter {
  readonly #threads: number;
  #runningMs = 0;
  readonly #ticks: {readonly busyMs: number; readonly elapsedMs: number}[] = [];
  #lastMs: number;

  constructor(threads: number, nowMs: number) {
    this.#threads = threads;
    this.#lastMs = nowMs;
  }

  /** A task has taken so long. */
  readonly add = (busyMs: number): void => {
    this.#runningMs += busyMs;
  };

  tick(nowMs: number): void {
    this.#ticks.push({busyMs: this.#runningMs, elapsedMs: nowMs - this.#lastMs});
    if (this.#ticks.length > WINDOW_TICKS) this.#ticks.shift();
    this.#runningMs = 0;
    this.#lastMs = nowMs;
  }

  /** 0 to 1. */
  share(): number {
    const busyMs = this.#ticks.reduce((sum, tick) => sum + tick.busyMs, 0);
    const elapsedMs = this.#ticks.reduce((sum, tick) => sum + tick.elapsedMs, 0);
    return elapsedMs === 0 ? 0 : Math.min(1, busyMs / (elapsedMs * this.#threads));
  }
}
