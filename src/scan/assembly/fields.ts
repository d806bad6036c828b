import {CLOSE_BRACE, OPEN_BRACE, skipSpaces} from './bytes';
import {scratch, SPANS} from './layout';
import {clearEscape, sawEscape, skipText} from './text';
import {skipValue} from './value';

/**
 * The wanted fields are a tree, written by `fields.ts` outside: a node is a count and so many entries. An entry is the
 * key's address, its length, the node of the fields inside its value or 0, and the field's number or -1.
 */
const ENTRY_BYTES: usize = 16;
const CHILD: usize = 8;
const FIELD: usize = 12;

/**
 * Finds the wanted fields of a record: address and length of each value, length 0 where it has none. Of a key that is
 * there twice, the last counts.
 *
 * @param line Where a line starts that is known to be a record.
 * @param tree Address of the tree's root.
 * @returns False where a key is written with escapes: then the fields must be asked of the parser.
 */
export function fieldsOf(line: usize, tree: usize, fields: u32): bool {
  memory.fill(scratch + SPANS, 0, <usize>fields << 3);
  return fieldsIn(skipSpaces(line) + 1, tree) != 0;
}

/** `at` is behind an object's opening brace. Returns the address behind the object; 0 where a key has an escape. */
function fieldsIn(at: usize, node: usize): usize {
  at = skipSpaces(at);
  if (load<u8>(at) == CLOSE_BRACE) return at + 1;
  while (true) {
    const key = at + 1;
    clearEscape();
    at = skipText(key);
    if (sawEscape) return 0;
    const entry = entryOf(node, key, at - 1 - key);
    const start = skipSpaces(skipSpaces(at) + 1);
    if (entry == 0) {
      at = skipValue(start, 1);
    } else {
      forget(entry);
      const child = <usize>load<u32>(entry, CHILD);
      at = child != 0 && load<u8>(start) == OPEN_BRACE ? fieldsIn(start + 1, child) : skipValue(start, 1);
      if (at == 0) return 0;
      const field = load<i32>(entry, FIELD);
      if (field >= 0) setSpan(field, start, at - start);
    }
    at = skipSpaces(at);
    if (load<u8>(at++) == CLOSE_BRACE) return at;
    at = skipSpaces(at);
  }
}

function entryOf(node: usize, key: usize, bytes: usize): usize {
  let entry = node + 4;
  for (let left = load<u32>(node); left > 0; left--) {
    if (<usize>load<u32>(entry, 4) == bytes && memory.compare(load<u32>(entry), key, bytes) == 0) return entry;
    entry += ENTRY_BYTES;
  }
  return 0;
}

/** An earlier value of the same key is gone, and with it all that was found in it. */
function forget(entry: usize): void {
  const field = load<i32>(entry, FIELD);
  if (field >= 0) setSpan(field, 0, 0);
  const child = <usize>load<u32>(entry, CHILD);
  if (child == 0) return;
  for (let i: u32 = 0; i < load<u32>(child); i++) forget(child + 4 + <usize>i * ENTRY_BYTES);
}

// @ts-ignore: decorator
@inline
function setSpan(field: i32, at: usize, bytes: usize): void {
  const span = scratch + SPANS + (<usize>field << 3);
  store<u32>(span, <u32>at);
  store<u32>(span, <u32>bytes, 4);
}
