/**
 * Where what belongs to one thread lies, from the start of its scratch area on: `assembly/layout.ts` seen from outside.
 * Offsets and sizes in bytes.
 */

/** By code, four bytes each: how many lines were only counted. */
export const COUNTS_OFFSET = 0;
/** By code: 1 where such lines are picked. */
export const WANTED_OFFSET = 1024;
/** Spans of the wanted fields: address and length of each, four bytes each. */
export const SPANS_OFFSET = 8192;
/** The wanted fields' tree; it ends where the picks begin. */
export const FIELDS_OFFSET = 8704;
/** What was picked: {@link PICK_WORDS} times four bytes each. */
export const PICKS_OFFSET = 16_384;
export const PICK_WORDS = 5;
/** Behind the picks and the forms of lines there is room for a batch from elsewhere. */
export const COPY_OFFSET = 180_224;
