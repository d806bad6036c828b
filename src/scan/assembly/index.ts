import {CARRIAGE_RETURN, NEWLINE, OPEN_BRACE, newlineFrom, skipSpaces} from './bytes';
import {ASK_LEVEL, levelSymbol, skipRecord} from './record';

export {clearSymbols, symbolCount, symbolEntry} from './symbols';

/** What a line is; a record whose level is symbol k has RECORD + k. */
const BLANK: u8 = 0;
const ASK: u8 = 1;
const RECORD_ASK_LEVEL: u8 = 2;
const RECORD: u8 = 3;

/** Where the memory is free: the batch, and behind it the answers, are put there. */
export function base(): usize {
  return (__heap_base + 63) & ~63;
}

/**
 * Judges each line of a batch of UTF-8 in one pass.
 *
 * @param input Address of the batch; the byte behind it is overwritten, 64 more may be read.
 * @param codes Where a byte a line goes, as the constants above.
 * @param ends Where four bytes a line go: the index behind its newline.
 * @returns How many lines there are. What stands behind the last newline is none.
 */
export function scan(input: usize, length: u32, maxLineBytes: u32, codes: usize, ends: usize): u32 {
  const end = input + length;
  // All loops below stop at a newline.
  store<u8>(end, NEWLINE);
  let line = input;
  let count: u32 = 0;
  while (line < end) {
    let code = judgeLine(line);
    const newline = newlineAt;
    if (newline >= end) break;
    if (newline - line > maxLineBytes && contentBytes(line, newline) > maxLineBytes) code = ASK;
    line = newline + 1;
    store<u8>(codes + count, code);
    store<u32>(ends + (<usize>count << 2), <u32>(line - input));
    count++;
  }
  return count;
}

/** The newline that ends the line judged last. */
let newlineAt: usize = 0;

function judgeLine(line: usize): u8 {
  const start = skipSpaces(line);
  if (load<u8>(start) == OPEN_BRACE) {
    const behind = skipRecord(start + 1);
    if (behind != 0) {
      const last = skipSpaces(behind);
      if (load<u8>(last) == NEWLINE) {
        newlineAt = last;
        return levelSymbol == ASK_LEVEL ? RECORD_ASK_LEVEL : <u8>(RECORD + levelSymbol);
      }
    }
  }
  newlineAt = newlineFrom(start);
  return isBlank(start, newlineAt) ? BLANK : ASK;
}

/** White space of all kinds: a vertical tab and a form feed, which JSON has not, too. */
function isBlank(at: usize, end: usize): bool {
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (byte != 0x20 && <u8>(byte - 0x09) > 4) return false;
  }
  return true;
}

/** Bytes of a line without one carriage return before its newline. */
function contentBytes(line: usize, newline: usize): usize {
  return newline - line - (newline > line && load<u8>(newline - 1) == CARRIAGE_RETURN ? 1 : 0);
}
