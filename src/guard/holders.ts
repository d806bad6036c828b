import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {otherPids} from './proc.ts';

/** Who asks at the same moment shares one look at the machine: it costs some 25 ms at 600 processes. */
const FRESH_MS = 100;

/** Finds who holds our named pipes open for writing. */
export class Holders {
  readonly #folder: string | null;
  readonly #nowMs: () => number;
  #found = new Map<string, Set<number>>();
  #lookedAtMs = -Infinity;

  /** @param folder Of the pipes; null when there are none. */
  constructor(folder: string | null, nowMs: () => number) {
    this.#folder = folder;
    this.#nowMs = nowMs;
  }

  /** Pids, ascending, ourselves left out; those of others that we may not look at are missing. */
  holders(links: readonly string[]): readonly number[] {
    if (this.#folder === null || links.length === 0) return [];
    if (this.#nowMs() - this.#lookedAtMs > FRESH_MS) this.#look(`${this.#folder}/`);
    const pids = new Set(links.flatMap(link => [...(this.#found.get(link) ?? [])]));
    return [...pids].toSorted((a, b) => a - b);
  }

  #look(prefix: string): void {
    this.#lookedAtMs = this.#nowMs();
    this.#found = new Map();
    for (const pid of otherPids()) {
      for (const fd of descriptorsOf(pid)) {
        const link = linkOf(pid, fd);
        if (link.startsWith(prefix) && isForWriting(pid, fd)) this.#add(link, pid);
      }
    }
  }

  #add(link: string, pid: number): void {
    const pids = this.#found.get(link) ?? new Set();
    this.#found.set(link, pids.add(pid));
  }
}

const descriptorsOf = (pid: number): string[] => {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch {
    return [];
  }
};

const linkOf = (pid: number, fd: string): string => {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`);
  } catch {
    return '';
  }
};

const ACCESS_MODE = 3;

/** Field `flags` of `/proc/PID/fdinfo/N` (proc_pid_fdinfo(5)), in octal; reading alone is 0. */
const isForWriting = (pid: number, fd: string): boolean => {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'latin1'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & ACCESS_MODE) !== 0;
  } catch {
    return false;
  }
};
