import {
  CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, DIGIT_0, DIGIT_1, DOT, MINUS, OPEN_BRACE, OPEN_BRACKET, PLUS, QUOTE,
  skipDigits, skipSpaces,
} from './bytes';
import {fail, failInWord, tooDeep} from './failure';
import {skipText} from './text';

/** As `MAX_DEPTH` in the model: deeper values are asked of the parser. */
const MAX_DEPTH: i32 = 512;

/** The words of JSON, as they lie in memory; the first letter of `false` is looked at before. */
const TRUE: u32 = 0x65757274;
const ALSE: u32 = 0x65736c61;
const NULL: u32 = 0x6c6c756e;

/**
 * Address behind the JSON value that starts at `at`; 0 where none does.
 *
 * @param depth How many objects and arrays are open around it.
 */
export function skipValue(at: usize, depth: i32): usize {
  const byte = load<u8>(at);
  if (byte == QUOTE) return skipText(at + 1);
  if (isNumberStart(byte)) return skipNumber(at);
  switch (byte) {
    case OPEN_BRACE:
      return depth < MAX_DEPTH ? skipObject(at + 1, depth + 1) : tooDeep(at);
    case OPEN_BRACKET:
      return depth < MAX_DEPTH ? skipArray(at + 1, depth + 1) : tooDeep(at);
    case 0x74: // true
      return load<u32>(at) == TRUE ? at + 4 : failInWord(at, TRUE);
    case 0x66: // false
      return load<u32>(at + 1) == ALSE ? at + 5 : failInWord(at + 1, ALSE);
    case 0x6e: // null
      return load<u32>(at) == NULL ? at + 4 : failInWord(at, NULL);
    default:
      return fail(at);
  }
}

// @ts-ignore: decorator
@inline
export function isNumberStart(byte: u8): bool {
  return <u8>(byte - DIGIT_0) <= 9 || byte == MINUS;
}

/** Address behind the number at `at`; 0 where JSON has none like it. */
export function skipNumber(at: usize): usize {
  if (load<u8>(at) == MINUS) at++;
  const first = load<u8>(at++);
  if (<u8>(first - DIGIT_1) <= 8) at = skipDigits(at);
  else if (first != DIGIT_0) return fail(at - 1);
  let byte = load<u8>(at);
  if (byte == DOT) {
    const from = at + 1;
    at = skipDigits(from);
    if (at == from) return fail(at);
    byte = load<u8>(at);
  }
  if ((byte | 0x20) != 0x65) return at;
  const sign = load<u8>(++at);
  if (sign == PLUS || sign == MINUS) at++;
  const behind = skipDigits(at);
  return behind == at ? fail(at) : behind;
}

/** `at` is behind the opening brace. */
function skipObject(at: usize, depth: i32): usize {
  at = skipSpaces(at);
  if (load<u8>(at) == CLOSE_BRACE) return at + 1;
  while (true) {
    if (load<u8>(at) != QUOTE) return fail(at);
    at = skipText(at + 1);
    if (at == 0) return 0;
    at = skipSpaces(at);
    if (load<u8>(at) != COLON) return fail(at);
    at = skipSpaces(at + 1);
    at = load<u8>(at) == QUOTE ? skipText(at + 1) : skipValue(at, depth);
    if (at == 0) return 0;
    at = skipSpaces(at);
    const byte = load<u8>(at++);
    if (byte != COMMA) return byte == CLOSE_BRACE ? at : fail(at - 1);
    at = skipSpaces(at);
  }
}

/** `at` is behind the opening bracket. */
function skipArray(at: usize, depth: i32): usize {
  at = skipSpaces(at);
  if (load<u8>(at) == CLOSE_BRACKET) return at + 1;
  while (true) {
    at = skipValue(at, depth);
    if (at == 0) return 0;
    at = skipSpaces(at);
    const byte = load<u8>(at++);
    if (byte != COMMA) return byte == CLOSE_BRACKET ? at : fail(at - 1);
    at = skipSpaces(at);
  }
}
