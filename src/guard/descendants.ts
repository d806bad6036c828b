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
    const at = environment.indexOf(this.#marker);
    if (at === -1) return 'none';
    const end = environment.indexOf(0, at);
    const value = environment.toString('latin1', at + this.#marker.length, end === -1 ? environment.length : end);
    return /^\d+$/.test(value) ? Number(value) : 'none';
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

  #readAll(fd: number): Buffer {
    let length = 0;
    for (;;) {
      const wanted = this.#buffer.length - length;
      const count = readSync(fd, this.#buffer, length, wanted, null);
      length += count;
      if (count < wanted) return this.#buffer.subarray(0, length);
      this.#buffer = Buffer.concat([this.#buffer], this.#buffer.length * 2);
    }
  }
}
