import type {ProcessSpec} from '../model/config.ts';
import type {Guard} from '../model/guard.ts';
import type {ExitStatus, ProcessState, StartFailure} from '../model/lifecycle.ts';
import {isSpawnError, spawnChild, type Child, type SpawnError} from './child.ts';
import type {Clock} from './clock.ts';
import {Family, KILLED_MS} from './family.ts';
import {transition, type Effect, type LifecycleEvent} from './lifecycle.ts';
import {closePipes, type OutputPipes} from './output-streams.ts';
import {isStartFailure, isTransient, masked, preflight, spawnFailure, type LaunchContext} from './preflight.ts';
import type {RestartDecision, RestartGovernor} from './restart-policy.ts';

export type SupervisorHooks = {
  /** A child runs; called before anything of its output is lost. */
  readonly spawned: (child: Child, generation: number) => void;
  /** After each change of state. */
  readonly changed: (state: ProcessState) => void;
};

export type SupervisorOptions = {
  /** Its number in the run. */
  readonly id: number;
  readonly spec: ProcessSpec;
  readonly context: LaunchContext;
  readonly guard: Guard;
  /** Where what is read of the children is put, until it is taken. */
  readonly landing: Uint8Array;
  /** What has left the group of a run is left alone. */
  readonly leaveDaemons: boolean;
  /** Hides secrets in what quotes the command. */
  readonly mask: (text: string) => string;
  readonly killTimeoutMs: number;
  readonly governor: RestartGovernor;
  readonly clock: Clock;
  readonly hooks: SupervisorHooks;
};

