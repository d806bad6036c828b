import type {Duplex} from 'node:stream';
import {FrameReader, frameOf} from './frames.ts';

/** How a connection ended: the other side hung up between two messages, it was lost, or we let go of it. */
export type Closing =
  | {readonly kind: 'ended'}
  /** `reason`: an error of the socket, an end inside a message, or what was wrong with a frame. */
  | {readonly kind: 'lost'; readonly reason: string}
  | {readonly kind: 'destroyed'};

/** What comes in. Behind `bad` nothing follows but the end, which the taker has to bring about. */
export type Received =
  | {readonly kind: 'message'; readonly message: unknown}
  | {readonly kind: 'bad'; readonly reason: string}
  | {readonly kind: 'closed'; readonly closing: Closing};

type Taker = (received: Received) => void;

/**
 * Frames both ways over one stream. Nothing is read while nobody takes what
 * comes: first message by message with {@link next}, then all with
 * {@link listen}. An error of the stream is an end, never an exception.
 */
export class Connection {
  /** Resolves when nothing can come or go any more. */
  readonly closed: Promise<Closing>;
  readonly #stream: Duplex;
  readonly #reader: FrameReader;
  readonly #flushing = new Set<() => void>();
  #taker: {readonly take: Taker; readonly once: boolean} | null = null;
  #isHeld = false;
  /** What comes is of no interest any more. */
  #isEnding = false;
  #reason: Closing | null = null;
  #isClosed = false;

  /** @param maxFrameBytes Largest frame that is read; {@link limit} changes it. */
  constructor(stream: Duplex, maxFrameBytes: number) {
    this.#stream = stream;
    this.#reader = new FrameReader(maxFrameBytes);
    this.closed = new Promise(resolve => {
      const close = (): void => resolve(this.#close());
      stream.once('close', close);
      // A stream that is over says so no more.
      if (stream.closed) process.nextTick(close);
    });
    stream.on('error', error => (this.#reason ??= {kind: 'lost', reason: error.message}));
    stream.on('end', () => this.#ended());
    stream.on('data', (chunk: Buffer) => this.#data(chunk));
    stream.pause();
  }

  /** Bytes that were sent and have not left this process. */
  get queuedBytes(): number {
    return this.#stream.writableLength;
  }

  /** Bounds the frames that are read from now on. */
  limit(maxFrameBytes: number): void {
    this.#reader.maxFrameBytes = maxFrameBytes;
  }

  /** Sends a message; into the void once closed. */
  send(message: unknown): void {
    this.sendFrame(frameOf(message));
  }

  /** Sends what `frameOf` or `framesOf` has made, perhaps for many. */
  sendFrame(frame: Buffer): void {
    if (this.#stream.writable) this.#stream.write(frame, () => this.#written());
  }

  /** Resolves when all that was sent has left this process, or never will. */
  flushed(): Promise<void> {
    if (!this.#stream.writable || this.queuedBytes === 0) return Promise.resolve();
    return new Promise(resolve => this.#flushing.add(resolve));
  }

  /** The next message. To be asked for one at a time, and before {@link listen}. */
  next(): Promise<Received> {
    return new Promise(resolve => this.#takeWith({take: resolve, once: true}));
  }

  /** Hands over each message as it comes, then what was bad if anything, then the end. */
  listen(take: Taker): void {
    this.#takeWith({take, once: false});
  }

  /** Reads nothing more until {@link release}: the other side has to wait. */
  hold(): void {
    this.#isHeld = true;
    this.#stream.pause();
  }

  release(): void {
    this.#isHeld = false;
    this.#deliver();
  }

  /**
   * Says no more and hears no more: waits until the other side has got all that was sent and hung up, for
   * `patienceMs` at most. Just to close would be too soon: what the other side writes after that is an error
   * to it, over which it may lose what it has not yet read.
   */
  async end(patienceMs: number): Promise<Closing> {
    this.#isEnding = true;
    this.#taker = null;
    this.#stream.resume();
    this.#stream.end();
    const timer = setTimeout(() => this.destroy(), patienceMs);
    const closing = await this.closed;
    clearTimeout(timer);
    return closing;
  }

  /** Closes at once; what has not left is lost. */
  destroy(): void {
    this.#reason ??= {kind: 'destroyed'};
    this.#stream.destroy();
  }

  #takeWith(taker: {take: Taker; once: boolean}): void {
    this.#taker = taker;
    if (this.#isClosed) this.#hand({kind: 'closed', closing: this.#close()});
    else this.#deliver();
  }

  #data(chunk: Buffer): void {
    if (this.#isEnding) return;
    this.#reader.push(chunk);
    this.#deliver();
  }

  /** Hands over what is there for as long as someone takes it; reads on only then. */
  #deliver(): void {
    while (this.#taker !== null && !this.#isHeld && this.#reason === null) {
      const frame = this.#reader.read();
      if (frame.kind === 'none') {
        this.#stream.resume();
        return;
      }
      if (frame.kind === 'bad') this.#reason = {kind: 'lost', reason: frame.reason};
      this.#hand(frame);
    }
    if (!this.#isEnding) this.#stream.pause();
  }

  #hand(received: Received): void {
    const taker = this.#taker;
    if (taker?.once) this.#taker = null;
    taker?.take(received);
  }

  #written(): void {
    if (this.#stream.writable && this.queuedBytes > 0) return;
    for (const resolve of this.#flushing) resolve();
    this.#flushing.clear();
  }

  #ended(): void {
    this.#reason ??= this.#reader.isBetweenFrames
      ? {kind: 'ended'}
      : {kind: 'lost', reason: 'the other side ended in the middle of a message'};
    // Nobody is left to read what we have to say.
    this.#stream.destroy();
  }

  #close(): Closing {
    const closing = (this.#reason ??= {kind: 'ended'});
    if (this.#isClosed) return closing;
    this.#isClosed = true;
    this.#written();
    this.#hand({kind: 'closed', closing});
    return closing;
  }
}
