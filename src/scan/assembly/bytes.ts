/** Bytes that JSON is made of, and how to step over runs of them. A newline ends every line: none is passed. */
export const TAB: u8 = 0x09;
export const NEWLINE: u8 = 0x0a;
export const CARRIAGE_RETURN: u8 = 0x0d;
/** Of the control characters that a string must not have in it as they are. */
export const LAST_CONTROL: u8 = 0x1f;
export const SPACE: u8 = 0x20;
export const QUOTE: u8 = 0x22;
export const PLUS: u8 = 0x2b;
export const COMMA: u8 = 0x2c;
export const MINUS: u8 = 0x2d;
export const DOT: u8 = 0x2e;
export const DIGIT_0: u8 = 0x30;
export const DIGIT_1: u8 = 0x31;
export const COLON: u8 = 0x3a;
export const OPEN_BRACKET: u8 = 0x5b;
export const BACKSLASH: u8 = 0x5c;
export const CLOSE_BRACKET: u8 = 0x5d;
export const OPEN_BRACE: u8 = 0x7b;
export const CLOSE_BRACE: u8 = 0x7d;

/** Sixteen times a byte each: as a constant in the code, each would be made anew, in three steps, wherever it is used. */
const sixteen = memory.data<u8>([
  0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22,
  0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c,
  0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f,
  0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30,
  9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9,
], 16);

/** Which of sixteen bytes need a look in a string: a quote, a backslash, a raw control character. */
// @ts-ignore: decorator
@inline
export function oddOf(bytes: v128): i32 {
  return i8x16.bitmask(
    v128.or(
      v128.or(i8x16.eq(bytes, v128.load(sixteen)), i8x16.eq(bytes, v128.load(sixteen, 16))),
      i8x16.le_u(bytes, v128.load(sixteen, 32)),
    ),
  );
}

/** Address of the first byte at or behind `at` that is no white space of JSON's. */
// @ts-ignore: decorator
@inline
export function skipSpaces(at: usize): usize {
  while (true) {
    const byte = load<u8>(at);
    if (byte > SPACE || (byte != SPACE && byte != TAB && byte != CARRIAGE_RETURN)) return at;
    at++;
  }
}

/** Where the content of a line ends: one carriage return before its newline is not a part of it. */
// @ts-ignore: decorator
@inline
export function contentEnd(line: usize, newline: usize): usize {
  return newline > line && load<u8>(newline - 1) == CARRIAGE_RETURN ? newline - 1 : newline;
}

/** Address of the first newline at or behind `at`. There must be one. */
export function newlineFrom(at: usize): usize {
  while (true) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(NEWLINE)));
    if (found != 0) return at + ctz(found);
    at += 16;
  }
}

/** Whether all bytes from `at` up to `end` are ASCII. */
export function isAscii(at: usize, end: usize): bool {
  for (; at < end; at += 16) {
    const high = i8x16.bitmask(v128.load(at));
    if (high != 0) return at + ctz(high) >= end;
  }
  return true;
}

/** Behind digits: the number goes on. */
// @ts-ignore: decorator
@inline
export function isMoreOfNumber(byte: u8): bool {
  return byte == DOT || (byte | 0x20) == 0x65;
}

/** Which of sixteen bytes are no digits. */
// @ts-ignore: decorator
@inline
export function nonDigitsOf(bytes: v128): i32 {
  const fromZero = i8x16.sub(bytes, v128.load(sixteen, 48));
  return i8x16.bitmask(i8x16.le_u(fromZero, v128.load(sixteen, 64))) ^ 0xffff;
}

/** Address behind the digits that stand at `at`; `at` itself where none does. */
// @ts-ignore: decorator
@inline
export function skipDigits(at: usize): usize {
  while (true) {
    const run = ctz(nonDigitsOf(v128.load(at)) | 0x10000);
    at += run;
    if (run < 16) return at;
  }
}
