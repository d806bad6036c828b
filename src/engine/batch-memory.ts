/** Most buffers kept for later; beyond that they go back to the system. */
const MAX_FREE = 16;

/**
 * Memory for batches, used again when history has let go of it: a flood would
 * otherwise make garbage at the speed it is read.
 */
export class BatchMemory {
  readonly #free: ArrayBuffer[] = [];

  /** At least `size` bytes, their content undefined, in a buffer of their own that can be transferred. */
  readonly allocate = (size: number): Uint8Array => {
    const buffer = this.#free.at(-1);
    // Not zeroed, which `new ArrayBuffer` would be; and no Buffer, whose `slice` is a view where an array's is a copy.
    if (buffer === undefined || buffer.byteLength !== size) return new Uint8Array(Buffer.allocUnsafeSlow(size).buffer);
    this.#free.pop();
    return new Uint8Array(buffer);
  };

  /** Takes memory back that nobody looks at any more. */
  readonly release = (bytes: Uint8Array): void => {
    const {buffer} = bytes;
    // Small batches have buffers of all sizes: only those of full ones are worth keeping.
    if (this.#free.length < MAX_FREE && buffer instanceof ArrayBuffer && buffer.byteLength >= WORTH_KEEPING_BYTES) {
      this.#free.push(buffer);
    }
  };
}

const WORTH_KEEPING_BYTES = 128 * 1024;
