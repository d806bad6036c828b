import {clearGroups} from './groups';
import {ENTRIES, PLACES, scratch, WANTED} from './layout';

/**
 * The distinct (level key, value text) pairs met so far, numbered from 1; 0 stands for a record without a level key.
 *
 * An entry is 32 bytes: the value as it is written, padded with zeros, and the key's number in the last byte.
 */
export const MAX_SYMBOLS: i32 = 200;
/** A string of 24 bytes with its quotes. */
export const MAX_VALUE_BYTES: u32 = 26;
export const ENTRY_BYTES: usize = 32;

/** Read from `32 - n` on, the first n bytes are ones and the rest zeros. */
const mask = memory.data<u8>([
  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
], 16);

/** What the code of a record with symbol 0 is; more places than symbols, so a search always ends. */
export const RECORD: i32 = 5;
const MAX_PLACES = 256;

let used: i32 = 0;

/** How many symbols there are, the one for no level key not counted. */
export function symbolCount(): i32 {
  return used;
}

/** Address of a symbol's entry. */
export function symbolEntry(symbol: i32): usize {
  return scratch + ENTRIES + <usize>symbol * ENTRY_BYTES;
}

/** Forgets all symbols, and groups, which have them in their names: lines of each are picked until someone knows better. */
export function clearSymbols(): void {
  clearGroups();
  used = 0;
  memory.fill(scratch + PLACES, 0, MAX_PLACES);
  memory.fill(scratch + WANTED + RECORD, 1, MAX_SYMBOLS + 1);
}

/** The symbol of a value of `bytes` bytes under the key with this number; -1 where there is no room for another. */
export function symbolOf(key: u8, at: usize, bytes: u32): i32 {
  const ones = mask + 32 - bytes;
  const low = v128.and(v128.load(at), v128.load(ones));
  const high = i8x16.replace_lane(v128.and(v128.load(at, 16), v128.load(ones, 16)), 15, key);
  let place = hash(low, high);
  while (true) {
    const symbol = <i32>load<u8>(scratch + PLACES + place);
    if (symbol == 0) return add(place, low, high);
    const entry = symbolEntry(symbol);
    const same = v128.and(i8x16.eq(v128.load(entry), low), i8x16.eq(v128.load(entry, 16), high));
    if (i8x16.all_true(same)) return symbol;
    place = (place + 1) & 255;
  }
}

function add(place: usize, low: v128, high: v128): i32 {
  if (used == MAX_SYMBOLS) return -1;
  used++;
  store<u8>(scratch + PLACES + place, <u8>used);
  const entry = symbolEntry(used);
  v128.store(entry, low);
  v128.store(entry, high, 16);
  return used;
}

// @ts-ignore: decorator
@inline
function hash(low: v128, high: v128): usize {
  const both = v128.xor(low, high);
  const mixed = (i64x2.extract_lane(both, 0) * 0x9e3779b97f4a7c15) ^ (i64x2.extract_lane(both, 1) * 0xc2b2ae3d27d4eb4f);
  return <usize>(<u64>mixed >> 56);
}
