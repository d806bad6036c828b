import {isAscii, isMoreOfNumber, nonDigitsOf, oddOf, QUOTE} from './bytes';
import {noteHit} from './form-credit';
import {CHILD, END, KIND, LEVEL, LITERAL, LITERAL_BYTES, MASK, MORE, NEXT, NUMBER, root, STRING} from './form-tree';
import {ASK_LEVEL, isPlain, setLevelSymbol} from './record';
import {symbolOf} from './symbols';
import {clearEscape, sawEscape, skipRest} from './text';
import {isNumberStart, skipNumber, skipValue} from './value';

/** The line matched last may have bytes beyond ASCII in it. */
export let mayBeBeyondAscii: bool = false;

/** The line was judged another way. */
export function noteUnknown(): void {
  mayBeBeyondAscii = true;
}

/** A string that was not short had such bytes. */
let isLongBeyondAscii: bool = false;

/**
 * Judges a line by the forms of lines before it: most lines of a program differ in their values only. What lies between
 * the values is compared at once, the values are skipped as in any other line. So what is taken here is a record, and
 * of the level that `skipRecord` would find; what is not may be anything.
 *
 * What is the rule stands in one line of code without a loop, short literals, strings and whole numbers; the rest is
 * behind calls. Jumps are what this costs.
 *
 * @returns Address of the line's newline, and {@link levelSymbol} set; 0 where it is of no known form.
 */
export function matchForm(line: usize): usize {
  let at = line;
  let node = root();
  let symbol: i32 = 0;
  // What short strings are made of: all else that is taken here is ASCII.
  let seen = i8x16.splat(0);
  while (node != 0) {
    const left = <usize>load<u8>(node, LITERAL_BYTES);
    const other = i8x16.bitmask(i8x16.ne(v128.load(at), v128.load(node, LITERAL))) & load<u16>(node, MASK);
    if (other != 0 || (left > 16 && !isSameBehind(node + LITERAL, at, left))) {
      node = load<u32>(node, NEXT);
      continue;
    }
    const value = at + left;
    const bytes = v128.load(value);
    const kind = load<u8>(node, KIND);
    let isLong = false;
    if (kind == STRING) {
      seen = v128.or(seen, bytes);
      const odd = oddOf(bytes);
      at = value + ctz(odd);
      if (odd == 0 || load<u8>(at) != QUOTE) {
        isLong = true;
        at = skipLong(value);
        if (at == 0) return 0;
      } else {
        at++;
      }
    } else if (kind == NUMBER) {
      const run = ctz(nonDigitsOf(bytes));
      at = value + run;
      if (<u32>(run - 1) > 14 || load<u8>(value) == 0x30 || isMoreOfNumber(load<u8>(at))) at = skipAnyNumber(value);
    } else if (kind == END) {
      setLevelSymbol(symbol);
      noteHit();
      mayBeBeyondAscii = i8x16.bitmask(seen) != 0 || isLongBeyondAscii;
      isLongBeyondAscii = false;
      return value - 1;
    } else {
      at = kind == MORE ? value : skipWord(value);
    }
    if (at == 0) {
      at = value - left;
      node = load<u32>(node, NEXT);
      continue;
    }
    const level = load<u8>(node, LEVEL);
    if (level != 0) symbol = levelOf(level, kind == STRING ? value - 1 : value, at, isLong);
    node = load<u32>(node, CHILD);
  }
  return 0;
}

/** Whether a literal of more than sixteen bytes goes on behind these as it does at `at`. */
function isSameBehind(literal: usize, at: usize, bytes: usize): bool {
  let same = i8x16.splat(-1);
  // The last look is at the last sixteen bytes, some of them seen before.
  for (let i: usize = 16; i < bytes; i += 16) {
    const from = min(i, bytes - 16);
    same = v128.and(same, i8x16.eq(v128.load(literal + from), v128.load(at + from)));
  }
  return i8x16.all_true(same);
}

/** Address behind a string that does not end within sixteen bytes, or has escapes, which {@link sawEscape} tells then. */
function skipLong(text: usize): usize {
  clearEscape();
  let at = text;
  let bytes = v128.load(at);
  let seen = bytes;
  let odd = oddOf(bytes);
  while (odd == 0) {
    at += 16;
    bytes = v128.load(at);
    seen = v128.or(seen, bytes);
    odd = oddOf(bytes);
  }
  at += ctz(odd);
  if (load<u8>(at) == QUOTE) {
    if (i8x16.bitmask(seen) != 0) isLongBeyondAscii = true;
    return at + 1;
  }
  const behind = skipRest(at);
  if (behind != 0 && !isAscii(text, behind)) isLongBeyondAscii = true;
  return behind;
}

function skipAnyNumber(at: usize): usize {
  return isNumberStart(load<u8>(at)) ? skipNumber(at) : 0;
}

function skipWord(at: usize): usize {
  return load<u8>(at) > 0x5b && load<u8>(at) != 0x7b ? skipValue(at, 1) : 0;
}

/** The symbol of a level whose value is a number or a string, as `skipRecord` has it. */
function levelOf(key: u8, at: usize, end: usize, isLong: bool): i32 {
  if (isLong && sawEscape) return ASK_LEVEL;
  return isPlain(at, end - at) ? symbolOf(key, at, <u32>(end - at)) : ASK_LEVEL;
}
