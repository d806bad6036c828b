import {BACKSLASH, COLON, QUOTE, SPACE} from './bytes';

/** So much of a text makes its shape: as `HEAD_CHARS` of `state/error-template.ts`. */
const HEAD_BYTES: usize = 256;

/** Read from `16 - n` on, the first n bytes are ones and the rest zeros. */
const ones = memory.data<u8>([
  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
], 16);

/** What stands for a string; no text that is taken has this control character. */
const STRING: u8 = 1;
const ESCAPE: u8 = 0x1b;

/** Chosen anew for each run, so that nobody can make two shapes that are taken for one. */
let seed: u64 = 0;
export function seedShapes(value: u64): void {
  seed = value;
}

/**
 * Hash of a text's shape: its head, with each digit as one and the same and each quoted string, but for the keys of
 * JSON, as one byte. Texts of equal shape have equal templates (`state/error-template.ts` masks all that differs).
 *
 * @param first What else makes a difference.
 * @returns 0 where that is not sure: other quotes, colours, bytes beyond ASCII.
 */
export function shapeOf(at: usize, end: usize, first: u8): u64 {
  const stop = min(end, at + HEAD_BYTES);
  let hash = mix(seed, first);
  /** A quote here does not open a string. */
  let isInWord = false;
  while (at < stop) {
    const bytes = v128.load(at);
    const room = min(<i32>(stop - at), 16);
    const plain = min(ctz(i8x16.bitmask(v128.or(oddIn(bytes), i8x16.eq(bytes, i8x16.splat(QUOTE)))) | 0x10000), room);
    if (plain > 0) {
      hash = mixRun(hash, withoutDigits(bytes, v128.load(at, 1)), plain);
      at += plain;
      isInWord = isWordy(load<u8>(at - 1));
    }
    if (plain == room) continue;
    if (load<u8>(at) != QUOTE) return 0;
    if (isInWord) {
      hash = mix(hash, QUOTE);
      isInWord = false;
      at++;
      continue;
    }
    const close = closeOf(at + 1, stop);
    if (close == 0) return 0;
    if (close == stop) {
      hash = mix(hash, STRING);
      break;
    }
    if (!isBeforeColon(close + 1, stop)) {
      hash = mix(hash, STRING);
      at = close + 1;
      continue;
    }
    // A key stays as it is: its quotes are taken for marks.
    for (; at <= close; at += 16) {
      const inKey = v128.load(at);
      const rest = min(<i32>(close + 1 - at), 16);
      if ((i8x16.bitmask(oddIn(inKey)) & ((1 << rest) - 1)) != 0) return 0;
      hash = mixRun(hash, withoutDigits(inKey, i8x16.splat(0)), rest);
    }
    at = close + 1;
  }
  return hash == 0 ? 1 : hash;
}

/** Bytes for which the shape would be too coarse: quotes of other kinds, all beyond ASCII, controls that are no spaces. */
// @ts-ignore: decorator
@inline
function oddIn(bytes: v128): v128 {
  const quotes = v128.or(i8x16.eq(bytes, i8x16.splat(0x27)), i8x16.eq(bytes, i8x16.splat(0x60)));
  const isSpace = i8x16.le_u(i8x16.sub(bytes, i8x16.splat(0x09)), i8x16.splat(4));
  // What is beyond ASCII is negative here.
  return v128.or(quotes, v128.andnot(i8x16.lt_s(bytes, i8x16.splat(0x20)), isSpace));
}

/** The same bytes, but each digit is a one, save the zero before an x: `0x1f` is hexadecimal. @param next Their next bytes. */
// @ts-ignore: decorator
@inline
function withoutDigits(bytes: v128, next: v128): v128 {
  const digits = i8x16.le_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(9));
  const isBeforeX = i8x16.eq(v128.or(next, i8x16.splat(0x20)), i8x16.splat(0x78));
  const kept = v128.and(i8x16.eq(bytes, i8x16.splat(0x30)), isBeforeX);
  return v128.bitselect(i8x16.splat(0x31), bytes, v128.andnot(digits, kept));
}

/** Letters, digits and what else words are made of. */
// @ts-ignore: decorator
@inline
function isWordy(byte: u8): bool {
  return <u8>(byte - 0x30) <= 9 || <u8>((byte | 0x20) - 0x61) <= 25 || byte == 0x5f;
}

/** The first bytes of sixteen, and how many they are. */
// @ts-ignore: decorator
@inline
function mixRun(hash: u64, bytes: v128, count: i32): u64 {
  const run = v128.and(bytes, v128.load(ones + 16 - <usize>count));
  hash = mix(hash, i64x2.extract_lane(run, 0));
  return mix(hash, i64x2.extract_lane(run, 1) + (<u64>count << 56));
}

/** What differs above moves down, where the next step spreads it again. */
// @ts-ignore: decorator
@inline
function mix(hash: u64, word: u64): u64 {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15;
  return hash ^ (hash >> 32);
}

/** Address of the quote that closes a string; `stop` where the head has none; 0 where the string is odd. */
function closeOf(at: usize, stop: usize): usize {
  while (at < stop) {
    const bytes = v128.load(at);
    const marks = v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH)));
    const looks = i8x16.bitmask(v128.or(v128.or(marks, bytes), i8x16.eq(bytes, i8x16.splat(ESCAPE))));
    if (looks == 0) {
      at += 16;
      continue;
    }
    at += ctz(looks);
    if (at >= stop) return stop;
    const byte = load<u8>(at);
    if (byte == QUOTE) return at;
    if (byte != BACKSLASH) return 0;
    at++;
    if (at < stop && (load<u8>(at) > 0x7f || load<u8>(at) == ESCAPE)) return 0;
    at++;
  }
  return stop;
}

function isBeforeColon(at: usize, stop: usize): bool {
  while (at < stop && load<u8>(at) == SPACE) at++;
  return at < stop && load<u8>(at) == COLON;
}
