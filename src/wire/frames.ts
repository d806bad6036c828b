import {isUtf8} from 'node:buffer';

const HEADER_BYTES = 4;

/** What a {@link FrameReader} found: a message, nothing yet, or bytes that are none of ours. */
export type Frame =
  | {readonly kind: 'message'; readonly message: unknown}
  | {readonly kind: 'none'}
  /** `reason`: what was expected and what came, in a few words. */
  | {readonly kind: 'bad'; readonly reason: string};

/**
 * A message as it goes over the wire: its length in bytes as 4 bytes big-endian, then UTF-8 JSON.
 *
 * @throws RangeError for one that no string or no buffer can hold.
 */
export const frameOf = (message: unknown): Buffer => framesOf([message]);

/**
 * Messages as they go over the wire one behind the other. Several small ones cost far less than one large one: a
 * string of more than 128 KiB is made outside of V8's young space, which takes three times as long.
 *
 * @throws RangeError as `frameOf` does.
 */
export const framesOf = (messages: readonly unknown[]): Buffer => {
  const texts = messages.map(message => JSON.stringify(message));
  const sizes = texts.map(text => Buffer.byteLength(text));
  const frames = Buffer.allocUnsafe(sizes.reduce((sum, bytes) => sum + HEADER_BYTES + bytes, 0));
  let at = 0;
  for (const [index, text] of texts.entries()) {
    at = frames.writeUInt32BE(sizes[index]!, at);
    at += frames.write(text, at);
  }
  return frames;
};

/**
 * Reads frames from a stream of bytes that may be torn anywhere. Holds one
 * frame at the most, of at most `maxFrameBytes`, plus what was pushed and not
 * read; copies each byte once. After something bad it keeps nothing.
 */
export class FrameReader {
  /** Of the frames that come; may be changed between two of them. */
  maxFrameBytes: number;
  /** Pushed and not yet looked at, oldest first. */
  #chunks: Buffer[] = [];
  /** Bytes of the first chunk that are done with. */
  #at = 0;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #headerBytes = 0;
  #body: Buffer | null = null;
  #bodyBytes = 0;
  #problem: string | null = null;

  constructor(maxFrameBytes: number) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /** The stream could end here without anything being lost. */
  get isBetweenFrames(): boolean {
    return this.#chunks.length === 0 && this.#headerBytes === 0;
  }

  /** Takes bytes as they come. They must not be changed afterwards. */
  push(chunk: Buffer): void {
    if (chunk.length > 0 && this.#problem === null) this.#chunks.push(chunk);
  }

  /** The next whole frame. Bad is the last that ever comes. */
  read(): Frame {
    if (this.#problem === null && !this.#hasHeader()) return {kind: 'none'};
    if (this.#problem !== null) return {kind: 'bad', reason: this.#problem};
    const body = this.#wholeBody();
    if (body === null) return {kind: 'none'};
    this.#headerBytes = 0;
    try {
      if (!isUtf8(body)) throw new SyntaxError('not UTF-8');
      return {kind: 'message', message: JSON.parse(body.toString()) as unknown};
    } catch (error) {
      const {message} = error as Error;
      return this.#fail(`expected a frame of JSON, got ${body.length} bytes that are none: ${message}`);
    }
  }

  /** Reads on in the header; false while it is not whole. */
  #hasHeader(): boolean {
    if (this.#headerBytes === HEADER_BYTES) return true;
    while (this.#headerBytes < HEADER_BYTES) {
      const part = this.#take(HEADER_BYTES - this.#headerBytes);
      if (part === null) return false;
      this.#headerBytes += part.copy(this.#header, this.#headerBytes);
    }
    const bytes = this.#header.readUInt32BE();
    if (bytes > this.maxFrameBytes) {
      this.#fail(`expected a frame of at most ${this.maxFrameBytes} bytes, got one of ${bytes}`);
    }
    return true;
  }

  #wholeBody(): Buffer | null {
    const bytes = this.#header.readUInt32BE();
    // Most frames lie whole in one chunk: nothing is copied.
    const here = (this.#chunks[0]?.length ?? 0) - this.#at;
    if (this.#body === null && here >= bytes) return this.#take(bytes) ?? Buffer.alloc(0);
    this.#body ??= Buffer.allocUnsafe(bytes);
    while (this.#bodyBytes < bytes) {
      const part = this.#take(bytes - this.#bodyBytes);
      if (part === null) return null;
      this.#bodyBytes += part.copy(this.#body, this.#bodyBytes);
    }
    const body = this.#body;
    this.#body = null;
    this.#bodyBytes = 0;
    return body;
  }

  /** At most so many bytes, from the first chunk; null when there are none. */
  #take(atMost: number): Buffer | null {
    const [chunk] = this.#chunks;
    if (chunk === undefined) return null;
    const part = chunk.subarray(this.#at, this.#at + atMost);
    this.#at += part.length;
    if (this.#at === chunk.length) {
      this.#chunks.shift();
      this.#at = 0;
    }
    return part;
  }

  #fail(reason: string): Frame {
    this.#problem = reason;
    this.#chunks = [];
    this.#body = null;
    return {kind: 'bad', reason};
  }
}
