import type {ProcessSpec} from '../model/config.ts';
import type {ExitStatus, ProcessState} from '../model/lifecycle.ts';
import {isSpawnError, spawnChild, type Child} from './child.ts';
import type {Clock} from './clock.ts';
import {transition, type Effect, type LifecycleEvent} from './lifecycle.ts';
import {isStartFailure, preflight, spawnFailure, type LaunchContext} from './preflight.ts';
import type {RestartGovernor} from './restart-policy.ts';

export type SupervisorHooks = {
  /** A child runs; called before anything of its output is lost. */
  readonly spawned: (child: Child, generation: number) => void;
  /** After each change of state. */
  readonly changed: (state: ProcessState) => void;
};

export type SupervisorOptions = {
  readonly spec: ProcessSpec;
  readonly context: LaunchContext;
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
  /** A group that was seen empty is never signalled again: its number may be someone else's by now. */
  #isGroupGone = true;
  #killGroupAtMs: number | null = null;

  constructor(options: SupervisorOptions) {
    this.#options = options;
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
    return this.#isGroupAlive() ? this.#child!.pid : null;
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
    if (event.kind === 'stop' && this.#state.kind === 'exited' && !this.#isGroupAlive()) return;
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
      this.#signal('SIGKILL');
      this.send({kind: 'due'});
    }
    if (this.#killGroupAtMs !== null && nowMs >= this.#killGroupAtMs) {
      this.#killGroupAtMs = null;
      this.#signal('SIGKILL');
    }
    if (state.kind === 'stopping') this.#tickStopping(state, nowMs);
  }

  /** Ends what an exited child has left behind in its group: TERM now, KILL after the grace. */
  endGroup(): void {
    if (!this.#isGroupAlive()) return;
    this.#terminate();
    this.#killGroupAtMs = this.#options.clock.nowMs() + this.#options.killTimeoutMs;
  }

  /** KILL to the whole group, now. */
  kill(): void {
    this.#signal('SIGKILL');
  }

  #carryOut(effect: Effect): void {
    switch (effect) {
      case 'spawn':
        return void this.#spawn();
      case 'suspend':
        return this.#signal('SIGSTOP');
      case 'continue':
        return this.#signal('SIGCONT');
      case 'terminate':
        return this.#terminate();
      case 'kill':
        return this.#signal('SIGKILL');
      case 'forgive':
        return this.#options.governor.forgive();
      case 'schedule':
        // The tick looks at the state's own time.
        return;
    }
  }

  async #spawn(): Promise<void> {
    const {spec, context, clock, hooks} = this.#options;
    const launch = preflight(spec.launch, context);
    if (isStartFailure(launch)) return this.send({kind: 'start-failed', failure: launch});
    if (!this.#isStarting()) return;
    const child = await spawnChild(launch, context);
    if (!this.#isStarting()) {
      // Stopped in the moment of its start: it has not lived for anyone.
      if (!isSpawnError(child)) child.signalGroup('SIGKILL');
      return;
    }
    if (isSpawnError(child)) {
      return this.send({kind: 'start-failed', failure: spawnFailure(spec.launch.kind === 'shell' ? spec.launch.line : launch.file, child.errno)});
    }
    this.#child = child;
    this.#generation++;
    this.#exit = null;
    this.#isGroupGone = false;
    this.#killGroupAtMs = null;
    this.#spawnedAtMs = clock.nowMs();
    this.#endedAtMs = null;
    hooks.spawned(child, this.#generation);
    this.send({kind: 'spawned'});
    void child.exited.then(exit => this.#exited(child, exit));
  }

  /** A stop may come before, or while, the child is spawned. */
  #isStarting(): boolean {
    return this.#state.kind === 'starting';
  }

  #exited(child: Child, exit: ExitStatus): void {
    const {clock, governor} = this.#options;
    if (this.#child !== child) return;
    this.#exit = exit;
    this.#endedAtMs = clock.nowMs();
    if (this.#state.kind === 'stopping') return this.#tickStopping(this.#state, this.#endedAtMs);
    const upMs = this.#endedAtMs - this.#spawnedAtMs!;
    const decision = governor.decide(exit, upMs, this.#endedAtMs);
    // The next run must not meet what this one left behind.
    if (decision.kind === 'restart') this.endGroup();
    this.send({kind: 'exited', exit, decision});
  }

  #tickStopping(state: Extract<ProcessState, {kind: 'stopping'}>, nowMs: number): void {
    if (nowMs >= state.killAtMs) this.#signal('SIGKILL');
    if (this.#exit === null) return;
    // What survives KILL can only be stuck in the kernel: there is nothing more to wait for.
    const isOver = !this.#isGroupAlive() || nowMs >= state.killAtMs + KILLED_GROUP_MS;
    if (!isOver) return;
    this.#isGroupGone = true;
    this.send({kind: 'gone', exit: this.#exit});
  }

  /** CONT behind TERM: a stopped process acts on no signal but KILL. */
  #terminate(): void {
    this.#signal('SIGTERM');
    this.#signal('SIGCONT');
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#isGroupAlive()) this.#child!.signalGroup(signal);
  }

  #isGroupAlive(): boolean {
    if (this.#child === null || this.#isGroupGone) return false;
    // While the child itself is not reaped, the group's number is safe.
    if (this.#exit !== null && !this.#child.isGroupAlive()) this.#isGroupGone = true;
    return !this.#isGroupGone;
  }
}

const KILLED_GROUP_MS = 500;

