import type {ProcessSpec, RunConfig} from '../model/config.ts';
import type {Format, SettledFormat} from '../model/format.ts';
import {AUTO_TEXT_MS} from '../model/format.ts';
import type {Guard} from '../model/guard.ts';
import {hasEnded, type ProcessState} from '../model/lifecycle.ts';
import type {Emit, ParsedBatch, Peeked} from '../model/task.ts';
import {History} from '../state/history.ts';
import {RateMeter} from '../state/rates.ts';
import {Tail} from '../state/tail.ts';
import {BatchMemory} from './batch-memory.ts';
import {BadgeMeter} from './badge.ts';
import type {Child} from './child.ts';
import type {Clock} from './clock.ts';
import type {LaneHost, LaneInfo, LaneItem} from './lane-host.ts';
import {bytesOf} from './lane-jobs.ts';
import {Lane} from './lane.ts';
import type {LaunchContext} from './preflight.ts';
import {KEPT_OPEN_MS, keepersOf, PipeKeepers, type OpenOutput} from './pipe-keepers.ts';
import {ProcessBooks} from './process-books.ts';
import {RestartGovernor} from './restart-policy.ts';
import type {Scheduler} from './scheduler.ts';
import {Supervisor} from './supervisor.ts';
import type {BatchSlots} from '../worker/batch-slots.ts';

/** Credit is shared out among the processes: what is on its way is memory, and lag when all of them flood. */
const RUN_CREDIT_BYTES = 8 * 1024 * 1024;
const MAX_CREDIT_BYTES = 4 * 1024 * 1024;
const MIN_CREDIT_BYTES = 1024 * 1024;

/** Where a batch's output for sinks goes; resolves when more may come. */
export type BlockingSink = (bytes: Uint8Array) => void | Promise<void>;

export type ProcessOptions = {
  readonly id: number;
  readonly spec: ProcessSpec;
  /** As shown: secrets masked. */
  readonly commandLine: string;
  readonly config: RunConfig;
  readonly context: LaunchContext;
  readonly guard: Guard;
  /** Hides secrets in what quotes the command. */
  readonly mask: (text: string) => string;
  readonly historyBytes: number;
  readonly emit: Emit;
  readonly sink: BlockingSink;
  readonly clock: Clock;
  readonly random: () => number;
  readonly scheduler: Scheduler;
  /** Where all threads can read batches; null where there is no such memory. */
  readonly slots: BatchSlots | null;
  /** How many of the newest lines views show at the most; 0: there is no view. */
  readonly viewLines: () => number;
  /** A worker has spent so long on us. */
  readonly busy: (ms: number) => void;
  /** Something that a view shows has changed … */
  readonly changed: () => void;
  /** … the lifecycle's state. */
  readonly stateChanged: (process: ManagedProcess) => void;
};

/** One configured process: its runs, its output, its books. */
export class ManagedProcess {
  readonly options: ProcessOptions;
  readonly supervisor: Supervisor;
  readonly books = new ProcessBooks();
  readonly tail = new Tail();
  readonly rates = new RateMeter();
  readonly badges = new BadgeMeter();
  readonly history: History;
  format: Format;
  maxLagMs = 0;
  lastOutputAtMs: number | null = null;
  lastJudgedAtMs: number | null = null;
  firstSpawnedAtMs: number | null = null;
  /** Grows with each end among all processes; null while it has not ended. */
  endOrder: number | null = null;
  /** How often all views were told to clear what they display. */
  clears = 0;
  readonly #memory: BatchMemory;
  readonly #keepers = new PipeKeepers();
  /** What `/proc` calls the pipe of a lane, where it has a name. */
  readonly #links = new WeakMap<Lane, string>();
  #undecidedSinceMs: number | null = null;
  /** What waited for `auto` to settle has waited for no worker: its lag counts from here. */
  #settledAtMs = -Infinity;
  #ordinal = 0;
  #stderrSub = 0;

