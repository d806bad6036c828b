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

type Slot = {
  readonly pool: WorkerPool;
  readonly capacity: number;
  readonly perSource: number;
  running: number;
  /** How many of them are of which source. */
  readonly bySource: Map<JobSource, number>;
  /** Sources that may have a job, whose turn is next first. Of hundreds most have none most of the time. */
  readonly ready: Set<JobSource>;
};

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
  readonly #sources = new Set<JobSource>();

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
    this.#sources.add(source);
    this.#mark(source);
  }

  remove(source: JobSource): void {
    this.#sources.delete(source);
    for (const {ready} of this.#slots.values()) ready.delete(source);
  }

  /** A source may have got work, or with none named, each of them: starts what can be started. */
  readonly wake = (source?: JobSource): void => {
    if (source === undefined) for (const each of this.#sources) this.#mark(each);
    else this.#mark(source);
    this.#start();
  };

  #mark(source: JobSource): void {
    if (!this.#sources.has(source)) return;
    for (const {ready} of this.#slots.values()) ready.add(source);
  }

  #start(): void {
    for (const [name, slot] of this.#slots) {
      while (slot.running < slot.capacity && this.#startOne(name, slot)) {
        // Each round starts one job.
      }
    }
  }

  #startOne(name: PoolName, slot: Slot): boolean {
    for (const source of slot.ready) {
      slot.ready.delete(source);
      // Who has no room is marked again when one of its jobs has ended.
      if ((slot.bySource.get(source) ?? 0) >= slot.perSource) continue;
      const job = source.nextJob(name);
      if (job === null) continue;
      slot.ready.add(source);
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
    this.wake(source);
  }
}

const slotOf = (pool: WorkerPool, capacity: number, perSource: number): Slot => ({
  pool, capacity, perSource, running: 0, bySource: new Map(), ready: new Set(),
});
