import {Tinypool} from 'tinypool';
import type {ThreadData} from './thread-data.ts';
import type {
  Checked, CheckTask, PageResult, PageTask, ParsedBatch, ParseTask, Peeked, PeekTask, WorkerTask,
} from '../model/task.ts';

/** No built-in parser comes near this for a batch; who does has a broken worker. */
const TASK_DEADLINE_MS = 30_000;

/** Why a task was not answered: the parser hung or the worker died. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
  readonly reason: 'deadline' | 'died';

  constructor(reason: 'deadline' | 'died', message: string) {
    super(message);
    this.reason = reason;
  }
}

export type RunOptions = {
  /** Default 30 s; Infinity where the caller watches over the task itself. */
  readonly deadlineMs?: number;
  /** Ends the task and replaces its worker when aborted. */
  readonly signal?: AbortSignal;
};

/** Threads that parse. One pool serves the built-in formats, another the custom parsers, which may hang. */
export class WorkerPool {
  readonly #pool: Tinypool;
  readonly threads: number;

  /**
   * @param data What each thread is given.
   * @param limits `heapMb`: a thread whose heap outgrows it dies; V8's own limit (some GB) by default.
   */
  constructor(threads: number, data: ThreadData = {scanMemory: null}, limits: {readonly heapMb?: number} = {}) {
    this.threads = threads;
    this.#pool = new Tinypool({
      filename: new URL(import.meta.url.endsWith('.ts') ? './entry.ts' : './entry.js', import.meta.url).href,
      name: 'runTask',
      workerData: data,
      minThreads: threads,
      maxThreads: threads,
      // Waiting on atomics freezes a worker's timers and promises between tasks.
      useAtomics: false,
      ...(limits.heapMb === undefined ? {} : {resourceLimits: {maxOldGenerationSizeMb: limits.heapMb}}),
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    // A worker that breaks between tasks is replaced by the pool; there is no task to fail.
    this.#pool.on('error', () => {});
  }

  run(task: ParseTask, options?: RunOptions): Promise<ParsedBatch>;
  run(task: PeekTask, options?: RunOptions): Promise<Peeked>;
  run(task: PageTask, options?: RunOptions): Promise<PageResult>;
  run(task: CheckTask, options?: RunOptions): Promise<Checked>;
  /**
   * Runs a task. The bytes of parse tasks and of peek tasks move to the worker, unless they are in shared memory.
   *
   * @returns The answer. Rejects with {@link WorkerLost} when there is none.
   */
  async run(task: WorkerTask, options: RunOptions = {}): Promise<unknown> {
    const deadline = new AbortController();
    const deadlineMs = options.deadlineMs ?? TASK_DEADLINE_MS;
    const timer = deadlineMs === Infinity ? undefined : setTimeout(() => deadline.abort(), deadlineMs);
    const signal = options.signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, options.signal]);
    try {
      return await this.#pool.run(task, {signal, transferList: transferListOf(task)});
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new WorkerLost(signal.aborted ? 'deadline' : 'died', message);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends all threads, busy or not. */
  async destroy(): Promise<void> {
    await this.#pool.destroy();
  }
}

const transferListOf = (task: WorkerTask): ArrayBuffer[] => {
  if (task.kind === 'page' || task.kind === 'check' || (task.kind === 'parse' && task.shared !== null)) return [];
  const {buffer} = task.bytes;
  return buffer instanceof ArrayBuffer ? [buffer] : [];
};
