/**
 * Where what belongs to one thread lies. All threads share the memory, so nothing here may be a static of the module:
 * each thread has a scratch area of its own, at `scratch`. `scanner.ts` follows these offsets.
 */
export let scratch: usize = 0;

/** By code: how many lines were only counted. */
export const COUNTS: usize = 0;
/** By code: what becomes of such lines. */
export const WANTED: usize = 1024;
/** By hash: a symbol's number, 0 where free. */
export const PLACES: usize = 1280;
export const ENTRIES: usize = 1536;
/** Spans of the wanted fields of one record: address and length of each. */
export const SPANS: usize = 8192;
/** The wanted fields' tree. */
export const FIELDS: usize = 8704;
export const PICKS: usize = 16_384;
/** Forms of lines. */
export const FORMS: usize = 114_688;
/** Groups of lines: by hash, by number, and the numbers of those that this batch has lines of. */
export const GROUP_PLACES: usize = 196_608;
export const GROUP_COUNTS: usize = 2_293_760;
export const GROUPS_USED: usize = 3_342_400;

export const MAX_PICKS: usize = 4096;
export const PICK_BYTES: usize = 24;

/** Gives this instance its scratch area. It must be zeros. */
export function useScratch(at: usize): void {
  scratch = at;
}
