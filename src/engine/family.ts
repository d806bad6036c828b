import type {Guard} from '../model/guard.ts';
import type {Child} from './child.ts';
import {groupOf} from './group-members.ts';

export type FamilyOptions = {
  /** The process's number, which its descendants carry in their tag. */
  readonly process: number;
  readonly guard: Guard;
  /** What has left the group is nobody's. */
  readonly leaveDaemons: boolean;
};

/** What survives KILL can only be stuck in the kernel: there is nothing more to wait for. */
export const KILLED_MS = 500;

/**
 * All that stems from a process and may be signalled: the group of its newest
 * run, and what has left that group (by setsid, by forking twice), which is
 * found by its tag. No number is signalled that may be someone else's by now: a
 * group that was seen empty never again, a pid only right after a look at its tag.
 */
export class Family {
  readonly #options: FamilyOptions;
  #child: Child | null = null;
  #hasExited = false;
  #isGroupGone = true;

  constructor(options: FamilyOptions) {
    this.#options = options;
  }

  /** A new run: its group is watched from now on. */
  adopt(child: Child): void {
    this.#markGroupGone();
    this.#child = child;
    this.#hasExited = false;
    this.#isGroupGone = false;
    this.#options.guard.groupStarted(child.pid);
  }

  /** The child itself has exited and is reaped: its group may be empty now. */
  childExited(child: Child): void {
    if (child !== this.#child) return;
    this.#hasExited = true;
    this.look();
  }

  /** A cheap look whether the group is gone, so that its number is forgotten in time. */
  look(): void {
    if (!this.#isGroupGone && this.#hasExited && !this.#child!.isGroupThere()) this.#markGroupGone();
  }

  /** The process group of the newest run, while anything of it may be left. */
  get groupId(): number | null {
    return this.#isGroupAlive() ? this.#child!.pid : null;
  }

  /** Whether anything of it runs. */
  isAlive(): boolean {
    return this.#isGroupAlive() || this.strays().length > 0;
  }

  /** Pids that carry the tag and are not in the newest run's group; none where they are to be left alone. */
  strays(): readonly number[] {
    const {guard, process, leaveDaemons} = this.#options;
    if (leaveDaemons) return [];
    const pid = this.#isGroupGone ? null : this.#child!.pid;
    return guard.tagged(process).filter(stray => {
      const group = groupOf(stray);
      return group !== null && group !== pid;
    });
  }

  /** To the group alone. */
  signalGroup(signal: NodeJS.Signals): void {
    if (this.#isGroupAlive()) this.#child!.signalGroup(signal);
  }

  /**
   * TERM to all of it that is there now; what they start to clean up behind
   * themselves is left to do so. CONT behind: a stopped process acts on no
   * signal but KILL.
   */
  terminate(): void {
    const strays = this.strays();
    for (const name of ['SIGTERM', 'SIGCONT'] as const) {
      this.signalGroup(name);
      for (const pid of strays) signal(pid, name);
    }
  }

  /** KILL to all of it. */
  kill(): void {
    this.signalGroup('SIGKILL');
    for (const pid of this.strays()) signal(pid, 'SIGKILL');
  }

  #isGroupAlive(): boolean {
    if (this.#isGroupGone) return false;
    // While the child itself is not reaped, the group's number is safe.
    if (this.#hasExited && !this.#child!.isGroupAlive()) this.#markGroupGone();
    return !this.#isGroupGone;
  }

  #markGroupGone(): void {
    if (this.#isGroupGone) return;
    this.#isGroupGone = true;
    this.#options.guard.groupEnded(this.#child!.pid);
  }
}

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone, or someone else's.
  }
};