  constructor(options: ProcessOptions) {
    this.options = options;
    const {id, spec, config, context, guard, mask, clock, random} = options;
    this.format = spec.format;
    this.#memory = new BatchMemory(options.slots);
    this.history = new History(options.historyBytes, {onEvict: this.#memory.release});
    this.supervisor = new Supervisor({
      id,
      spec,
      context,
      guard,
      landing: this.#memory.landing,
      mask,
      leaveDaemons: config.leaveDaemons,
      killTimeoutMs: config.killTimeoutMs,
      governor: new RestartGovernor(config.restart, random),
      clock,
      hooks: {
        spawned: (child, generation) => this.#spawned(child, generation),
        changed: state => this.#changed(state),
      },
    });
  }

  /** Age of the oldest line that waits for its verdict, ms; 0 when none does. */
  lagMs(nowMs: number): number {
    const oldest = this.#oldestSinceMs();
    return oldest === null ? 0 : Math.max(0, nowMs - Math.max(oldest, this.#settledAtMs));
  }

  /** Nothing runs, nothing will, and all that was printed is judged. */
  get isDone(): boolean {
    return hasEnded(this.supervisor.state) && this.books.lanes.every(({isDone}) => isDone);
  }

  /** Who holds its output open after its exit (empty: unknown); null when nobody does, or it runs. */
  get keptOpenBy(): readonly number[] | null {
    return this.#openOutput() === null ? null : this.#keepers.pids;
  }

  /** Its output is held open, and nothing has come for a while. */
  isKeptOpenSilently(nowMs: number): boolean {
    return this.keptOpenBy !== null && nowMs - (this.lastOutputAtMs ?? 0) >= KEPT_OPEN_MS;
  }

  get isHeld(): boolean {
    return this.books.lanes.some(({isHeld}) => isHeld);
  }

  /** Nothing more is on its way, but the newest lines were not made displayable, and somebody would see them. */
  get isUnshown(): boolean {
    return this.options.viewLines() > 0 && this.books.lanes.some(({isUnshown}) => isUnshown);
  }

  /** Ten times a second. */
  tick(nowMs: number): void {
    this.supervisor.tick(nowMs);
    for (const lane of this.books.lanes) lane.tick(nowMs);
    this.#settleLate(nowMs);
    this.#closeLanes(nowMs);
    if (this.#keepers.tick(this.#openOutput(), nowMs)) this.options.changed();
    const {linesIn, bytesIn} = this.books.read(nowMs);
    this.rates.sample(nowMs, {lines: linesIn, bytes: bytesIn, failures: this.books.total.failures});
    this.maxLagMs = Math.max(this.maxLagMs, this.lagMs(nowMs));
    this.badges.sample(nowMs, this.isHeld, linesIn);
  }

  /** Gives up on output that outlives its process: ends who holds it and is ours; with `now`, closes the pipes. */
  abandonOutput(now: boolean): void {
    this.supervisor.endRest();
    if (!now) return;
    for (const lane of this.books.lanes) lane.close();
  }

  /** The run is over: from here on the books do not change. */
  freeze(): void {
    for (const lane of this.books.lanes) lane.freeze();
  }

  /** The format to show history in. */
  get shownFormat(): SettledFormat {
    return this.format.kind === 'auto' ? {kind: 'text'} : this.format;
  }

  #spawned(child: Child, generation: number): void {
    const nowMs = this.options.clock.nowMs();
    this.firstSpawnedAtMs ??= nowMs;
    this.lastOutputAtMs = null;
    this.#keepers.forget();
    this.books.startGeneration();
    this.books.closeDone(generation, nowMs);
    for (const stream of ['stdout', 'stderr'] as const) {
      this.#addLane(new Lane(child[stream], stream, generation, this.#host()), child.links[stream]);
    }
  }

  #addLane(lane: Lane, link: string | null): void {
    if (link !== null) this.#links.set(lane, link);
    this.books.lanes.push(lane);
    this.options.scheduler.add(lane);
  }

  #changed(state: ProcessState): void {
    if (!hasEnded(state)) this.endOrder = null;
    this.options.stateChanged(this);
  }

  #host(): LaneHost {
    const {config, emit, clock, scheduler, busy, slots, viewLines} = this.options;
    return {
      format: () => this.format,
      settle: kind => this.#settle(kind),
      emit,
      overload: config.overload,
      creditBytes: Math.max(MIN_CREDIT_BYTES, Math.min(MAX_CREDIT_BYTES, RUN_CREDIT_BYTES / config.processes.length)),
      maxLineBytes: config.maxLineBytes,
      ansi: config.ansi,
      parseTimeoutMs: config.parseTimeoutMs,
      clock,
      place: (stream, lines) => this.#place(stream, lines),
      judged: (lane, item, result) => this.#judged(lane, item, result),
      memory: this.#memory,
      viewLines,
      threadsMayRead: slots !== null && emit === null && config.overload.kind === 'block',
      peeked: peeked => this.#peeked(peeked),
      wake: scheduler.wake,
      busy,
      arrived: () => this.#arrived(),
    };
  }

  #place(stream: 'stdout' | 'stderr', lines: number): {ordinal: number; sub: number} {
    if (stream === 'stdout') {
      const ordinal = this.#ordinal + 1;
      this.#ordinal += lines;
      return {ordinal, sub: 0};
    }
    // Behind all lines of stdout that have arrived, cut into batches or not.
    const open = this.books.lanes.reduce((sum, lane) => sum + (lane.stream === 'stdout' ? lane.framer.openLines : 0), 0);
    const sub = this.#stderrSub + 1;
    this.#stderrSub += lines;
    return {ordinal: this.#ordinal + open, sub};
  }

  #arrived(): void {
    this.lastOutputAtMs = this.options.clock.nowMs();
    if (this.format.kind === 'auto') this.#undecidedSinceMs ??= this.lastOutputAtMs;
    this.options.changed();
  }

