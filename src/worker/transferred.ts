/** The buffers behind arrays that can move to another thread, each once. Shared memory is everywhere already. */
export const buffersOf = (arrays: readonly (Uint8Array | null)[]): ArrayBuffer[] => [
  ...new Set(arrays.flatMap(array => (array?.buffer instanceof ArrayBuffer ? [array.buffer] : []))),
];
