import {spawn} from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readlinkSync,
  realpathSync,
  rmSync,
  unlinkSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {OutputPipe} from '../model/guard.ts';
import {HELPER_ENV} from './helper-env.ts';

/** Made at once when they run out: a process start costs more than many pipes. */
const BATCH = 16;
/** Fewer left than that: more are made in the background. A process takes two. */
const LOW = 4;
const MKFIFO_TIMEOUT_MS = 5000;

/**
 * Named pipes, made ahead of need. Node's own pipes for children are socket
 * pairs, which nobody can open again: `echo x > /dev/stderr` fails in them.
 * Named pipes do all that pipes do, and are faster.
 */
export class Fifos {
  /** Private to us; null where it could not be made: then there are no pipes. */
  readonly folder: string | null;
  readonly #mkfifo: string;
  readonly #ready: string[] = [];
  #made = 0;
  #making: Promise<boolean> | null = null;
  #isUseless = false;

  /**
   * @param parent Where its folder is made.
   * @param mkfifo The program that makes pipes.
   */
  constructor(parent = tmpdir(), mkfifo = 'mkfifo') {
    this.folder = makeFolder(parent);
    this.#mkfifo = mkfifo;
    // Elsewhere, polling of named pipes has not been tried.
    this.#isUseless = this.folder === null || process.platform !== 'linux';
  }

  /** Makes so many at once; never rejects. */
  async prefetch(count: number): Promise<void> {
    if (!this.#isUseless && count > 0) await this.#make(count);
  }

  /** Both ends of a new pipe; null where there can be none. Never rejects. */
  async outputPipe(): Promise<OutputPipe | null> {
    const name = await this.#next();
    if (name === null) return null;
    const pipe = openBoth(name);
    // No descriptors left: another time, perhaps.
    if (pipe === null && !this.#isUseless) this.#ready.push(name);
    return pipe;
  }

  /** Removes the folder. Pipes that were handed out stay what they are. */
  async close(): Promise<void> {
    this.#isUseless = true;
    await this.#making;
    this.#ready.length = 0;
    if (this.folder !== null) removeFolder(this.folder);
  }

  async #next(): Promise<string | null> {
    while (!this.#isUseless && this.#ready.length === 0) {
      if (!(await this.#make(BATCH))) return null;
    }
    if (this.#isUseless) return null;
    const name = this.#ready.pop()!;
    if (this.#ready.length < LOW) void this.#make(BATCH);
    return name;
  }

  /** Whether there are more of them now. One call at a time: who comes while one runs waits for the same. */
  #make(count: number): Promise<boolean> {
    this.#making ??= this.#makeNow(count).finally(() => (this.#making = null));
    return this.#making;
  }

  async #makeNow(count: number): Promise<boolean> {
    const names = Array.from({length: count}, () => path.join(this.folder!, String(++this.#made)));
    const errno = await run(this.#mkfifo, ['-m', '600', ...names]);
    if (errno === 'ENOENT') this.#isUseless = true;
    const made = errno === null ? names : names.filter(name => existsSync(name));
    this.#ready.push(...made);
    return made.length > 0;
  }
}

const makeFolder = (parent: string): string | null => {
  try {
    // mkdtemp makes it 0700. What /proc says of a pipe is its real path.
    return realpathSync(mkdtempSync(path.join(parent, 'keepup-pipes-')));
  } catch {
    return null;
  }
};

const removeFolder = (folder: string): void => {
  try {
    rmSync(folder, {recursive: true, force: true});
  } catch {
    // The watchdog tries again when we are gone.
  }
};

/** Null when all went well; else what the system says, or `EXIT`. */
const run = (program: string, args: readonly string[]): Promise<string | null> =>
  new Promise(resolve => {
    const failed = (error: unknown): void => resolve((error as NodeJS.ErrnoException).code ?? 'EIO');
    try {
      spawn(program, args, {stdio: 'ignore', env: HELPER_ENV, timeout: MKFIFO_TIMEOUT_MS, killSignal: 'SIGKILL'})
        .once('error', failed)
        .once('exit', code => resolve(code === 0 ? null : 'EXIT'));
    } catch (error) {
      failed(error);
    }
  });

/** The reader first: a writer would wait for one. Its own `O_NONBLOCK` is not the writer's. */
const openBoth = (name: string): OutputPipe | null => {
  const opened: number[] = [];
  try {
    opened.push(openSync(name, constants.O_RDONLY | constants.O_NONBLOCK));
    opened.push(openSync(name, constants.O_WRONLY));
    unlinkSync(name);
    const [readFd, writeFd] = opened as [number, number];
    return {readFd, writeFd, link: readlinkSync(`/proc/self/fd/${writeFd}`)};
  } catch {
    for (const fd of opened) closeSync(fd);
    return null;
  }
};
