/** A task should take about so long: progress shows, and no process keeps a thread from the others. */
const TARGET_MS = 50;
/** Nobody sees whether shorter ones end together. */
const SLOW_MS = 400;
/** Whoever has to wait asks again ten times a second: half of that is too early as often as too late. */
const LATE_MS = 50;
const MAX_GROWTH = 4;
const MAX_LINES = 1_000_000;

/**
 * How many lines of a custom format make a task: bounded in time, not in
 * bytes, from what the lines before have cost. Starts with one line, since
 * nobody knows what a parser costs before it was tried.
 */
export class BatchSizer {
  #lines = 1;
  #lineMs = 0;
  #begunAtMs: number | null = null;

  get lines(): number {
    return this.#lines;
  }

  /** What a line is going to cost: what one has cost last. The first is taken to be half done. */
  lineMs(nowMs: number): number {
    return this.#lineMs === 0 ? 2 * Math.max(0, nowMs - (this.#begunAtMs ?? nowMs)) : this.#lineMs;
  }

  /** A task of this size begins. */
  begin(nowMs: number): void {
    this.#begunAtMs = nowMs;
  }

  /**
   * Whether another task, begun now, would end soon after the last of `running` ones: slow tasks that end one after
   * the other show more often what is new. The first may be slow, too.
   */
  isTooSoon(nowMs: number, running: number): boolean {
    const sinceMs = nowMs - (this.#begunAtMs ?? -Infinity);
    if (this.#lineMs === 0) return sinceMs < SLOW_MS;
    const taskMs = this.#lineMs * this.#lines;
    return taskMs >= SLOW_MS && sinceMs < taskMs / (running + 1) - LATE_MS;
  }

  /** `lines` lines have taken `busyMs`. */
  learn(lines: number, busyMs: number): void {
    if (lines === 0) return;
    this.#lineMs = busyMs / lines;
    const affordable = Math.floor((TARGET_MS * lines) / Math.max(busyMs, 0.001));
    this.#lines = Math.max(1, Math.min(MAX_LINES, affordable, this.#lines * MAX_GROWTH));
  }
}
