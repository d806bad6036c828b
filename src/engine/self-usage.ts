/** keepup's own use of the machine. */
export type SelfUsage = {
  /** Share of one core since the last sample; 1 is a whole core. */
  readonly cpu: number;
  readonly rssBytes: number;
};

/** Measures what this process itself uses, threads included. */
export class SelfMeter {
  #lastCpuMs = cpuMs();
  #lastMs: number;

  constructor(nowMs: number) {
    this.#lastMs = nowMs;
  }

  sample(nowMs: number): SelfUsage {
    const usedMs = cpuMs();
    const cpu = (usedMs - this.#lastCpuMs) / Math.max(1, nowMs - this.#lastMs);
    [this.#lastCpuMs, this.#lastMs] = [usedMs, nowMs];
    return {cpu, rssBytes: process.memoryUsage.rss()};
  }
}

const cpuMs = (): number => {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1000;
};
