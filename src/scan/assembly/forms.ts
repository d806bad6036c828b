import {MINUS, QUOTE, skipDigits} from './bytes';
import {noteHit} from './form-credit';
import {CHILD, END, KIND, LEVEL, LITERAL, LITERAL_BYTES, MASK, NEXT, NUMBER, root, STRING, WORD} from './form-tree';
import {ASK_LEVEL, isPlain, setLevelSymbol} from './record';
import {symbolOf} from './symbols';
import {clearEscape, oddOf, sawEscape, skipRest} from './text';
import {skipNumber, skipValue} from './value';

/** The line matched last may have bytes beyond ASCII in it. */
export let mayBeBeyondAscii: bool = false;

/**
 * Judges a line by the forms of lines before it: most lines of a program differ in their values only. What lies between
 * the values is compared at once, the values are skipped as in any other line. So what is taken here is a record, and
 * of the level that `skipRecord` would find; what is not may be anything.
 *
 * @returns Address of the line's newline, and {@link levelSymbol} set; 0 where it is of no known form.
 */
export function matchForm(line: usize): usize {
  let at = line;
  let node = root();
  let symbol: i32 = 0;
  // What strings are made of: all else that is taken here is ASCII.
  let seen = i8x16.splat(0);
  while (node != 0) {
    const value = behindLiteral(node, at);
    const kind = load<u8>(node, KIND);
    let behind: usize = 0;
    if (value != 0) {
      if (kind == STRING) {
        if (load<u8>(node, LEVEL) != 0) clearEscape();
        behind = value;
        let bytes = v128.load(behind);
        let odd = oddOf(bytes);
        seen = v128.or(seen, bytes);
        while (odd == 0) {
          behind += 16;
          bytes = v128.load(behind);
          odd = oddOf(bytes);
          seen = v128.or(seen, bytes);
        }
        behind += ctz(odd);
        if (load<u8>(behind) == QUOTE) {
          behind++;
        } else {
          behind = skipRest(behind);
          seen = i8x16.splat(-1);
        }
      } else {
        behind = behindValue(kind, value);
      }
    }
    if (behind == 0) {
      node = load<u32>(node, NEXT);
      continue;
    }
    if (kind == END) {
      setLevelSymbol(symbol);
      noteHit();
      mayBeBeyondAscii = i8x16.bitmask(seen) != 0;
      return behind - 1;
    }
    const level = load<u8>(node, LEVEL);
    if (level != 0) symbol = levelOf(level, kind == STRING ? value - 1 : value, behind);
    at = behind;
    node = load<u32>(node, CHILD);
  }
  return 0;
}

/** The line was judged another way. */
export function noteUnknown(): void {
  mayBeBeyondAscii = true;
}

/** Address behind the literal of a node, where it stands at `at`; 0 where it doesn't. */
// @ts-ignore: decorator
@inline
function behindLiteral(node: usize, at: usize): usize {
  let literal = node + LITERAL;
  let left = <usize>load<u8>(node, LITERAL_BYTES);
  while (left > 16) {
    if (!i8x16.all_true(i8x16.eq(v128.load(at), v128.load(literal)))) return 0;
    at += 16;
    literal += 16;
    left -= 16;
  }
  const other = i8x16.bitmask(i8x16.ne(v128.load(at), v128.load(literal)));
  return (other & load<u16>(node, MASK)) == 0 ? at + left : 0;
}

/** Address behind a value that is no string; 0 where there is another. */
// @ts-ignore: decorator
@inline
function behindValue(kind: u8, at: usize): usize {
  switch (kind) {
    case NUMBER:
      return skipPlainNumber(at);
    case WORD:
      return load<u8>(at) > 0x5b && load<u8>(at) != 0x7b ? skipValue(at, 1) : 0;
    default:
      return at;
  }
}

/** As `skipNumber`; most are whole numbers. What is behind is compared with what must be there, so it is not looked at. */
// @ts-ignore: decorator
@inline
function skipPlainNumber(at: usize): usize {
  const behind = skipDigits(at);
  const next = load<u8>(behind);
  if (behind == at || load<u8>(at) == 0x30 || next == 0x2e || (next | 0x20) == 0x65) {
    const first = load<u8>(at);
    return <u8>(first - 0x30) <= 9 || first == MINUS ? skipNumber(at) : 0;
  }
  return behind;
}

/** The symbol of a level whose value is a number or a string, as `skipRecord` has it. */
function levelOf(key: u8, at: usize, end: usize): i32 {
  if (load<u8>(at) == QUOTE && sawEscape) return ASK_LEVEL;
  return isPlain(at, end - at) ? symbolOf(key, at, <u32>(end - at)) : ASK_LEVEL;
}
