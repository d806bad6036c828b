import type {Writable} from 'node:stream';

/** A stream that others of our process paint on too, told not to block us. The handle is Node's own, undocumented. */
type MaybeBlocking = Writable & {readonly _handle?: {setBlocking?: (blocking: boolean) => void} | null};

/** A pipe without a reader, a socket that was cut, a terminal that was closed. */
const READER_GONE = new Set(['EPIPE', 'ECONNRESET', 'EIO']);

/**
 * Writes whole lines to a stream that may be slow or go away, without ever
 * blocking the engine: a terminal's or a pipe's reader that stands still holds
 * the children back, through the promises, and nothing else.
 */
export class Output {
  /** Resolves once nothing can be written any more. */
  readonly closed: Promise<void>;
  readonly #stream: MaybeBlocking;
  /** Writes that are not out yet. Racing each against `closed` would leave a reaction on it for ever. */
  readonly #waiting = new Set<() => void>();
  #isClosed = false;
  #problem: string | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(stream: Writable) {
    this.#stream = stream;
    this.#stream._handle?.setBlocking?.(false);
    this.closed = new Promise(resolve => {
      const close = (): void => {
        this.#isClosed = true;
        for (const done of this.#waiting) done();
        resolve();
      };
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (!READER_GONE.has(error.code ?? '')) this.#problem ??= error.message;
        close();
      });
      stream.on('close', close);
    });
  }

  /** Why nothing can be written any more, where it is not just that nobody reads: a full disk. Null while all is well. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Whether something that was written waits for its reader. */
  get isBehind(): boolean {
    return this.#waiting.size > 0;
  }

  /** Resolves when the bytes are out, or never will be. */
  write(bytes: Uint8Array | string): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#last = new Promise(resolve => {
      const done = (): void => {
        this.#waiting.delete(done);
        resolve();
      };
      this.#waiting.add(done);
      this.#stream.write(bytes, done);
    });
    return this.#last;
  }

  /** Resolves when all that was written is out, or never will be. */
  flush(): Promise<void> {
    return this.#last;
  }
}
