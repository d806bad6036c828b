import type {Batch} from '../ingest/batch.ts';
import type {LentBatch, LineFramer} from '../ingest/line-framer.ts';
import {NO_BYTES, PIPE_BYTES, type ParsedBatch, type ReadResult, type ReadTask} from '../model/task.ts';
import type {WorkerPool} from '../worker/pool.ts';
import type {LaneHost, LaneInfo} from './lane-host.ts';
import type {LaneTail, Shown} from './lane-tail.ts';
import type {ByteSource, Lending} from './output-streams.ts';
import type {Job} from './scheduler.ts';

export type LaneReadingOptions = {
  readonly lane: LaneInfo;
  readonly source: ByteSource;
  readonly framer: LineFramer;
  readonly host: LaneHost;
  readonly tail: LaneTail;
  /** A batch was cut before it was full, to be judged as any other, but not before this call is over. */
  readonly onCut: (batch: Batch) => void;
  /** A batch was read and judged, as if its lines were the first of the process. */
  readonly onJudged: (batch: Batch, result: ParsedBatch) => void;
};

/** So much within so long is a flood: for less, tasks for threads would cost more than they spare. */
const FLOOD_BYTES = 256 * 1024;
const FLOOD_MS = 20;

/**
 * Has threads read a pipe while it is flooded, straight to where they judge it: then the engine's own thread need not
 * touch a byte of it, and each byte is judged while it is still in the cache of the core that has read it. Where they
 * find the pipe empty, it is read here again, as it comes.
 */
export class LaneReading {
  readonly #options: LaneReadingOptions;
  readonly #lending: Lending | null;
  /** The lent pipe's descriptor; null while it is read here. */
  #fd: number | null = null;
  /** What was read here lately. */
  #window = {sinceMs: -Infinity, bytes: 0};
  #mustStop = false;
  #isFrozen = false;
  #sinceMs = 0;
  #heldMs = 0;
  #isHeld = false;

  constructor(options: LaneReadingOptions) {
    this.#options = options;
    const isJudgedInPlace = options.lane.stream === 'stdout' && options.host.threadsMayRead;
    this.#lending = (isJudgedInPlace ? options.source.lending : null) ?? null;
  }

  /** Threads read it. */
  get isOn(): boolean {
    return this.#fd !== null;
  }

  /** It was found full more often than not: its writer waits for us. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** How long, in all, it was full. */
  get heldMs(): number {
    return this.#heldMs;
  }

  /**
   * Notes what was read here. A flooded pipe is lent.
   *
   * @returns Whether it is, and must not be read here any more.
   */
  mayBegin(readBytes: number): boolean {
    const {framer, host} = this.#options;
    if (this.#lending === null || this.#mustStop) return false;
    const nowMs = host.clock.nowMs();
    if (nowMs - this.#window.sinceMs > FLOOD_MS) this.#window = {sinceMs: nowMs, bytes: 0};
    this.#window.bytes += readBytes;
    if (this.#window.bytes < FLOOD_BYTES || host.format().kind !== 'json' || !framer.isWhole) return false;
    this.#fd = this.#lending.lend();
    this.#sinceMs = nowMs;
    return true;
  }

  /** The next job; null when the pipe is not lent, or a thread is at it. */
  nextJob(): Job | null {
    const {lane, host, framer, tail} = this.#options;
    if (this.#fd === null || framer.isLent) return null;
    const lent = this.#lend();
    if (lent === null) {
      this.#end();
      return null;
    }
    // There is more to come, or the lane's own `isUnshown` will tell.
    const shown = tail.wants(true, {batches: 0, lines: 0}, host.clock.nowMs());
    const task = taskOf({lane, host, lent, fd: this.#fd, shown});
    return {run: async pool => this.#took(lent, shown, await run(pool, task))};
  }

  /** Nothing more is to be read. What a thread has at this moment is still taken. */
  stop(): void {
    this.#mustStop = true;
    if (!this.#options.framer.isLent) this.#end();
  }

  /** The books are closed: not even that is. */
  freeze(): void {
    this.#isFrozen = true;
    this.stop();
  }

  /** Where the running batch has little room left, in a new one. */
  #lend(): LentBatch | null {
    const {framer, host, onCut} = this.#options;
    const {clock, memory} = host;
    const lend = (): LentBatch | null => framer.lend(PIPE_BYTES, clock.nowMs(), clock.wallMs());
    let lent = lend();
    if (lent === null) {
      const cut = framer.flush();
      if (cut !== null) onCut(cut);
      lent = lend();
    }
    if (lent === null || memory.isShared(lent.room)) return lent;
    framer.takeBack(lent.usedBytes, null);
    return null;
  }

  #took(lent: LentBatch, shown: Shown, result: ReadResult): void {
    if (this.#isFrozen) return this.#end();
    const {framer, host, tail, onJudged} = this.#options;
    const {usedBytes, parsed} = result;
    this.#noteHeld(result);
    const batch = framer.takeBack(usedBytes, parsed);
    const hasRead = usedBytes > lent.usedBytes;
    if (hasRead) host.arrived();
    if (batch !== null) {
      tail.judged(batch.firstLine, shown);
      onJudged(batch, parsed!);
    }
    // Who has just printed gets another turn: by then the pipe may be full again.
    if ((result.isDrained && !hasRead) || this.#mustStop) this.#end();
  }

  #noteHeld({reads, fullReads}: ReadResult): void {
    const nowMs = this.#options.host.clock.nowMs();
    if (reads > 0) this.#heldMs += ((nowMs - this.#sinceMs) * fullReads) / reads;
    this.#isHeld = 2 * fullReads > reads;
    this.#sinceMs = nowMs;
  }

  #end(): void {
    if (this.#fd === null) return;
    this.#fd = null;
    this.#isHeld = false;
    this.#lending!.takeBack();
  }
}

type TaskParts = {
  readonly lane: LaneInfo;
  readonly host: LaneHost;
  readonly lent: LentBatch;
  readonly fd: number;
  readonly shown: Shown;
};

const taskOf = ({lane, host, lent, fd, shown}: TaskParts): ReadTask => ({
  kind: 'read',
  bytes: NO_BYTES,
  shared: {at: lent.room.byteOffset, length: lent.room.length},
  fd,
  usedBytes: lent.usedBytes,
  lines: 0,
  discarded: [],
  generation: lane.generation,
  firstLine: lent.firstLine,
  firstOffset: lent.firstOffset,
  ordinal: 0,
  sub: 0,
  arrivedAtMs: lent.arrivedAtMs,
  stream: lane.stream,
  format: {kind: 'json'},
  maxLineBytes: host.maxLineBytes,
  sampleEvery: 1,
  ...shown,
  ansi: host.ansi,
  emit: null,
  journal: null,
  recover: null,
  budgetMs: Infinity,
});

/** Never rejects. */
const run = (pool: WorkerPool, task: ReadTask): Promise<ReadResult> =>
  pool.run(task).catch(() => ({usedBytes: task.usedBytes, reads: 0, fullReads: 0, isDrained: true, parsed: null}));
