import {CLOSE_BRACE, COLON, NEWLINE, OPEN_BRACE, QUOTE, skipSpaces} from './bytes';
import {END, MAX_LITERAL_BYTES, MORE, nodeFor, NUMBER, STRING, WORD} from './form-tree';
import {levelKeyAt} from './record';
import {clearEscape, sawEscape, skipText} from './text';
import {isNumberStart, skipNumber, skipValue} from './value';

/**
 * Remembers the form of a line. If there is no room for all of it, the part that fits stays.
 *
 * @param at Where a line starts that is known to be a record, and of a level that need not be asked.
 */
export function learnForm(at: usize): void {
  let literal = at;
  let node: usize = 0;
  let depth = 0;
  let level: u8 = 0;
  while (true) {
    const byte = load<u8>(at);
    if (byte == NEWLINE) {
      addPart(node, literal, at + 1, END, 0);
      return;
    }
    if (byte == QUOTE) {
      const text = at + 1;
      clearEscape();
      at = skipText(text);
      const behind = skipSpaces(at);
      if (load<u8>(behind) == COLON) {
        // `skipRecord` looks at keys as they are written: it asks where one has an escape.
        if (sawEscape) return;
        if (depth == 1) level = levelKeyAt(text, at - text);
        at = behind + 1;
        continue;
      }
      node = addPart(node, literal, text, STRING, level);
    } else if (isNumberStart(byte)) {
      node = addPart(node, literal, at, NUMBER, level);
      at = skipNumber(at);
    } else if (byte == 0x74 || byte == 0x66 || byte == 0x6e) {
      node = addPart(node, literal, at, WORD, 0);
      at = skipValue(at, 1);
    } else {
      if (byte == OPEN_BRACE) depth++;
      else if (byte == CLOSE_BRACE) depth--;
      at++;
      continue;
    }
    if (node == 0) return;
    level = 0;
    literal = at;
  }
}

/** Adds a literal, in as many nodes as it takes, and the value behind it. Returns its last node, or 0. */
function addPart(node: usize, from: usize, to: usize, kind: u8, level: u8): usize {
  while (to - from > MAX_LITERAL_BYTES) {
    node = nodeFor(node, from, MAX_LITERAL_BYTES, MORE, 0);
    if (node == 0) return 0;
    from += MAX_LITERAL_BYTES;
  }
  return nodeFor(node, from, to - from, kind, level);
}
