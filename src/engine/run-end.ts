import {hasEnded} from '../model/lifecycle.ts';
import type {ManagedProcess} from './managed-process.ts';

/** Why a run is over. */
export type EndReason =
  /** All processes have ended by themselves. */
  | {readonly kind: 'done'}
  /** Somebody asked for it in a view. */
  | {readonly kind: 'quit'}
  /** `--for` is over. */
  | {readonly kind: 'deadline'}
  | {readonly kind: 'signal'; readonly signal: NodeJS.Signals}
  /** Nobody reads our output any more. */
  | {readonly kind: 'output-closed'};

/** What children have printed before they were stopped is judged for so long; a slow custom parser may have hours left. */
const DRAIN_MS = 5000;
/** A pipe that stays open so long after its group was killed belongs to someone outside it. */
const CLOSE_AFTER_KILL_MS = 500;

export type RunEndOptions = {
  readonly processes: readonly ManagedProcess[];
  readonly killTimeoutMs: number;
  /** Whether to end when all processes have: without a screen, or with `--exit-when-done`. */
  readonly endWhenDone: () => boolean;
  readonly notice: (text: string) => void;
  readonly finish: (reason: EndReason) => void;
};

/** What the last process has printed is mostly judged within moments. */
const HASTE_MS = 4;
const HASTY_LOOKS = 25;

/** Brings a run to its end: waits for what must be waited for, and for nothing longer than it should. */
export class RunEnd {
  readonly #options: RunEndOptions;
  #reason: EndReason | null = null;
  #isForced = false;
  #restSinceMs: number | null = null;
  #isFinished = false;
  readonly #abandonedAtMs = new Map<ManagedProcess, number>();
  #soon: NodeJS.Timeout | null = null;

  constructor(options: RunEndOptions) {
    this.#options = options;
  }

  get isEnding(): boolean {
    return this.#reason !== null;
  }

  /** Stops everything and ends the run; asked a second time, kills. */
  begin(reason: EndReason): void {
    if (this.#reason !== null) this.#isForced = true;
    this.#reason ??= reason;
    for (const {supervisor} of this.#options.processes) {
      if (this.#isForced) supervisor.kill();
      else supervisor.send({kind: 'stop'});
    }
  }

  /** To be called when a process has ended: where it was the last one, the end need not wait for the next tick. */
  hasten(nowMs: () => number, times = HASTY_LOOKS): void {
    const {processes} = this.#options;
    if (this.#soon !== null || times === 0 || !processes.every(({supervisor}) => hasEnded(supervisor.state))) return;
    this.#soon = setTimeout(() => {
      this.#soon = null;
      this.tick(nowMs());
      if (!this.#isFinished) this.hasten(nowMs, times - 1);
    }, HASTE_MS);
  }

  /** Ten times a second. */
  tick(nowMs: number): void {
    if (this.#isFinished) return;
    const {processes} = this.#options;
    const endWhenDone = this.#options.endWhenDone();
    if (this.isEnding) for (const {supervisor} of processes) this.#stopLatecomer(supervisor);
    if (this.isEnding || endWhenDone) for (const process of processes) this.#abandonKeptOpen(process, nowMs);
    if (!this.isEnding && !endWhenDone) return;
    if (processes.every(({isDone}) => isDone)) this.#finishSwept();
    else if (this.isEnding) this.#drain(nowMs);
  }

  /** A process that was just starting when the end began. */
  #stopLatecomer(supervisor: ManagedProcess['supervisor']): void {
    const {kind} = supervisor.state;
    if (kind === 'running' || kind === 'paused' || kind === 'restarting') supervisor.send({kind: 'stop'});
  }

  #abandonKeptOpen(process: ManagedProcess, nowMs: number): void {
    if (!process.isKeptOpenSilently(nowMs) && !this.#abandonedAtMs.has(process)) return;
    const since = this.#abandonedAtMs.get(process);
    if (since === undefined) {
      this.#abandonedAtMs.set(process, nowMs);
      this.#options.notice(keptOpenText(process));
      process.abandonOutput(false);
    } else if (nowMs - since > this.#options.killTimeoutMs + CLOSE_AFTER_KILL_MS) {
      process.abandonOutput(true);
    }
  }

  /** All have been stopped: what they printed is judged, but not for ever. */
  #drain(nowMs: number): void {
    if (!this.#options.processes.every(({supervisor}) => hasEnded(supervisor.state))) return;
    this.#restSinceMs ??= nowMs;
    if (this.#isForced || nowMs - this.#restSinceMs > DRAIN_MS) this.#finishSwept();
  }

  /** What processes have left behind that ended by themselves must not outlive the run either. */
  #finishSwept(): void {
    const supervisors = this.#options.processes.map(({supervisor}) => supervisor);
    for (const supervisor of supervisors) {
      supervisor.endRest();
      if (this.#isForced) supervisor.kill();
    }
    if (!supervisors.some(({hasRest}) => hasRest)) this.#finish();
  }

  #finish(): void {
    this.#isFinished = true;
    this.#options.finish(this.#reason ?? {kind: 'done'});
  }
}

const keptOpenText = ({options, keptOpenBy}: ManagedProcess): string => {
  const who = keptOpenBy === null || keptOpenBy.length === 0 ? 'an unknown process' : `PID ${keptOpenBy.join(', ')}`;
  return `${options.spec.name}: output still held by ${who} after its exit; what it has left behind is stopped`;
};
