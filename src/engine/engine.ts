import type {Command, Target} from '../model/command.ts';
import type {ProcessSpec} from '../model/config.ts';
import {TAIL_LINES} from '../model/display-line.ts';
import {InternalError} from '../model/errors.ts';
import {hasEnded} from '../model/lifecycle.ts';
import type {Monitor} from '../model/monitor.ts';
import {emptyPage, type Page, type PageQuery} from '../model/page.ts';
import type {Report} from '../model/report.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {EndedProcess} from '../state/outcome.ts';
import {RateMeter} from '../state/rates.ts';
import {buildReport} from '../state/report.ts';
import {BusyMeter} from './busy-meter.ts';
import {childEnvironment} from './child-environment.ts';
import {commandLine} from './command-line.ts';
import type {EngineOptions} from './engine-options.ts';
import {ManagedProcess} from './managed-process.ts';
import {showNewest} from './newest-lines.ts';
import {Notices} from './notices.ts';
import {pageOf} from './pager.ts';
import {imbalance, project, type Attachment} from './project.ts';
import {projectProcess} from './project-process.ts';
import {RunEnd, type EndReason} from './run-end.ts';
import {Scheduler} from './scheduler.ts';
import {SelfMeter, type SelfUsage} from './self-usage.ts';
import {applyCommand, stopOthers} from './steering.ts';

const TICK_MS = 100;
/** With nothing new, rates still fall: shown once a second for as long as their longest window. */
const FADING_TICKS = 10;
/** With one of those, so that an idle screen has one frame a second and no more. */
const SELF_EVERY_TICKS = 2 * FADING_TICKS;
const FADING_MS = 61_000;
/** While processes wait for workers that are as busy as that, views are shown every other tick: time is taken from those. */
const BUSY_SHARE = 0.5;

/** Runs the processes and keeps the books; the port `Monitor` in process. */
export class Engine implements Monitor {
  /** Resolves when the run is over and nothing of it runs any more. */
  readonly finished: Promise<EndReason>;
  readonly #options: EngineOptions;
  readonly #processes: readonly ManagedProcess[];
  readonly #busy: BusyMeter;
  readonly #notices: Notices;
  readonly #end: RunEnd;
  readonly #rates = new RateMeter();
  readonly #self: SelfMeter;
  readonly #listeners = new Set<() => void>();
  readonly #startedAtMs: number;
  readonly #startedAtWallMs: number;
  #selfUsage: SelfUsage = {cpu: 0, rssBytes: 0};
  #snapshot: Snapshot;
  #attachment: Attachment = {attachName: null, detachable: false, views: 0};
  #viewLines = TAIL_LINES;
  #seq = 0;
  #isDirty = true;
  /** The snapshot is older than the last change. */
  #isStale = false;
  #isPublishDue = false;
  #tickCount = 0;
  #changedAtMs = 0;
  #endCount = 0;
  #endedAtMs: number | null = null;
  #hasSaidImbalance = false;
  #ticker: NodeJS.Timeout | null = null;

