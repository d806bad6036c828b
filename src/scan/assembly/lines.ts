import {NEWLINE} from './bytes';

/**
 * Counts the newlines from `at` up to `end`. Sixty-four bytes at a time: each hit is -1 in its lane, so the lanes are
 * subtracted, and added up before one can overflow.
 */
export function countNewlines(at: usize, end: usize): u32 {
  let count: u32 = 0;
  const newlines = i8x16.splat(NEWLINE);
  while (at + 64 <= end) {
    const stop = min(end, at + 64 * 63);
    let lanes = i8x16.splat(0);
    while (at + 64 <= stop) {
      lanes = i8x16.sub(lanes, i8x16.eq(v128.load(at), newlines));
      lanes = i8x16.sub(lanes, i8x16.eq(v128.load(at, 16), newlines));
      lanes = i8x16.sub(lanes, i8x16.eq(v128.load(at, 32), newlines));
      lanes = i8x16.sub(lanes, i8x16.eq(v128.load(at, 48), newlines));
      at += 64;
    }
    const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(lanes));
    count += i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1);
    count += i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  }
  for (; at < end; at++) {
    if (load<u8>(at) == NEWLINE) count++;
  }
  return count;
}

/** Copies bytes, 64 at a time: the engine's own ways into shared memory go byte by byte. They must not overlap. */
export function copyBytes(from: usize, to: usize, bytes: usize): void {
  const end = from + bytes;
  while (from + 64 <= end) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
    from += 64;
    to += 64;
  }
  for (; from < end; from++) store<u8>(to++, load<u8>(from));
}
