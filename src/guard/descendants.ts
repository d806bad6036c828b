import {closeSync, openSync, readSync, statSync} from 'node:fs';
import {otherPids} from './proc.ts';

/** Processes that are asked about at the same moment share one look at the machine. */
const FRESH_MS = 25;
const FIRST_BUFFER_BYTES = 256 * 1024;

/**
 * Finds processes by the tag in their environment, whatever has become of
 * their parents, groups and sessions.
 *
 * A look at 600 processes takes about 4 ms: those that were seen to carry no
 * tag are remembered, by the inode of their folder in `/proc`, which another
 * process of the same pid does not have. A stranger stays one, through `exec`
 * too: the tag is only ever handed down, by us or by who has it.
 */
export class Descendants {
  readonly #marker: Buffer;
  readonly #nowMs: () => number;
  #buffer = Buffer.allocUnsafe(FIRST_BUFFER_BYTES);
  #strangers = new Map<number, number>();
  #found = new Map<number, number[]>();
  #lookedAtMs = -Infinity;

  /** @param tag Name of the variable. */
  constructor(tag: string, nowMs: () => number) {
    this.#marker = Buffer.from(`${tag}=`);
    this.#nowMs = nowMs;
  }

  /** Pids that carry the tag with this number, at this moment; no zombies, which have no environment. */
  tagged(process: number): readonly number[] {
    if (this.#nowMs() - this.#lookedAtMs > FRESH_MS) this.#look();
    const known = this.#found.get(process) ?? [];
    const pids = known.filter(pid => this.#numberIn(pid) === process);
    if (pids.length > 0 || known.length === 0) return pids;
    // Those that were there may have forked before they went.
    this.#look();
    return this.#found.get(process) ?? [];
  }

  #look(): void {
    this.#lookedAtMs = this.#nowMs();
    this.#found = new Map();
    const strangers = new Map<number, number>();
    for (const pid of otherPids()) {
      const inode = statSync(`/proc/${pid}`, {throwIfNoEntry: false})?.ino;
      if (inode === undefined) continue;
      const process = this.#strangers.get(pid) === inode ? 'none' : this.#numberIn(pid);
      if (process === 'none') strangers.set(pid, inode);
      else if (process !== 'unknown') this.#found.set(process, [...(this.#found.get(process) ?? []), pid]);
    }
    this.#strangers = strangers;
  }

  /**
   * `none`: another environment than ours. `unknown`: none to be seen, since it
   * is a zombie, a thread of the kernel, someone else's, or in the midst of an exec.
   */
  #numberIn(pid: number): number | 'none' | 'unknown' {
    const environment = this.#environment(pid);
    if (environment === null || environment.length === 0) return 'unknown';
    const start = this.#valueStart(environment);
    if (start === null) return 'none';
    const end = environment.indexOf(0, start);
    const value = environment.toString('latin1', start, end === -1 ? environment.length : end);
    return /^\d+$/.test(value) ? Number(value) : 'none';
  }

  /** Behind the variable's name; another variable may hold the same words in its value. */
  #valueStart(environment: Buffer): number | null {
    for (let at = environment.indexOf(this.#marker); at !== -1; at = environment.indexOf(this.#marker, at + 1)) {
      if (at === 0 || environment[at - 1] === 0) return at + this.#marker.length;
    }
    return null;
  }

  /** Valid until the next call. */
  #environment(pid: number): Buffer | null {
    let fd;
    try {
      fd = openSync(`/proc/${pid}/environ`, 'r');
      return this.#readAll(fd);
    } catch {
      return null;
    } finally {
      if (fd !== undefined) closeSync(fd);
    }
  }

  /** All of it in one read: between two, the process may have become another program. */
  #readAll(fd: number): Buffer {
    for (;;) {
      const length = readSync(fd, this.#buffer, 0, this.#buffer.length, 0);
      if (length < this.#buffer.length) return this.#buffer.subarray(0, length);
      this.#buffer = Buffer.allocUnsafe(this.#buffer.length * 2);
    }
  }
}
