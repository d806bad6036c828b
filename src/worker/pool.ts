import type {
  Checked, CheckTask, PageResult, PageTask, ParsedBatch, ParseTask, Peeked, PeekTask, ReadResult, ReadTask, WorkerTask,
} from '../model/task.ts';
import {ParserThread, type Pending} from './parser-thread.ts';
import type {PoolData} from './thread-data.ts';

/** No built-in parser comes near this for a batch; who does has a broken worker. */
const TASK_DEADLINE_MS = 30_000;
/** A thread that can't start, for want of file descriptors, say, is tried again after so long … */
const START_AGAIN_MS = 250;
/** … and so often. */
const MAX_FAILED_STARTS = 8;

/** Why a task was not answered: the parser hung, the worker died, or nothing is run any more. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
  readonly reason: 'deadline' | 'died' | 'closed';

  constructor(reason: 'deadline' | 'died' | 'closed', message: string) {
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

export type PoolLimits = {
  /** A thread whose heap outgrows it dies; V8's own limit (some GB) by default. */
  readonly heapMb?: number;
  /**
   * Tasks that a thread is given at once; 1 by default, where one may hang. With more of them a thread need not wait
   * for the next one.
   */
  readonly tasksPerThread?: number;
};

/** Threads that parse. One pool serves the built-in formats, another the custom parsers, which may hang. */
export class WorkerPool {
  readonly threads: number;
  /** Resolves when each thread was ready once, or could not be started. */
  readonly ready: Promise<void>;
  readonly #data: PoolData;
  readonly #limits: PoolLimits;
  readonly #running: ParserThread[] = [];
  readonly #waiting: Pending[] = [];
  #failedStarts = 0;
  #starting: number;
  #isStarted: () => void = () => {};
  /** Why nothing is run any more. */
  #over: string | null = null;

  /** @param data What each thread is given. */
  constructor(threads: number, data: PoolData = {scanMemory: null}, limits: PoolLimits = {}) {
    this.threads = threads;
    this.#data = data;
    this.#limits = limits;
    this.#starting = threads;
    this.ready = new Promise(resolve => (this.#isStarted = resolve));
    for (let count = 0; count < threads; count++) this.#start();
  }

  run(task: ParseTask, options?: RunOptions): Promise<ParsedBatch>;
  run(task: ReadTask, options?: RunOptions): Promise<ReadResult>;
  run(task: PeekTask, options?: RunOptions): Promise<Peeked>;
  run(task: PageTask, options?: RunOptions): Promise<PageResult>;
  run(task: CheckTask, options?: RunOptions): Promise<Checked>;
  /**
   * Runs a task. The bytes of parse tasks and of peek tasks move to the worker, unless they are in shared memory.
   *
   * @returns The answer. Rejects with {@link WorkerLost} when there is none.
   */
  run(task: WorkerTask, options: RunOptions = {}): Promise<unknown> {
    if (this.#over !== null) return Promise.reject(new WorkerLost('closed', this.#over));
    return new Promise((resolve, reject) => {
      const watch = watchOver(options, () => this.#giveUp(pending));
      const pending: Pending = {
        task,
        resolve: result => {
          watch.end();
          resolve(result);
        },
        reject: ({message}) => {
          watch.end();
          reject(new WorkerLost(watch.isOver ? 'deadline' : 'died', message));
        },
      };
      // Somebody waits for a page; a batch waits for its turn.
      if (task.kind === 'parse' || task.kind === 'read') this.#waiting.push(pending);
      else this.#waiting.unshift(pending);
      this.#next();
    });
  }

  /** Ends all threads, busy or not. */
  async destroy(): Promise<void> {
    this.#close('the pool has ended');
    await Promise.all([...this.#running].map(thread => thread.end('the pool has ended')));
  }

  #close(why: string): void {
    this.#over = why;
    for (const {reject} of this.#waiting.splice(0)) reject(new Error(why));
  }

  #next(): void {
    while (this.#waiting.length > 0) {
      const thread = this.#leastLoaded();
      if (thread === null) return;
      thread.run(this.#waiting.shift()!);
    }
  }

  #leastLoaded(): ParserThread | null {
    let least: ParserThread | null = null;
    for (const thread of this.#running) {
      if (thread.isReady && (least === null || thread.load < least.load)) least = thread;
    }
    return least !== null && least.load < (this.#limits.tasksPerThread ?? 1) ? least : null;
  }

  #start(): void {
    const {heapMb} = this.#limits;
    this.#running.push(
      new ParserThread({
        data: this.#data,
        resourceLimits: heapMb === undefined ? {} : {maxOldGenerationSizeMb: heapMb},
        onReady: () => this.#noteStarted(),
        onEnd: (thread, unbegun, reason) => this.#ended(thread, unbegun, reason),
        onAnswer: () => this.#next(),
      }),
    );
  }

  #noteStarted(): void {
    if (--this.#starting === 0) this.#isStarted();
  }

  #ended(thread: ParserThread, unbegun: readonly Pending[], reason: string): void {
    this.#running.splice(this.#running.indexOf(thread), 1);
    this.#waiting.unshift(...unbegun);
    if (!thread.isReady) this.#noteStarted();
    if (this.#over !== null) return this.#close(this.#over);
    this.#failedStarts = thread.isReady ? 0 : this.#failedStarts + 1;
    if (this.#failedStarts >= MAX_FAILED_STARTS) return this.#close(`no thread can be started: ${reason}`);
    if (thread.isReady) this.#start();
    else setTimeout(() => (this.#over === null ? this.#start() : undefined), START_AGAIN_MS);
  }

  /** Its time is over: whoever runs it is ended. */
  #giveUp(pending: Pending): void {
    const at = this.#waiting.indexOf(pending);
    if (at !== -1) {
      this.#waiting.splice(at, 1);
      pending.reject(new Error('no thread had time for it'));
      return;
    }
    void this.#running.find(thread => thread.has(pending))?.end('it gave no answer in time');
  }
}

/** Calls `onOver` once when the time for a task is over, or its caller has had enough; `end` where it has its answer. */
const watchOver = ({deadlineMs = TASK_DEADLINE_MS, signal}: RunOptions, onOver: () => void) => {
  const over = (): void => {
    watch.isOver = true;
    onOver();
  };
  const timer = deadlineMs === Infinity ? undefined : setTimeout(over, deadlineMs);
  signal?.addEventListener('abort', over, {once: true});
  const watch = {
    isOver: false,
    end: (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', over);
    },
  };
  return watch;
};
