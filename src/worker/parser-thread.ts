import {Worker, type ResourceLimits} from 'node:worker_threads';
import type {ParsedBatch, ReadResult, WorkerTask} from '../model/task.ts';
import {ToldNames} from './group-names.ts';
import {isRingTask, type Answered, type RingTask} from './ring-codec.ts';
import {TaskRing} from './task-ring.ts';
import type {PoolData, ThreadData} from './thread-data.ts';
import type {FromThread, ToThread} from './thread-messages.ts';
import {buffersOf} from './transferred.ts';

/** A task on its way, and who waits for it. */
export type Pending = {
  readonly task: WorkerTask;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: Error) => void;
};

export type ParserThreadOptions = {
  readonly data: PoolData;
  readonly resourceLimits: ResourceLimits;
  /** Called once, if it comes to that. */
  readonly onReady: () => void;
  /** The thread has ended. `unbegun` was not looked at by it; all other tasks are rejected. */
  readonly onEnd: (thread: ParserThread, unbegun: readonly Pending[], reason: string) => void;
  /** It has answered or is ready, and may have room for more. */
  readonly onAnswer: () => void;
};

/** The engine's end of one thread that parses. */
export class ParserThread {
  readonly #options: ParserThreadOptions;
  readonly #worker: Worker;
  readonly #ring = new TaskRing();
  readonly #names = new ToldNames();
  readonly #sent = new Map<number, Pending>();
  readonly #offered = new Map<number, Pending>();
  #lastId = 0;
  #isReady = false;
  #hasEnded = false;

  constructor(options: ParserThreadOptions) {
    this.#options = options;
    const {data, resourceLimits} = options;
    const file = new URL(import.meta.url.endsWith('.ts') ? './entry.ts' : './entry.js', import.meta.url);
    this.#worker = new Worker(file, {
      workerData: {...data, ring: this.#ring.shared} satisfies ThreadData,
      resourceLimits,
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    this.#worker.on('message', (message: FromThread) => this.#receive(message));
    this.#worker.on('error', error => this.#end(error instanceof Error ? error.message : String(error)));
    this.#worker.on('exit', code => this.#end(`it ended with code ${code}`));
  }

  /** Tasks that it has not answered. */
  get load(): number {
    return this.#sent.size + this.#offered.size;
  }

  /** Whether it was ever ready for tasks. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Whether it has this task to answer. */
  has(pending: Pending): boolean {
    return [...this.#sent.values(), ...this.#offered.values()].includes(pending);
  }

  /** Hands it a task, once it is ready. What of it can move to the thread, moves. */
  run(pending: Pending): void {
    this.#worker.ref();
    const {task} = pending;
    // There is always room for what reads: a thread has fewer tasks at once than its ring has entries.
    if (task.kind === 'read' || (task.kind === 'parse' && isRingTask(task) && this.#ring.hasRoom)) this.#offer(task, pending);
    else this.#send(task, pending);
  }

  /** Ends it, busy or not; its tasks are rejected with `reason`. */
  async end(reason: string): Promise<void> {
    this.#end(reason);
    await this.#worker.terminate();
  }

  #offer(task: RingTask, pending: Pending): void {
    const {number, mustWake} = this.#ring.offer(task);
    this.#offered.set(number, pending);
    if (mustWake) this.#worker.postMessage('ring' satisfies ToThread, []);
  }

  #send(task: WorkerTask, pending: Pending): void {
    const id = ++this.#lastId;
    this.#sent.set(id, pending);
    this.#worker.postMessage({id, task} satisfies ToThread, transferListOf(task));
  }

  #receive(message: FromThread): void {
    // What it has sent before its end must not let go of a process that waits for this end.
    if (this.#hasEnded) return;
    if (!this.#isReady) {
      this.#isReady = true;
      this.#options.onReady();
    }
    if (message !== 'ring') this.#takeMessage(message);
    this.#takeAnswers();
    if (this.load === 0) this.#worker.unref();
    this.#options.onAnswer();
  }

  #takeMessage(message: Exclude<FromThread, 'ring'>): void {
    this.#names.add(message.names);
    if ('number' in message) this.#ring.free(message.number);
    const [tasks, key] = 'id' in message ? [this.#sent, message.id] : [this.#offered, message.number];
    const pending = tasks.get(key);
    tasks.delete(key);
    if (pending?.task.kind === 'read') this.#resolveRead(pending, key, 'error' in message ? null : (message.result as ParsedBatch | null));
    else if ('error' in message) pending?.reject(new Error(message.error));
    else pending?.resolve(message.result);
  }

  #takeAnswers(): void {
    this.#ring.look();
    for (let next = this.#ring.take(this.#names); next !== null; next = this.#ring.take(this.#names)) {
      const {number, answered} = next;
      const pending = this.#offered.get(number);
      this.#offered.delete(number);
      const parsed = answered === null ? null : resultOf(answered);
      if (pending?.task.kind === 'read') this.#resolveRead(pending, number, parsed);
      else pending?.resolve(parsed);
    }
  }

  /** What was read is there, whatever has become of its lines. */
  #resolveRead(pending: Pending, number: number, parsed: ParsedBatch | null): void {
    pending.resolve({...this.#ring.progressOf(number), parsed} satisfies ReadResult);
  }

  #end(reason: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const offered = [...this.#offered];
    const isUnbegun = ([number, {task}]: [number, Pending]): boolean => task.kind !== 'read' && this.#ring.isUnbegun(number);
    const unbegun = offered.filter(isUnbegun).map(([, pending]) => pending);
    const reading = offered.filter(([, {task}]) => task.kind === 'read');
    const begun = offered.filter(entry => !isUnbegun(entry) && !reading.includes(entry)).map(([, pending]) => pending);
    const lost = [...this.#sent.values(), ...begun];
    this.#sent.clear();
    this.#offered.clear();
    for (const {reject} of lost) reject(new Error(reason));
    void this.#worker.terminate().then(() => {
      // Not before: until it is dead, it may go on reading.
      for (const [number, pending] of reading) this.#resolveRead(pending, number, null);
    });
    this.#options.onEnd(this, unbegun, reason);
  }
}

/** What was told in numbers has nothing else in it. */
const resultOf = ({lines, bytes, busyMs, tally, grouped}: Answered): ParsedBatch => ({
  lines, bytes, busyMs, tally, grouped, tail: [], emitted: null, returned: null, verdicts: null,
});

const transferListOf = (task: WorkerTask): ArrayBuffer[] => {
  return task.kind === 'peek' || (task.kind === 'parse' && task.shared === null) ? buffersOf([task.bytes]) : [];
};