/** Brings up and down the runs of one process: carries out what the lifecycle's transitions ask for. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  #state: ProcessState = {kind: 'starting'};
  #child: Child | null = null;
  #generation = 0;
  #spawnedAtMs: number | null = null;
  #endedAtMs: number | null = null;
  #exit: ExitStatus | null = null;
  readonly #family: Family;
  /** What an exited child has left behind was told to end; `isOver`: killed, too, and long enough ago. */
  #rest: {readonly killAtMs: number; readonly isOver: boolean} | null = null;
  /** Grows with each attempt to start: one that was overtaken is none any more. */
  #attempt = 0;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    const {id, guard, leaveDaemons} = options;
    this.#family = new Family({process: id, guard, leaveDaemons});
  }

  get state(): ProcessState {
    return this.#state;
  }

  /** 1-based number of the newest run; 0 before the first. */
  get generation(): number {
    return this.#generation;
  }

  get pid(): number | null {
    return this.#exit === null ? (this.#child?.pid ?? null) : null;
  }

  /** The process group of the newest run, while anything of it may be left. */
  get groupId(): number | null {
    return this.#family.groupId;
  }

  /** What has left the group and is ours to end. */
  get strays(): readonly number[] {
    return this.#family.strays();
  }

  get spawnedAtMs(): number | null {
    return this.#spawnedAtMs;
  }

  get endedAtMs(): number | null {
    return this.#endedAtMs;
  }

  /** Starts the first run. */
  start(): void {
    void this.#spawn();
  }

  /** Lets an event happen; ignored where it makes no sense. */
  send(event: LifecycleEvent): void {
    if (event.kind === 'stop' && this.#state.kind === 'exited' && !this.#family.isAlive()) return;
    const {clock, killTimeoutMs, hooks} = this.#options;
    const next = transition(this.#state, event, {nowMs: clock.nowMs(), killTimeoutMs});
    if (next === null) return;
    this.#state = next.state;
    hooks.changed(next.state);
    for (const effect of next.effects) this.#carryOut(effect);
  }

  /** What time brings: backoff that is over, grace that is over, a group that is gone. */
  tick(nowMs: number): void {
    const state = this.#state;
    if (state.kind === 'restarting' && nowMs >= state.atMs) {
      this.#family.kill();
      this.send({kind: 'due'});
    }
    this.#tickRest(nowMs);
    this.#family.look();
    if (state.kind === 'stopping') this.#tickStopping(state, nowMs);
  }

  /** Ends what an exited child has left behind, in its group and outside: TERM now, KILL after the grace. */
  endRest(): void {
    if (this.#rest !== null || !this.#family.isAlive()) return;
    this.#family.terminate();
    this.#rest = {killAtMs: this.#options.clock.nowMs() + this.#options.killTimeoutMs, isOver: false};
  }

  /** Whether anything of it is left that can still be ended; what outlives KILL can't. */
  get hasRest(): boolean {
    return this.#rest?.isOver !== true && this.#family.isAlive();
  }

  /** KILL to all of it, now. */
  kill(): void {
    this.#family.kill();
    if (this.#rest?.isOver === false) this.#rest = {killAtMs: this.#options.clock.nowMs(), isOver: false};
  }

  #carryOut(effect: Effect): void {
    switch (effect) {
      case 'spawn':
        return void this.#spawn();
      case 'suspend':
        return this.#family.signalGroup('SIGSTOP');
      case 'continue':
        return this.#family.signalGroup('SIGCONT');
      case 'terminate':
        this.#rest = null;
        return this.#family.terminate();
      case 'kill':
        return this.#family.kill();
      case 'forgive':
        return this.#options.governor.forgive();
      case 'schedule':
        // The tick looks at the state's own time.
        return;
    }
  }

  async #spawn(): Promise<void> {
    const {spec, context, guard, landing} = this.#options;
    const attempt = ++this.#attempt;
    const launch = preflight(spec.launch, context);
    if (isStartFailure(launch)) return this.#failed(launch);
    const [stdout, stderr] = await Promise.all([guard.outputPipe(), guard.outputPipe()]);
    const pipes: OutputPipes = {stdout, stderr};
    if (!this.#isCurrent(attempt)) return closePipes(pipes);
    const child = await spawnChild(launch, context, pipes, landing);
    if (isSpawnError(child)) return this.#refused(attempt, launch.file, child);
    this.#spawned(child, this.#isCurrent(attempt));
  }

  /** A stop may come before, or while, the child is spawned. */
  #isCurrent(attempt: number): boolean {
    return this.#state.kind === 'starting' && attempt === this.#attempt;
  }

  #refused(attempt: number, file: string, {errno}: SpawnError): void {
    if (!this.#isCurrent(attempt)) return;
    const {launch} = this.#options.spec;
    this.#failed(spawnFailure(launch.kind === 'shell' ? launch.line : file, errno));
  }

  #failed(failure: StartFailure): void {
    const shown = masked(failure, this.#options.mask);
    this.send({kind: 'start-failed', failure: shown, decision: this.#decideOnFailure(failure)});
  }

  /** Only what the machine refuses for now is tried again, and only by policy. */
  #decideOnFailure(failure: StartFailure): RestartDecision {
    const {governor, clock} = this.#options;
    if (!isTransient(failure)) return {kind: 'stay'};
    return governor.decide({code: null, signal: null}, 0, clock.nowMs());
  }

  #spawned(child: Child, isWanted: boolean): void {
    this.#family.adopt(child);
    if (!isWanted) {
      // Stopped in the moment of its start: it has not lived for anyone.
      this.#family.kill();
      child.stdout.destroy();
      child.stderr.destroy();
      void child.exited.then(() => this.#family.childExited(child));
      return;
    }
    this.#child = child;
    this.#generation++;
    this.#exit = null;
    this.#rest = null;
    this.#spawnedAtMs = this.#options.clock.nowMs();
    this.#endedAtMs = null;
    this.#options.hooks.spawned(child, this.#generation);
    this.send({kind: 'spawned'});
    void child.exited.then(exit => this.#exited(child, exit));
  }

  #exited(child: Child, exit: ExitStatus): void {
    const {clock, governor} = this.#options;
    this.#family.childExited(child);
    if (this.#child !== child) return;
    this.#exit = exit;
    this.#endedAtMs = clock.nowMs();
    if (this.#state.kind === 'stopping') return this.#tickStopping(this.#state, this.#endedAtMs);
    const upMs = this.#endedAtMs - this.#spawnedAtMs!;
    const decision = governor.decide(exit, upMs, this.#endedAtMs);
    // The next run must not meet what this one left behind.
    if (decision.kind === 'restart') this.endRest();
    this.send({kind: 'exited', exit, decision});
  }

  #tickStopping(state: Extract<ProcessState, {kind: 'stopping'}>, nowMs: number): void {
    if (nowMs >= state.killAtMs) this.#family.kill();
    if (this.#exit === null) return;
    const isLost = nowMs >= state.killAtMs + KILLED_MS;
    if (!isLost && this.#family.isAlive()) return;
    if (isLost) this.#rest = {killAtMs: state.killAtMs, isOver: true};
    this.send({kind: 'gone', exit: this.#exit});
  }

  #tickRest(nowMs: number): void {
    if (this.#rest === null || this.#rest.isOver || nowMs < this.#rest.killAtMs) return;
    this.#family.kill();
    const {killAtMs} = this.#rest;
    this.#rest = {killAtMs, isOver: nowMs >= killAtMs + KILLED_MS};
  }
}
