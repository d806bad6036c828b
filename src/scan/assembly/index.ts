import {contentEnd, NEWLINE, OPEN_BRACE, newlineFrom, skipSpaces} from './bytes';
import {looksForForms, noteMiss} from './form-credit';
import {learnForm} from './form-learn';
import {matchForm, mayBeBeyondAscii, noteUnknown} from './forms';
import {clearFailure, fail, failedAt, isTooDeep} from './failure';
import {countGrouped, isNewGroup} from './groups';
import {COUNTS, MAX_PICKS, PICK_BYTES, PICKS, scratch, WANTED} from './layout';
import {ASK_LEVEL, levelSymbol, skipRecord} from './record';
import {RECORD} from './symbols';
import {isUtf8} from './utf8';
import {skipValue} from './value';

export {useScratch} from './layout';
export {copyBytes, countNewlines} from './lines';
export {fieldsOf} from './fields';
export {clearGroups, groupBy, startGroups, touchedGroups} from './groups';
export {seedShapes} from './shapes';
export {clearSymbols, symbolCount, symbolEntry} from './symbols';

/** What a line is; a record whose level is symbol k has RECORD + k. */
const BLANK: i32 = 0;
const ASK: i32 = 1;
const RECORD_ASK_LEVEL: i32 = 2;
const INVALID_JSON: i32 = 3;
const NOT_AN_OBJECT: i32 = 4;

/** What becomes of the lines of a code. */
const COUNT: u8 = 0;
const PICK: u8 = 1;
const GROUP: u8 = 2;

/** Where the memory is free: what lies before is the module's own. */
export function base(): usize {
  return (__heap_base + 63) & ~63;
}

/** Where the last scan stopped: at its end, or before it, at a line's start, where there was no room for another pick. */
export let stoppedAt: usize = 0;
/** How many lines the last scan has judged … */
export let lineCount: u32 = 0;
/** … and how many of those that need no parser are no UTF-8. */
export let invalidCount: u32 = 0;
/** Lines so far, in all scans, that were of a known form. */
export let knownCount: u32 = 0;

/**
 * Judges each line of a batch in one pass. Lines are counted by code, picked, or counted by code and group, as `WANTED`
 * says. Picked, too, is the first line of each group, and what has no certain shape: this alone is not counted. A pick
 * is start, newline, index, code, of what is no JSON the address of the first byte that is wrong, and the group or 0,
 * four bytes each.
 *
 * @param input Address of the batch.
 * @param end Address behind it; before it stands a newline, and 63 bytes more may be read.
 * @param firstIndex Lines of the batch before `input`.
 * @returns How many lines were picked.
 */
export function scan(input: usize, end: usize, maxLineBytes: u32, firstIndex: u32): u32 {
  const wanted = scratch + WANTED;
  const counts = scratch + COUNTS;
  const picks = scratch + PICKS;
  const lastPick = picks + (MAX_PICKS - 1) * PICK_BYTES;
  let pick = picks;
  let line = input;
  let index = firstIndex;
  invalidCount = 0;
  while (line < end && pick <= lastPick) {
    let code = judgeLine(line);
    const newline = newlineAt;
    if (newline - line > maxLineBytes && contentEnd(line, newline) - line > maxLineBytes) code = ASK;
    if (mayBeBeyondAscii && code != ASK && code != RECORD_ASK_LEVEL && !isUtf8(line, newline)) invalidCount++;
    const use = load<u8>(wanted + code);
    const group: u32 = use == GROUP ? countGrouped(line, newline, code, code >= RECORD, index) : 0;
    if (use == COUNT || group != 0) {
      const count = counts + (<usize>code << 2);
      store<u32>(count, load<u32>(count) + 1);
    }
    if (use == PICK || (use == GROUP && (group == 0 || isNewGroup))) {
      store<u32>(pick, <u32>line);
      store<u32>(pick, <u32>newline, 4);
      store<u32>(pick, index, 8);
      store<u32>(pick, code, 12);
      store<u32>(pick, <u32>failedAt, 16);
      store<u32>(pick, group, 20);
      pick += PICK_BYTES;
    }
    line = newline + 1;
    index++;
  }
  stoppedAt = line;
  lineCount = index - firstIndex;
  return <u32>((pick - picks) / PICK_BYTES);
}

/** The newline that ends the line judged last. */
let newlineAt: usize = 0;

function judgeLine(line: usize): i32 {
  const looks = looksForForms();
  if (looks) {
    newlineAt = matchForm(line);
    if (newlineAt != 0) {
      knownCount++;
      return recordCode();
    }
    noteMiss();
  }
  const code = judgeAnyLine(line);
  noteUnknown();
  if (looks && code >= RECORD) learnForm(line);
  return code;
}

// @ts-ignore: decorator
@inline
function recordCode(): i32 {
  return levelSymbol == ASK_LEVEL ? RECORD_ASK_LEVEL : RECORD + levelSymbol;
}

function judgeAnyLine(line: usize): i32 {
  const start = skipSpaces(line);
  const isObject = load<u8>(start) == OPEN_BRACE;
  if (!isObject) {
    newlineAt = newlineFrom(start);
    if (isBlank(start, newlineAt)) return BLANK;
  }
  clearFailure();
  const behind = isObject ? skipRecord(start + 1) : skipValue(start, 0);
  if (behind != 0) {
    const last = skipSpaces(behind);
    if (load<u8>(last) == NEWLINE) {
      newlineAt = last;
      if (!isObject) return NOT_AN_OBJECT;
      return recordCode();
    }
    fail(last);
  }
  if (isObject) newlineAt = newlineFrom(failedAt);
  return isTooDeep ? ASK : INVALID_JSON;
}

/** White space of all kinds: a vertical tab and a form feed, which JSON has not, too. */
function isBlank(at: usize, end: usize): bool {
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (byte != 0x20 && <u8>(byte - 0x09) > 4) return false;
  }
  return true;
}
