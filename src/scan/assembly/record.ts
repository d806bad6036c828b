import {CLOSE_BRACE, COLON, COMMA, QUOTE, skipSpaces} from './bytes';
import {fail} from './failure';
import {MAX_VALUE_BYTES, symbolOf} from './symbols';
import {clearEscape, sawEscape, skipText} from './text';
import {isNumberStart, skipValue} from './value';

/** What {@link skipRecord} found out about the level: a symbol, or that it must be asked. */
export let levelSymbol: i32 = 0;
export const ASK_LEVEL: i32 = -1;

export function setLevelSymbol(symbol: i32): void {
  levelSymbol = symbol;
}

/**
 * Address behind the object whose opening brace is before `at`; 0 where there is none. Sets {@link levelSymbol}.
 *
 * The level is a symbol only where exactly one member has a level's key, spelt without escapes, and a number or a
 * short string without escapes as its value. Only what is known to be a record makes a symbol.
 */
export function skipRecord(at: usize): usize {
  let levelKey: u8 = 0;
  let levelAt: usize = 0;
  let levelEnd: usize = 0;
  let mustAsk = false;
  at = skipSpaces(at);
  if (load<u8>(at) == CLOSE_BRACE) {
    levelSymbol = 0;
    return at + 1;
  }
  clearEscape();
  while (true) {
    if (load<u8>(at) != QUOTE) return fail(at);
    const key = at + 1;
    at = skipText(key);
    if (at == 0) return 0;
    const named = levelKeyAt(key, at - key);
    // An escape may spell a level's key another way.
    if (sawEscape) {
      mustAsk = true;
      clearEscape();
    }
    at = skipSpaces(at);
    if (load<u8>(at) != COLON) return fail(at);
    at = skipSpaces(at + 1);
    const start = at;
    at = load<u8>(at) == QUOTE ? skipText(at + 1) : skipValue(at, 1);
    if (at == 0) return 0;
    if (named != 0) {
      if (levelKey != 0 || sawEscape || !isPlain(start, at - start)) mustAsk = true;
      levelKey = named;
      levelAt = start;
      levelEnd = at;
    }
    if (sawEscape) clearEscape();
    at = skipSpaces(at);
    const byte = load<u8>(at++);
    if (byte != COMMA) {
      if (byte != CLOSE_BRACE) return fail(at - 1);
      break;
    }
    at = skipSpaces(at);
  }
  if (mustAsk) levelSymbol = ASK_LEVEL;
  else levelSymbol = levelKey == 0 ? 0 : symbolOf(levelKey, levelAt, <u32>(levelEnd - levelAt));
  return at;
}

/** A number or a string, so short that it can be a symbol's. */
export function isPlain(at: usize, bytes: usize): bool {
  const first = load<u8>(at);
  return bytes <= MAX_VALUE_BYTES && (first == QUOTE || isNumberStart(first));
}

/** Number of the level's key that starts at `at`, its closing quote counted in `bytes`; 0 for any other key. */
// @ts-ignore: decorator
@inline
export function levelKeyAt(at: usize, bytes: usize): u8 {
  switch (bytes) {
    case 6:
      return (load<u64>(at) & 0xffffffffff) == 0x6c6576656c ? 1 : 0; // level
    case 9: {
      const name = load<u64>(at);
      if (name == 0x7974697265766573) return 2; // severity
      return name == 0x6c6576656c676f6c ? 4 : 0; // loglevel
    }
    case 4:
      return (load<u32>(at) & 0xffffff) == 0x6c766c ? 3 : 0; // lvl
    default:
      return 0;
  }
}
