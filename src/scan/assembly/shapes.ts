import {BACKSLASH, COLON, QUOTE, SPACE} from './bytes';

/** So much of a text makes its shape: as `HEAD_CHARS` of `state/error-template.ts`. */
const HEAD_BYTES: usize = 256;

/** Kinds of bytes. */
const OTHER: u8 = 0;
const WORD: u8 = 1;
const DIGIT: u8 = 2;
const DOUBLE: u8 = 3;
/** Quotes of other kinds, and control characters that are no spaces: for them the shape would be too coarse. */
const ODD: u8 = 4;

const kinds = memory.data<u8>([
  4, 4, 4, 4, 4, 4, 4, 4, 4, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  0, 0, 3, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0,
  0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
  4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
]);

/** What stands for a string, and for a digit; no text that is taken has this control character. */
const STRING: u8 = 1;
const ONE: u8 = 0x31;
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
  let before = OTHER;
  while (at < stop) {
    const byte = load<u8>(at);
    const kind = kindOf(byte);
    if (kind == ODD) return 0;
    if (kind == DOUBLE && before != WORD && before != DIGIT) {
      const close = closeOf(at + 1, stop);
      if (close == 0) return 0;
      if (close == stop) {
        hash = mix(hash, STRING);
        break;
      }
      before = kind;
      if (!isBeforeColon(close + 1, stop)) {
        hash = mix(hash, STRING);
        at = close + 1;
        continue;
      }
      // A key stays as it is: its quotes are taken for marks.
      for (; at <= close; at++) {
        const inKey = load<u8>(at);
        const keyKind = kindOf(inKey);
        if (keyKind == ODD) return 0;
        hash = mix(hash, keyKind == DIGIT ? ONE : inKey);
      }
      continue;
    }
    hash = mix(hash, kind == DIGIT && !isHexPrefix(at, byte) ? ONE : byte);
    before = kind;
    at++;
  }
  hash ^= hash >> 32;
  return hash == 0 ? 1 : hash;
}

// @ts-ignore: decorator
@inline
function mix(hash: u64, byte: u8): u64 {
  return (hash ^ byte) * 0x9e3779b97f4a7c15;
}

// @ts-ignore: decorator
@inline
function kindOf(byte: u8): u8 {
  return byte < 128 ? load<u8>(kinds + byte) : ODD;
}

/** Address of the quote that closes a string; `stop` where the head has none; 0 where the string is odd. */
function closeOf(at: usize, stop: usize): usize {
  let isEscaped = false;
  for (; at < stop; at++) {
    const byte = load<u8>(at);
    if (byte >= 128 || byte == ESCAPE) return 0;
    if (byte == QUOTE && !isEscaped) return at;
    isEscaped = byte == BACKSLASH && !isEscaped;
  }
  return stop;
}

function isBeforeColon(at: usize, stop: usize): bool {
  while (at < stop && load<u8>(at) == SPACE) at++;
  return at < stop && load<u8>(at) == COLON;
}

/** Of all digits, only this one makes a difference: `0x1f` is hexadecimal. */
// @ts-ignore: decorator
@inline
function isHexPrefix(at: usize, byte: u8): bool {
  return byte == 0x30 && (load<u8>(at, 1) | 0x20) == 0x78;
}
