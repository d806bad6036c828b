import type {Batch} from '../ingest/batch.ts';
import {LineFramer} from '../ingest/line-framer.ts';
import {Resequencer} from '../ingest/resequencer.ts';
import {TAIL_LINES, type DisplayLine} from '../model/display-line.ts';
import {NO_BYTES, type ParsedBatch} from '../model/task.ts';
import {BatchSizer} from './batch-sizer.ts';
import {droppedBatch} from './counted-batches.ts';
import type {LaneHost, LaneItem} from './lane-host.ts';
import {LaneCredit} from './lane-credit.ts';
import {parseJob, sampleEveryOf, splitItem} from './lane-jobs.ts';
import {LanePeeks} from './lane-peeks.ts';
import {LaneReading} from './lane-reading.ts';
import {LaneTail, type Shown} from './lane-tail.ts';
import type {ByteSource} from './output-streams.ts';
import type {Job, JobSource, PoolName} from './scheduler.ts';
import {WatchList} from './watch-list.ts';

/** A batch is cut at so many bytes. */
export const BATCH_BYTES = 1024 * 1024;
/** Two-byte lines cost as much each as long ones: so a task stays within some 30 ms. */
const BATCH_LINES = 32_768;
/** Under `drop-oldest`, lines that would be so old when judged give way to newer ones, but none that has just come. */
const MAX_AGE_MS = 1000;
const MIN_AGE_MS = 100;

/** One output stream of one generation, from its bytes to its verdicts in order. */
export class Lane implements JobSource {
  readonly stream: 'stdout' | 'stderr';
  readonly generation: number;
  readonly framer: LineFramer;
  readonly #host: LaneHost;
  readonly #source: ByteSource;
  readonly #credit: LaneCredit;
  readonly #reading: LaneReading;
  readonly #peeks: LanePeeks;
  readonly tail: LaneTail;
  readonly #queue: LaneItem[] = [];
  readonly #inFlight = new Set<LaneItem>();
  readonly #resequencer = new Resequencer<{item: LaneItem; result: ParsedBatch}>();
  readonly #sizer = new BatchSizer();
  readonly #watches = new WatchList();
  /** Judged, and waiting for a slow reader of our output. */
  #unwrittenBytes = 0;
  #pendingLines = 0;
  #ended = false;
  #isFrozen = false;

