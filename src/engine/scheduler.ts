import type {WorkerPool} from '../worker/pool.ts';

/**
 * Which threads a job needs: those of the built-in formats, to judge or to read and judge, or those of custom parsers,
 * which may hang.
 */
export type PoolName = 'builtin' | 'reading' | 'custom';

/** Work for one thread. `run` never rejects. */
export type Job = {
  readonly run: (pool: WorkerPool) => Promise<void>;
};

/** Something that has jobs from time to time. */
export type JobSource = {
  /** The next job for this pool, taken; null when there is none now. */
  readonly nextJob: (pool: PoolName) => Job | null;
};

type Slot = {readonly pool: WorkerPool; readonly capacity: number; readonly perSource: number; running: number; turn: number; readonly bySource: Map<JobSource, number>};

/** One that it works on and one that waits: a thread that had to ask for the next one would sleep in between. */
const JUDGED_PER_THREAD = 2;
/** While it reads and judges what has come from one process, the others have time to print. */
const READ_PER_THREAD = 4;
/** What the pool of built-in formats must have room for. */
export const TASKS_PER_THREAD = JUDGED_PER_THREAD + READ_PER_THREAD;

/**
 * Hands jobs to the pools, round robin over their sources, never more at once
 * than they have room for: so no source's flood delays another's lines by more
 * than the batches under way.
 */
export class Scheduler {
  readonly #slots: Map<PoolName, Slot>;
  readonly #sources: JobSource[] = [];

  /** Custom parsers may hang: one source alone never takes the last of their threads. */
  constructor(pools: {readonly builtin: WorkerPool; readonly custom: WorkerPool | null}) {
    const {builtin, custom} = pools;
    const judged = builtin.threads * JUDGED_PER_THREAD;
    this.#slots = new Map([
      ['builtin', slotOf(builtin, judged, judged)],
      ['reading', slotOf(builtin, builtin.threads * READ_PER_THREAD, 1)],
    ]);
    if (custom !== null) this.#slots.set('custom', slotOf(custom, custom.threads, Math.max(1, custom.threads - 1)));
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
      while (slot.running < slot.capacity && this.#startOne(name, slot)) {
        // Each round starts one job.
      }
    }
  };

  #startOne(name: PoolName, slot: Slot): boolean {
    for (let step = 0; step < this.#sources.length; step++) {
      const source = this.#sources[(slot.turn + step) % this.#sources.length]!;
      if ((slot.bySource.get(source) ?? 0) >= slot.perSource) continue;
      const job = source.nextJob(name);
      if (job === null) continue;
      slot.turn = (slot.turn + step + 1) % this.#sources.length;
      void this.#run(source, slot, job);
      return true;
    }
    return false;
  }

  async #run(source: JobSource, slot: Slot, job: Job): Promise<void> {
    const {bySource} = slot;
    slot.running++;
    bySource.set(source, (bySource.get(source) ?? 0) + 1);
    await job.run(slot.pool);
    slot.running--;
    const left = bySource.get(source)! - 1;
    if (left > 0) bySource.set(source, left);
    else bySource.delete(source);
    this.wake();
  }
}

const slotOf = (pool: WorkerPool, capacity: number, perSource: number): Slot => ({
  pool, capacity, perSource, running: 0, turn: 0, bySource: new Map(),
});
