import {BACKSLASH, DIGIT_0, oddOf, QUOTE} from './bytes';
import {fail} from './failure';

/** Set when a string skipped since it was last cleared had an escape in it. */
export let sawEscape: bool = false;
export function clearEscape(): void {
  sawEscape = false;
}

/**
 * Address behind the closing quote of the string whose content starts at `at`; 0 where it is no JSON string.
 *
 * Most strings are short: those end within the first look, without a call.
 */
// @ts-ignore: decorator
@inline
export function skipText(at: usize): usize {
  const odd = oddIn(at);
  if (odd == 0) return skipRest(at + 16);
  const first = at + ctz(odd);
  return load<u8>(first) == QUOTE ? first + 1 : skipRest(first);
}

// @ts-ignore: decorator
@inline
function oddIn(at: usize): i32 {
  return oddOf(v128.load(at));
}

/** As {@link skipText}, for any string. */
export function skipRest(at: usize): usize {
  while (true) {
    const odd = oddIn(at);
    if (odd == 0) {
      at += 16;
      continue;
    }
    at += ctz(odd);
    const byte = load<u8>(at);
    if (byte == QUOTE) return at + 1;
    if (byte != BACKSLASH) return fail(at);
    sawEscape = true;
    at = skipEscape(at + 1);
    if (at == 0) return 0;
  }
}

/** `at` is behind the backslash. */
function skipEscape(at: usize): usize {
  switch (load<u8>(at)) {
    case 0x22: // "
    case 0x2f: // /
    case 0x5c: // \
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return at + 1;
    case 0x75: // u
      return skipHex(at + 1);
    default:
      return fail(at);
  }
}

/** Four hexadecimal digits at `at`. */
function skipHex(at: usize): usize {
  for (let i = 0; i < 4; i++) {
    if (!isHex(at++)) return fail(at - 1);
  }
  return at;
}

function isHex(at: usize): bool {
  const byte = load<u8>(at);
  const letter: u8 = byte | 0x20;
  return <u8>(byte - DIGIT_0) <= 9 || <u8>(letter - 0x61) <= 5;
}
