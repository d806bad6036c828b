import {GROUP_COUNTS, GROUP_PLACES, GROUPS_USED, scratch, SPANS} from './layout';
import {contentEnd, QUOTE} from './bytes';
import {fieldsOf} from './fields';
import {shapeOf} from './shapes';

/**
 * Lines of one code and one shape are a group, numbered from 1. What it is called is found out elsewhere, once: its
 * first line is picked. A place is a hash and a number, a count is how many lines of this batch, and the newest one's
 * address and index.
 */
const PLACE_BYTES: usize = 16;
const PLACES_MASK: u32 = 131_071;
export const MAX_GROUPS: u32 = 65_536;
const COUNT_BYTES: usize = 16;

let used: u32 = 0;
/** How many groups have lines in this batch; their numbers lie at `GROUPS_USED`, in the order of their first lines. */
export let touchedGroups: u32 = 0;
/** The line counted last was the first of its group. */
export let isNewGroup: bool = false;

let messageTree: usize = 0;
let messageKeys: u32 = 0;

/** Which fields hold a record's message: the first that is there counts. */
export function groupBy(tree: usize, keys: u32): void {
  messageTree = tree;
  messageKeys = keys;
}

/** Begins a batch. Where there is no room for more groups all are forgotten. */
export function startGroups(): void {
  const counts = scratch + GROUP_COUNTS;
  const numbers = scratch + GROUPS_USED;
  for (let i: u32 = 0; i < touchedGroups; i++) {
    store<u32>(counts + <usize>load<u32>(numbers + (<usize>i << 2)) * COUNT_BYTES, 0);
  }
  touchedGroups = 0;
  if (used == MAX_GROUPS) clearGroups();
}

/** Only between batches. */
export function clearGroups(): void {
  if (used != 0) memory.fill(scratch + GROUP_PLACES, 0, (<usize>PLACES_MASK + 1) * PLACE_BYTES);
  used = 0;
}

/**
 * Counts a line under its group.
 *
 * @returns The group's number; 0 where the line has no certain shape, or there is no room for a new one.
 */
export function countGrouped(line: usize, newline: usize, code: i32, isRecord: bool, index: u32): u32 {
  const group = groupOf(isRecord ? shapeOfRecord(line, newline, code) : shapeOf(line, contentEnd(line, newline), <u8>code));
  if (group == 0) return 0;
  const count = scratch + GROUP_COUNTS + <usize>group * COUNT_BYTES;
  const before = load<u32>(count);
  if (before == 0) {
    store<u32>(scratch + GROUPS_USED + (<usize>touchedGroups << 2), group);
    touchedGroups++;
  }
  store<u32>(count, before + 1);
  store<u32>(count, <u32>line, 4);
  store<u32>(count, index, 8);
  return group;
}

/** Of the message, where it is a string without escapes; of the line, where there is none. */
function shapeOfRecord(line: usize, newline: usize, code: i32): u64 {
  if (!fieldsOf(line, messageTree, messageKeys)) return 0;
  for (let key: u32 = 0; key < messageKeys; key++) {
    const span = scratch + SPANS + (<usize>key << 3);
    const bytes = <usize>load<u32>(span, 4);
    if (bytes == 0) continue;
    const at = <usize>load<u32>(span);
    if (load<u8>(at) != QUOTE) return 0;
    if (bytes == 2) break;
    return hasEscape(at + 1, at + bytes - 1) ? 0 : shapeOf(at + 1, at + bytes - 1, <u8>code);
  }
  return shapeOf(line, contentEnd(line, newline), <u8>code);
}

function hasEscape(at: usize, end: usize): bool {
  for (; at < end; at += 16) {
    const escapes = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(0x5c)));
    if (escapes != 0) return at + <usize>ctz(escapes) < end;
  }
  return false;
}

function groupOf(hash: u64): u32 {
  isNewGroup = false;
  if (hash == 0) return 0;
  let place = <u32>hash & PLACES_MASK;
  while (true) {
    const entry = scratch + GROUP_PLACES + <usize>place * PLACE_BYTES;
    const known = load<u64>(entry);
    if (known == hash) return load<u32>(entry, 8);
    if (known == 0) {
      if (used == MAX_GROUPS) return 0;
      isNewGroup = true;
      store<u64>(entry, hash);
      store<u32>(entry, ++used, 8);
      return used;
    }
    place = (place + 1) & PLACES_MASK;
  }
}
