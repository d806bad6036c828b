import type {WorkerPool} from '../worker/pool.ts';

/** Which threads a job needs: those of the built-in formats, or those of custom parsers, which may hang. */
export type PoolName = 'builtin' | 'custom';

/** Work for one thread. `run` never rejects. */
export type Job = {
  readonly pool: PoolName;
  readonly run: (pool: WorkerPool) => Promise<void>;
};

/** Something that has jobs from time to time. */
export type JobSource = {
  /** The next job, taken; null when there is none now. */
  readonly nextJob: () => Job | null;
  /** Which pool its jobs need. */
  readonly poolName: () => PoolName;
};

type Slot = {readonly pool: WorkerPool; readonly perSource: number; running: number; turn: number};

/**
 * Hands jobs to the pools, round robin over their sources, never more at once
 * than they have room for: so no source's flood delays another's lines by more
 * than the batches under way.
 */
export class Scheduler {
  readonly #slots: Map<PoolName, Slot>;
  readonly #sources: JobSource[] = [];
  readonly #running = new Map<JobSource, number>();

  /** Custom parsers may hang: one source alone never takes the last of their threads. */
  constructor(pools: {readonly builtin: WorkerPool; readonly custom: WorkerPool | null}) {
    this.#slots = new Map([['builtin', slotOf(pools.builtin, pools.builtin.capacity)]]);
    if (pools.custom !== null) this.#slots.set('custom', slotOf(pools.custom, Math.max(1, pools.custom.threads - 1)));
  }

  add(source: JobSource): void {
    this.#sources.push(source);
  }

  remove(source: JobSource): void {
    const index = this.#sources.indexOf(source);
    if (index !== -1) this.#sources.splice(index, 1);
  }

  /** Starts what can be started; to be called whenever a source may have got work. */
  readonly wake = (): void => {
    for (const [name, slot] of this.#slots) {
      while (slot.running < slot.pool.capacity && this.#startOne(name, slot)) {
        // Each round starts one job.
      }
    }
  };

  #startOne(name: PoolName, slot: Slot): boolean {
    for (let step = 0; step < this.#sources.length; step++) {
      const source = this.#sources[(slot.turn + step) % this.#sources.length]!;
      if (source.poolName() !== name || (this.#running.get(source) ?? 0) >= slot.perSource) continue;
      const job = source.nextJob();
      if (job === null) continue;
      slot.turn = (slot.turn + step + 1) % this.#sources.length;
      void this.#run(source, slot, job);
      return true;
    }
    return false;
  }

  async #run(source: JobSource, slot: Slot, job: Job): Promise<void> {
    slot.running++;
    this.#running.set(source, (this.#running.get(source) ?? 0) + 1);
    await job.run(slot.pool);
    slot.running--;
    const left = this.#running.get(source)! - 1;
    if (left > 0) this.#running.set(source, left);
    else this.#running.delete(source);
    this.wake();
  }
}

const slotOf = (pool: WorkerPool, perSource: number): Slot => ({pool, perSource, running: 0, turn: 0});