  #judged(lane: LaneInfo, item: LaneItem, result: ParsedBatch): void | Promise<void> {
    const nowMs = this.options.clock.nowMs();
    this.lastJudgedAtMs = nowMs;
    if (lane.stream === 'stdout') {
      const batch = bytesOf(lane, item);
      // What was moved to a thread is where it came back to.
      const {returned} = result;
      this.books.book(result, returned === null ? batch : {...batch, bytes: returned}, lane.generation === this.supervisor.generation);
      if (this.format.kind !== 'auto') this.maxLagMs = Math.max(this.maxLagMs, nowMs - Math.max(item.batch.sinceMs, this.#settledAtMs));
    }
    if (result.tail.length > 0) this.tail.push(result.tail);
    this.#remember(lane, item, result);
    this.options.changed();
    return result.emitted === null ? undefined : this.options.sink(result.emitted);
  }

  #peeked(peeked: Peeked): void | Promise<void> {
    this.tail.push(peeked.tail);
    this.options.changed();
    return peeked.emitted === null ? undefined : this.options.sink(peeked.emitted);
  }

  #remember({stream, generation}: LaneInfo, {batch, ordinal, sub}: LaneItem, result: ParsedBatch): void {
    const bytes = result.returned ?? this.#keptBytes(batch.bytes, result);
    if (bytes === null) return;
    const {lines, firstLine, firstOffset, arrivedAtMs, discarded} = batch;
    const place = {generation, firstLine, firstOffset, ordinal, sub, arrivedAtMs};
    this.history.add({stream, ...place, bytes, lines, discarded, verdicts: result.verdicts});
  }

  /** Of a batch that was not moved to a worker. */
  #keptBytes(bytes: Uint8Array, {verdicts}: ParsedBatch): Uint8Array | null {
    if (this.#memory.isShared(bytes)) return bytes;
    // A custom parser's batch lies in memory that later batches may share: history takes a copy.
    return verdicts === null ? null : Uint8Array.from(bytes);
  }

  #settle(kind: 'json' | 'text'): void {
    if (this.format.kind !== 'auto') return;
    this.format = {kind};
    this.#settledAtMs = this.options.clock.nowMs();
    this.options.changed();
    this.options.scheduler.wake();
  }

  #settleLate(nowMs: number): void {
    if (this.format.kind !== 'auto' || this.#undecidedSinceMs === null) return;
    if (nowMs - this.#undecidedSinceMs < AUTO_TEXT_MS) return;
    const lanes = this.books.lanes.filter(({stream}) => stream === 'stdout');
    if (lanes.map(lane => lane.lookedAtAll()).every(Boolean)) this.#settle('text');
  }

  #closeLanes(nowMs: number): void {
    for (const lane of this.books.lanes) {
      if (lane.isDone) this.options.scheduler.remove(lane);
    }
    this.books.closeDone(this.supervisor.generation, nowMs);
  }

  #openOutput(): OpenOutput | null {
    const {state, endedAtMs} = this.supervisor;
    const open = this.books.lanes.filter(lane => !lane.hasEnded && !lane.isHeld);
    if (!hasEnded(state) || endedAtMs === null || open.length === 0) return null;
    const link = (lane: Lane): string | null => this.#links.get(lane) ?? null;
    const {guard} = this.options;
    const find = (): readonly number[] => keepersOf(open.map(link), guard, this.supervisor);
    return {endedAtMs, lastOutputAtMs: this.lastOutputAtMs ?? 0, find};
  }

  #oldestSinceMs(): number | null {
    let oldest: number | null = null;
    for (const lane of this.books.lanes) {
      const since = lane.stream === 'stdout' ? lane.oldestSinceMs() : null;
      if (since !== null) oldest = Math.min(oldest ?? Infinity, since);
    }
    return oldest;
  }
}
