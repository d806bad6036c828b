import type {Writable} from 'node:stream';

/** A stream that others of our process paint on too, told not to block us. The handle is Node's own, undocumented. */
type MaybeBlocking = Writable & {readonly _handle?: {setBlocking?: (blocking: boolean) => void} | null};

/**
 * Writes whole lines to a stream that may be slow or go away, without ever
 * blocking the engine: a terminal's or a pipe's reader that stands still holds
 * the children back, through the promises, and nothing else.
 */
export class Output {
  /** Resolves once nobody reads any more (EPIPE, a terminal that is gone). */
  readonly closed: Promise<void>;
  readonly #stream: MaybeBlocking;
  #isClosed = false;
  #last: Promise<void> = Promise.resolve();

  constructor(stream: Writable) {
    this.#stream = stream;
    this.#stream._handle?.setBlocking?.(false);
    this.closed = new Promise(resolve => {
      const close = (): void => {
        this.#isClosed = true;
        resolve();
      };
      stream.on('error', close);
      stream.on('close', close);
    });
  }

  /** Resolves when the bytes are out, or never will be. */
  write(bytes: Uint8Array | string): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#last = new Promise(resolve => {
      this.#stream.write(bytes, () => resolve());
    });
    return Promise.race([this.#last, this.closed]);
  }

  /** Resolves when all that was written is out, or never will be. */
  async flush(): Promise<void> {
    await Promise.race([this.#last, this.closed]);
  }
}
