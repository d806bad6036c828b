/**
 * Where what belongs to one thread lies, from the start of its scratch area on: `assembly/layout.ts` seen from outside.
 * Offsets and sizes in bytes.
 */

/** By code, four bytes each: how many lines were only counted. */
export const COUNTS_OFFSET = 0;
/** By code, one byte each: what becomes of such lines. */
export const WANTED_OFFSET = 1024;
/** Spans of the wanted fields: address and length of each, four bytes each. */
export const SPANS_OFFSET = 8192;
/** The wanted fields' tree; it ends where the picks begin. */
export const FIELDS_OFFSET = 8704;
/** What was picked: {@link PICK_WORDS} times four bytes each. */
export const PICKS_OFFSET = 16_384;
export const PICK_WORDS = 6;
/** By the number of a group, {@link GROUP_WORDS} times four bytes each: lines, address and index of the newest one. */
export const GROUP_COUNTS_OFFSET = 2_293_760;
export const GROUP_WORDS = 4;
/** Numbers of the groups that this batch has lines of, four bytes each. */
export const GROUPS_USED_OFFSET = 3_342_400;
/** Behind these there is room for a batch from elsewhere. */
export const COPY_OFFSET = 3_604_544;
