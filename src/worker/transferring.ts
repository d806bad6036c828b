import {Tinypool} from 'tinypool';

/** Marks a worker's result so that the memory of `arrays` moves to the other thread and is not copied. */
export const transferring = <T extends object>(value: T, arrays: readonly (Uint8Array | null)[]): T => {
  const buffers = new Set(arrays.flatMap(array => (array?.buffer instanceof ArrayBuffer ? [array.buffer] : [])));
  return Tinypool.move({
    get [Tinypool.transferableSymbol]() {
      return [...buffers];
    },
    get [Tinypool.valueSymbol]() {
      return value;
    },
  } as never) as T;
};