  constructor(options: EngineOptions) {
    this.#options = options;
    const {clock, config, pools} = options;
    this.#startedAtMs = clock.nowMs();
    this.#startedAtWallMs = clock.wallMs();
    this.#busy = new BusyMeter(config.workers, this.#startedAtMs);
    this.#self = new SelfMeter(this.#startedAtMs);
    this.#notices = new Notices(options.onNotice);
    const scheduler = new Scheduler(pools);
    this.#processes = config.processes.map((spec, id) => this.#manage(spec, id, scheduler));
    let finish: (reason: EndReason) => void;
    this.finished = new Promise(resolve => (finish = resolve));
    this.#end = new RunEnd({
      processes: this.#processes,
      killTimeoutMs: config.killTimeoutMs,
      endWhenDone: options.endWhenDone,
      notice: text => this.#notice(text),
      finish: reason => {
        this.#stopTicking();
        finish(reason);
      },
    });
    this.#snapshot = this.#build();
  }

  /** Starts all processes and the clockwork. */
  start(): void {
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
    for (const {supervisor} of this.#processes) supervisor.start();
  }

  snapshot(): Snapshot {
    if (this.#isStale) this.#renew();
    return this.#snapshot;
  }

  /** The state of this very moment, for whoever asks seldom. */
  current(): Snapshot {
    this.#publish();
    return this.snapshot();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async page(query: PageQuery): Promise<Page> {
    const process = this.#processes[query.process];
    if (process === undefined) return emptyPage(query);
    // A view that is told nothing asks again; one that is told of our threads can do nothing about it.
    return pageOf(query, process, this.#options.pools.builtin).catch(() => emptyPage(query));
  }

  dispatch(command: Command): void {
    if (command.kind === 'quit') {
      return this.end(command.signal === undefined ? {kind: 'quit'} : {kind: 'signal', signal: command.signal});
    }
    if (this.#end.isEnding) return;
    for (const process of this.#meant(command.target)) applyCommand(process, command);
    this.#changed();
  }

  /** Tells all views how they can come and go. */
  attachment(attachment: Attachment): void {
    this.#attachment = attachment;
    this.#changed();
  }

  /** All views show so many of a process's newest lines at the most; 0: there is no view. Default: all that are kept. */
  show(viewLines: number): void {
    const isMore = viewLines > this.#viewLines;
    this.#viewLines = viewLines;
    if (!isMore) return;
    // What was made displayable was meant for fewer: lines are missing in between.
    const printing = this.#processes.filter(({lastOutputAtMs}) => lastOutputAtMs !== null);
    for (const process of printing) void showNewest(process, this.#options.pools.builtin);
  }

  close(): void {
    this.#listeners.clear();
  }

  /** Stops everything cleanly; asked a second time, at once. */
  end(reason: EndReason): void {
    this.#end.begin(reason);
    this.#changed();
  }

  /** The books as they stand; final once `finished` has resolved. */
  report(): Report {
    const {config, clock} = this.#options;
    const nowMs = clock.nowMs();
    return buildReport({
      runName: config.runName,
      startedAtWallMs: this.#startedAtWallMs,
      durationMs: (this.#endedAtMs ?? nowMs) - this.#startedAtMs,
      workers: config.workers,
      totals: {rates: this.#rates.rates(nowMs)},
      processes: this.#processes.map(process => ({
        snapshot: projectProcess(process, nowMs),
        groups: [...process.books.total.groups.values()],
        durationMs:
          process.firstSpawnedAtMs === null
            ? 0
            : Math.max(process.lastJudgedAtMs ?? 0, process.supervisor.endedAtMs ?? 0) - process.firstSpawnedAtMs,
      })),
    });
  }

  /** How each process ended, for the exit code. */
  outcomes(): readonly EndedProcess[] {
    return this.#processes.map(({options, supervisor, endOrder}) => ({
      name: options.spec.name,
      state: supervisor.state,
      endOrder,
    }));
  }

  #manage(spec: ProcessSpec, id: number, scheduler: Scheduler): ManagedProcess {
    const {config, env, cwd, clock, random, sink, emitOf, mask, guard} = this.#options;
    return new ManagedProcess({
      id,
      spec,
      commandLine: mask(commandLine(spec.launch)),
      config,
      context: {cwd, env: childEnvironment(env, config.runName, spec, guard.tagOf(id))},
      guard,
      mask,
      slots: this.#options.pools.slots,
      historyBytes: Math.floor(config.historyBytes / config.processes.length),
      emit: emitOf(spec, id),
      sink,
      clock,
      random,
      scheduler,
      viewLines: () => this.#viewLines,
      busy: this.#busy.add,
      changed: () => (this.#isDirty = true),
      stateChanged: process => this.#stateChanged(process),
    });
  }

  #meant(target: Target): readonly ManagedProcess[] {
    return this.#processes.filter((_process, id) => target === 'all' || target === id);
  }

  #stateChanged(process: ManagedProcess): void {
    const {state} = process.supervisor;
    if (hasEnded(state)) {
      process.endOrder = ++this.#endCount;
      if (!this.#end.isEnding) stopOthers(this.#options.config.killOthers, process, this.#processes);
      this.#end.hasten(this.#options.clock.nowMs);
    }
    this.#options.onState(projectProcess(process, this.#options.clock.nowMs()));
    this.#changed();
  }

  /** Shows a change at once, not at the next tick: it answers a key. */
  #changed(): void {
    this.#isDirty = true;
    if (this.#isPublishDue) return;
    this.#isPublishDue = true;
    setImmediate(() => {
      this.#isPublishDue = false;
      this.#publish();
    });
  }

  #notice(text: string): void {
    this.#notices.add(text, this.#options.clock.wallMs());
    this.#isDirty = true;
  }

  #tick(): void {
    const nowMs = this.#options.clock.nowMs();
    this.#tickCount++;
    for (const process of this.#processes) {
      process.tick(nowMs);
      if (process.isUnshown) void showNewest(process, this.#options.pools.builtin);
    }
    this.#busy.tick(nowMs);
    this.#sampleTotals(nowMs);
    const {forMs} = this.#options.config;
    if (forMs !== null && nowMs - this.#startedAtMs >= forMs && !this.#end.isEnding) this.end({kind: 'deadline'});
    if (this.#tickCount === 1 || this.#tickCount % SELF_EVERY_TICKS === 0) {
      this.#selfUsage = this.#self.sample(nowMs);
      this.#isDirty = true;
    }
    if (this.#isDirty) this.#changedAtMs = nowMs;
    const isFading = nowMs - this.#changedAtMs < FADING_MS && this.#tickCount % FADING_TICKS === 0;
    if ((this.#isDirty && !(this.#tickCount % 2 === 1 && this.#isPressed)) || isFading) this.#publish();
    this.#end.tick(nowMs);
  }

  get #isPressed(): boolean {
    return this.#busy.share() > BUSY_SHARE && this.#processes.some(({isHeld}) => isHeld);
  }

  #sampleTotals(nowMs: number): void {
    const sum = {lines: 0, bytes: 0, failures: 0};
    for (const {books} of this.#processes) {
      const {linesIn, bytesIn} = books.read(nowMs);
      sum.lines += linesIn;
      sum.bytes += bytesIn;
      sum.failures += books.total.failures;
    }
    this.#rates.sample(nowMs, sum);
  }

  /** What nobody looks at is made when somebody does; but once a second, so that the books are checked. */
  #publish(): void {
    this.#isDirty = false;
    this.#isStale = true;
    if (this.#listeners.size > 0 || this.#tickCount % FADING_TICKS === 0) this.#renew();
    for (const listener of this.#listeners) listener();
  }

  #renew(): void {
    this.#isStale = false;
    this.#seq++;
    this.#snapshot = this.#build();
  }

  #build(): Snapshot {
    const {config, clock} = this.#options;
    const nowMs = clock.nowMs();
    const processes = this.#processes.map(process => projectProcess(process, nowMs));
    this.#checkBooks(imbalance(processes));
    return project(
      {
        runName: config.runName,
        seq: this.#seq,
        nowMs,
        wallMs: clock.wallMs(),
        startedAtMs: this.#startedAtMs,
        deadlineMs: config.forMs === null ? null : this.#startedAtMs + config.forMs,
        rates: this.#rates,
        workers: {count: config.workers, busy: this.#busy.share()},
        self: this.#selfUsage,
        notices: this.#notices.list,
        allEnded: this.#processes.every(({isDone}) => isDone),
        attachment: this.#attachment,
      },
      processes,
    );
  }

  #checkBooks(problem: string | null): void {
    if (problem === null) return;
    if (this.#options.strict) throw new InternalError(`the books do not balance: ${problem}`);
    if (!this.#hasSaidImbalance) this.#notice(`a fault of keepup itself: the books do not balance: ${problem}`);
    this.#hasSaidImbalance = true;
  }

  #stopTicking(): void {
    for (const process of this.#processes) process.freeze();
    this.#endedAtMs = this.#options.clock.nowMs();
    if (this.#ticker !== null) clearInterval(this.#ticker);
    this.#publish();
  }
}
