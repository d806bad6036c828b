import {isAscii} from './bytes';
import {FORMS, scratch} from './layout';

/**
 * The forms of lines, as a tree: what lines begin with alike is there once. A node is a literal, what kind of value
 * comes behind it, the first node of what may come then, and the next node of what may stand in its own place.
 */
export const NODE_BYTES: usize = 80;
export const MAX_NODES: u32 = 1024;
/** Of those that may stand in one place. */
export const MAX_SIBLINGS: u32 = 16;

/** Offsets within a node. */
export const NEXT: usize = 0;
export const CHILD: usize = 4;
/** A bit for each byte of the literal's first sixteen or fewer. */
export const MASK: usize = 8;
export const LITERAL_BYTES: usize = 10;
export const KIND: usize = 11;
/** The number of the level's key whose value this is, or 0. */
export const LEVEL: usize = 12;
export const LITERAL: usize = 16;
export const MAX_LITERAL_BYTES: usize = 64;

/** Kinds of value. A string's quotes belong to it, but the first one is the literal's last byte. */
export const STRING: u8 = 1;
export const NUMBER: u8 = 2;
/** `true`, `false` or `null`. */
export const WORD: u8 = 3;
/** None: the literal goes on in the next node. */
export const MORE: u8 = 4;
/** None: the literal ends with the line's newline. */
export const END: u8 = 5;

let used: u32 = 0;

/** The first of the nodes that a line may begin with; 0 where nothing is known. */
// @ts-ignore: decorator
@inline
export function root(): usize {
  return used == 0 ? 0 : nodeAt(0);
}

export function clearTree(): void {
  used = 0;
}

// @ts-ignore: decorator
@inline
function nodeAt(index: u32): usize {
  return scratch + FORMS + <usize>index * NODE_BYTES;
}

/**
 * The node for a literal and its value behind `parent`, made if it is not there.
 *
 * @param parent 0: at the start of a line.
 * @param bytes At most {@link MAX_LITERAL_BYTES}; so many bytes may be read at `literal` in any case.
 * @returns 0 where there is no room, or the literal has bytes beyond ASCII: those of a known form need no look then.
 */
export function nodeFor(parent: usize, literal: usize, bytes: usize, kind: u8, level: u8): usize {
  let last: usize = 0;
  let node: usize = parent == 0 ? root() : <usize>load<u32>(parent, CHILD);
  for (let siblings: u32 = 0; node != 0; siblings++) {
    if (siblings == MAX_SIBLINGS) return 0;
    if (isNode(node, literal, bytes, kind, level)) return node;
    last = node;
    node = load<u32>(node, NEXT);
  }
  if (used == MAX_NODES || !isAscii(literal, literal + bytes)) return 0;
  const made = nodeAt(used++);
  memory.fill(made, 0, NODE_BYTES);
  memory.copy(made + LITERAL, literal, bytes);
  store<u16>(made, <u16>((<u32>1 << min(<u32>bytes, 16)) - 1), MASK);
  store<u8>(made, <u8>bytes, LITERAL_BYTES);
  store<u8>(made, kind, KIND);
  store<u8>(made, level, LEVEL);
  if (last != 0) store<u32>(last, <u32>made, NEXT);
  else if (parent != 0) store<u32>(parent, <u32>made, CHILD);
  return made;
}

function isNode(node: usize, literal: usize, bytes: usize, kind: u8, level: u8): bool {
  return (
    <usize>load<u8>(node, LITERAL_BYTES) == bytes && load<u8>(node, KIND) == kind && load<u8>(node, LEVEL) == level &&
    memory.compare(node + LITERAL, literal, bytes) == 0
  );
}
