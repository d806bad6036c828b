import {spawn, type ChildProcess} from 'node:child_process';
import {HELPER_ENV} from './helper-env.ts';
import {startTimeOf} from './start-time.ts';
import {WATCHDOG_SCRIPT} from './watchdog-script.ts';

/** So many deaths within so long are no accident: from then on it is tried once a second. */
const MANY_DEATHS = 5;
const DEATHS_WINDOW_MS = 5000;
const RETRY_MS = 1000;
/** It has next to nothing to do after a goodbye. */
const GOODBYE_MS = 2000;

export type WatchdogOptions = {
  /** Name of the variable that marks the run's descendants. */
  readonly tag: string;
  /** Directory of the run's cgroup; null without. */
  readonly cgroup: string | null;
  /** Folder to remove in the end; null without. */
  readonly folder: string | null;
  /** It can't be kept alive, or is again: a sentence for people. */
  readonly onTrouble: (text: string) => void;
  /** Monotonic ms. */
  readonly nowMs: () => number;
};

/**
 * Keeps a shell script alive that outlives us and ends what we leave behind
 * when we die without a goodbye. It holds the other end of one pipe of ours,
 * which the kernel closes however we end.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  readonly #groups = new Map<number, string>();
  #child: ChildProcess | null = null;
  #deathsMs: number[] = [];
  #hasSaid = false;
  #isStopping = false;
  #retry: NodeJS.Timeout | null = null;

  constructor(options: WatchdogOptions) {
    this.#options = options;
  }

  /** Its process; null while it is dead. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Starts it. To be called before any child is started. Never throws. */
  start(): void {
    const child = this.#spawn();
    if (child === null) return this.#died();
    this.#child = child;
    let isOver = false;
    const over = (): void => {
      if (isOver) return;
      isOver = true;
      this.#child = null;
      this.#died();
    };
    child.once('error', over).once('exit', over);
    child.unref();
    // It may die at any moment: a write that fails is no news, its exit is.
    child.stdin!.on('error', () => {});
    for (const [group, startTime] of this.#groups) this.#tell(`+ ${group} ${startTime}`);
  }

  /** A process group runs: it is killed if we die. */
  groupStarted(group: number): void {
    const startTime = startTimeOf(group) ?? '-';
    this.#groups.set(group, startTime);
    this.#tell(`+ ${group} ${startTime}`);
  }

  /** Its number may be someone else's by now. */
  groupEnded(group: number): void {
    if (this.#groups.delete(group)) this.#tell(`- ${group}`);
  }

  /** Says goodbye: nothing is killed. Resolves when it has exited, or does not within two seconds. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    const child = this.#child;
    if (child === null) return;
    const exited = new Promise<void>(resolve => child.once('exit', () => resolve()));
    child.ref();
    child.stdin!.end('q\n');
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>(resolve => (timer = setTimeout(resolve, GOODBYE_MS)));
    await Promise.race([exited, patience]);
    clearTimeout(timer);
    child.unref();
  }

  #spawn(): ChildProcess | null {
    const {tag, cgroup, folder} = this.#options;
    try {
      return spawn('/bin/sh', ['-c', WATCHDOG_SCRIPT, 'keepup-watchdog', tag, cgroup ?? '', folder ?? ''], {
        // A session of its own: neither the terminal's signals nor those to our group reach it.
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
        env: HELPER_ENV,
        cwd: '/',
      });
    } catch {
      return null;
    }
  }

  #tell(line: string): void {
    this.#child?.stdin?.write(`${line}\n`);
  }

  #died(): void {
    if (this.#isStopping) return;
    const nowMs = this.#options.nowMs();
    this.#deathsMs = [...this.#deathsMs.filter(atMs => atMs > nowMs - DEATHS_WINDOW_MS), nowMs];
    if (this.#deathsMs.length < MANY_DEATHS) return this.start();
    this.#say();
    this.#retry = setTimeout(() => this.start(), RETRY_MS);
    this.#retry.unref();
  }

  #say(): void {
    if (this.#hasSaid) return;
    this.#hasSaid = true;
    this.#options.onTrouble(
      'the watchdog (/bin/sh) dies again and again; if keepup is killed now, its processes may go on',
    );
  }
}