  constructor(source: ByteSource, stream: 'stdout' | 'stderr', generation: number, host: LaneHost) {
    this.#source = source;
    this.stream = stream;
    this.generation = generation;
    this.#host = host;
    this.tail = new LaneTail(host.viewLines);
    this.#credit = new LaneCredit(source, host.creditBytes, host.clock);
    const shared = this.#isCustom;
    this.framer = new LineFramer({
      maxLineBytes: host.maxLineBytes,
      batchBytes: BATCH_BYTES,
      batchLines: BATCH_LINES,
      // Custom parsers may take a worker down with them: their bytes stay where every worker can read them.
      allocate: shared ? size => new Uint8Array(new SharedArrayBuffer(size)) : host.memory.allocate,
      copy: host.memory.copy,
      release: host.memory.release,
      countNewlines: host.memory.countNewlines,
    });
    this.#peeks = new LanePeeks({lane: this, host, queue: this.#queue, onPeeked: () => this.#settleAtEnd()});
    this.#reading = new LaneReading({
      lane: this,
      source,
      framer: this.framer,
      host,
      tail: this.tail,
      onCut: batch => queueMicrotask(() => this.#enqueue(batch)),
      onJudged: (batch, result) => this.#acceptRead(batch, result),
    });
    source.on('data', (chunk: Buffer) => this.#read(chunk));
    for (const event of ['end', 'close', 'error']) source.on(event, () => this.#finish());
  }

  /** Whole lines read and not yet judged. */
  get pendingLines(): number {
    return this.#pendingLines + this.framer.openLines;
  }

  /** The stream has ended and its last line was judged. */
  get isDone(): boolean {
    return this.#ended && this.#pendingLines === 0;
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  get isHeld(): boolean {
    return this.#credit.isHeld || this.#reading.isHeld;
  }

  /** How long the child was left unread so far. */
  heldMs(nowMs: number): number {
    return this.#credit.heldMs(nowMs) + this.#reading.heldMs;
  }

  /** All is judged, but the newest lines were not made displayable. */
  get isUnshown(): boolean {
    const {length} = this.#queue;
    return this.tail.isUnshown && length + this.#inFlight.size + this.framer.openLines === 0 && !this.#reading.isOn;
  }

  /** Monotonic ms of the arrival of the oldest line that waits for its verdict; null when none does. */
  oldestSinceMs(): number | null {
    if (this.#peeks.isUndecided) return null;
    let oldest = this.framer.openLines > 0 || this.framer.isLent ? this.framer.openSinceMs : Infinity;
    for (const item of this.#inFlight) oldest = Math.min(oldest, item.batch.sinceMs);
    if (this.#queue[0] !== undefined) oldest = Math.min(oldest, this.#queue[0].batch.sinceMs);
    return oldest === Infinity ? null : oldest;
  }

  /** Ten times a second: sends off what has come in, looks after hung parsers and old lines. */
  tick(nowMs: number): void {
    // While a batch waits for a worker, the next one may grow; unless it is to be shown, or may be given up.
    if (this.#queue.length === 0 || this.#peeks.isUndecided || this.#mayDrop) this.#enqueue(this.framer.flush());
    this.#watches.check(nowMs, this.#host.parseTimeoutMs);
    this.#dropOld(nowMs);
    if (this.#mayDrop && this.#queue.length > 0) this.#host.wake(this);
    this.#settleAtEnd();
  }

  /** All lines that came in so far have been looked at for `auto`. Cuts off what is still open. */
  lookedAtAll(): boolean {
    this.#enqueue(this.framer.flush());
    return this.#peeks.hasSeenAll;
  }

  /** Stops reading for good: what comes later is nobody's. */
  close(): void {
    this.#reading.stop();
    this.#source.destroy();
    this.#finish();
  }

  /** The books are closed: what workers still answer is neither booked nor printed, and stays pending. */
  freeze(): void {
    this.#isFrozen = true;
    this.#peeks.freeze();
    this.#reading.freeze();
    this.close();
  }

  nextJob(pool: PoolName): Job | null {
    if (this.#isFrozen) return null;
    if (pool === 'reading') return this.#reading.nextJob();
    if ((pool === 'custom') !== this.#isCustom) return null;
    if (this.#peeks.isUndecided) return this.#peeks.nextJob();
    if (this.#queue.length === 0 || this.#unwrittenBytes > this.#host.creditBytes / 2 || this.#shouldWait()) return null;
    this.#dropOld(this.#host.clock.nowMs());
    const item = this.#queue.shift();
    if (item === undefined) return null;
    const [head, rest] = this.#isCustom ? splitItem(item, this.#sizer.lines * sampleEveryOf(this, this.#host)) : [item, null];
    if (rest !== null) this.#requeue(rest);
    this.#inFlight.add(head);
    this.#sizer.begin(this.#host.clock.nowMs());
    const shown = this.#shownOf(head);
    return parseJob({
      lane: this,
      host: this.#host,
      item: head,
      watches: this.#watches,
      shown,
      done: result => {
        this.tail.judged(head.batch.firstLine, shown);
        this.#accept(head, result);
      },
    });
  }

  /** What is newest is shown sooner where slow tasks do not end together; `tick` asks again. */
  #shouldWait(): boolean {
    const running = this.#inFlight.size;
    return this.#mayDrop && running > 0 && this.#sizer.isTooSoon(this.#host.clock.nowMs(), running);
  }

  #shownOf({size}: LaneItem): Shown {
    // Of a slow parser few lines come, and none of them is pushed out of the view before it was in it.
    if (this.#isCustom) return {tailLines: TAIL_LINES, samples: true};
    const waiting = {batches: this.#queue.length, lines: this.#queue[0]?.batch.lines ?? 0};
    return this.tail.wants(size >= BATCH_BYTES / 2, waiting, this.#host.clock.nowMs());
  }

  get #isCustom(): boolean {
    return this.stream === 'stdout' && this.#host.format().kind === 'module';
  }

  #read(chunk: Buffer): void {
    this.#host.arrived();
    const {clock} = this.#host;
    for (const batch of this.framer.push(chunk, clock.nowMs(), clock.wallMs())) this.#enqueue(batch);
    this.#dropOld(clock.nowMs());
    if (this.#mayDrop) return;
    this.#credit.check();
    if (!this.#credit.isHeld && this.#reading.mayBegin(chunk.length)) this.#host.wake(this);
  }

  #finish(): void {
    if (this.#ended || this.framer.isLent) return;
    this.#enqueue(this.framer.end(this.#host.clock.nowMs(), this.#host.clock.wallMs()));
    this.#ended = true;
    this.#credit.close();
    this.#settleAtEnd();
    this.#host.wake(this);
  }

  /** A stream that has ended without a JSON object is text. */
  #settleAtEnd(): void {
    if (this.#ended && this.#peeks.isUndecided && this.lookedAtAll()) this.#host.settle('text');
  }

  #enqueue(batch: Batch | null): void {
    if (batch === null) return;
    this.#queue.push(this.#takeIn(batch));
    this.#host.wake(this);
  }

  #takeIn(batch: Batch): LaneItem {
    const size = batch.bytes.length;
    this.#pendingLines += batch.lines;
    this.#credit.take(size);
    return {batch, size, ...this.#host.place(this.stream, batch.lines), peeked: false};
  }

  /** A thread has read and judged a batch. What it was is known only now, so is its place. */
  #acceptRead(batch: Batch, result: ParsedBatch): void {
    this.#host.busy(result.busyMs);
    const item = this.#takeIn(batch);
    this.#inFlight.add(item);
    const tail = result.tail.map((line): DisplayLine => ({...line, key: [line.key[0] + item.ordinal, line.key[1]]}));
    // A small batch was copied from where it was read.
    const returned = this.#host.memory.isShared(batch.bytes) ? null : batch.bytes;
    this.#deliver(item, {...result, tail, returned});
  }

  #accept(item: LaneItem, result: ParsedBatch): void {
    if (this.#isFrozen) return;
    this.#host.busy(result.busyMs);
    // Lines that sampling leaves out cost nothing, and would make the others seem cheap.
    this.#sizer.learn(result.lines - result.tally.dropped, result.busyMs);
    const [head, rest] = this.#isCustom ? splitItem(item, result.lines) : [item, null];
    this.#inFlight.delete(item);
    if (rest !== null) this.#requeue(rest);
    this.#inFlight.add(head);
    this.#deliver(head, result);
  }

  /** Puts what a task has left where it belongs: another, begun before it, may have left something, too. */
  #requeue(item: LaneItem): void {
    const at = this.#queue.findIndex(({batch}) => batch.firstLine > item.batch.firstLine);
    this.#queue.splice(at === -1 ? this.#queue.length : at, 0, item);
  }

  #deliver(item: LaneItem, result: ParsedBatch): void {
    for (const ready of this.#resequencer.put(item.batch.firstLine, item.batch.lines, {item, result})) {
      this.#inFlight.delete(ready.item);
      this.#pendingLines -= ready.item.batch.lines;
      const {size} = ready.item;
      const written = this.#host.judged(this, ready.item, ready.result);
      if (written === undefined) this.#credit.give(size);
      else void this.#awaitWriting(written, size);
    }
  }

  async #awaitWriting(written: Promise<void>, size: number): Promise<void> {
    this.#unwrittenBytes += size;
    await written;
    this.#unwrittenBytes -= size;
    this.#credit.give(size);
    this.#host.wake(this);
  }

  #dropOld(nowMs: number): void {
    if (!this.#mayDrop) return;
    const maxAgeMs = Math.max(MIN_AGE_MS, MAX_AGE_MS - this.#sizer.lineMs(nowMs));
    while (this.#queue.length > 1 && (this.#credit.isOver || nowMs - this.#queue[0]!.batch.sinceMs > maxAgeMs)) {
      const item = this.#queue.shift()!;
      // Its memory is free at once, though its lines are booked in their turn.
      this.#credit.forget(item.size);
      this.#host.memory.release(item.batch.bytes);
      this.#deliver({...item, batch: {...item.batch, bytes: NO_BYTES}, size: 0}, droppedBatch(item.batch.lines));
    }
  }

  get #mayDrop(): boolean {
    return this.#host.overload.kind === 'drop-oldest' && this.stream === 'stdout' && !this.#peeks.isUndecided;
  }
}
