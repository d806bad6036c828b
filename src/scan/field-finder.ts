import type {ScannerExports} from './load-wasm.ts';
import {FIELDS_OFFSET, PICKS_OFFSET, SPANS_OFFSET} from './scratch-layout.ts';

/** Keys from the record's top down: `['req', 'url']` for `url` in the object `req`. */
export type FieldPath = readonly string[];

/** Where the scanner of this thread works. */
export type FinderPlace = {
  readonly exports: Pick<ScannerExports, 'fieldsOf' | 'groupBy'>;
  readonly buffer: SharedArrayBuffer;
  readonly scratch: number;
};

/** Finds where the values of wanted fields stand in a record, without making objects. */
export class FieldFinder {
  readonly #place: FinderPlace;
  readonly #paths: readonly FieldPath[];
  readonly #tree: number;
  readonly #spans: Uint32Array;
  /** One view of all: to make one for each value costs more than to read it. */
  readonly #bytes: Buffer;

  /**
   * Of one thread's finders only the newest may be used.
   *
   * @throws RangeError where there are more than {@link MAX_FIELDS}, or all their keys together are too long.
   */
  constructor(place: FinderPlace, paths: readonly FieldPath[]) {
    if (paths.length > MAX_FIELDS) throw new RangeError(`${paths.length} fields, the limit is ${MAX_FIELDS}`);
    this.#place = place;
    this.#paths = paths;
    this.#spans = new Uint32Array(place.buffer, place.scratch + SPANS_OFFSET, 2 * MAX_FIELDS);
    this.#bytes = Buffer.from(place.buffer);
    this.#tree = new TreeWriter(place, this.#bytes).write(treeOf(paths));
  }

  /**
   * Looks for the fields in a record.
   *
   * @param address Of a line in the scanner's memory that was picked as a record.
   * @returns False where the record must be parsed to know: a key is written with escapes.
   */
  find(address: number): boolean {
    return this.#place.exports.fieldsOf(address, this.#tree, this.#paths.length) !== 0;
  }

  /** Has the scanner group records by the fields of this finder: by the first that is there. */
  useForGroups(): void {
    this.#place.exports.groupBy(this.#tree, this.#paths.length);
  }

  /** The JSON text of the value found last for the path with this index; null where the record has none. */
  json(path: number): string | null {
    const [at, bytes] = [this.#spans[2 * path]!, this.#spans[2 * path + 1]!];
    return bytes === 0 ? null : this.#bytes.toString('utf8', at, at + bytes);
  }

  /** As {@link json}, for a string without escapes: its content. Null for any other value, and where there is none. */
  plainText(path: number, maxBytes: number): string | null {
    const [at, bytes] = [this.#spans[2 * path]!, this.#spans[2 * path + 1]!];
    if (bytes < 2 || bytes > maxBytes || this.#bytes[at] !== QUOTE) return null;
    const text = this.#bytes.toString('utf8', at + 1, at + bytes - 1);
    return text.includes('\\') ? null : text;
  }
}

export const MAX_FIELDS = 64;

type Tree = Map<string, {field: number; readonly children: Tree}>;

const treeOf = (paths: readonly FieldPath[]): Tree => {
  const root: Tree = new Map();
  for (const [field, path] of paths.entries()) {
    let node = root;
    for (const [depth, key] of path.entries()) {
      const entry = node.get(key) ?? {field: -1, children: new Map()};
      node.set(key, entry);
      if (depth === path.length - 1) entry.field = field;
      node = entry.children;
    }
  }
  return root;
};

/** Writes a tree of fields as `assembly/fields.ts` reads it. */
class TreeWriter {
  readonly #view: DataView;
  readonly #bytes: Buffer;
  #at: number;
  readonly #end: number;

  constructor({buffer, scratch}: FinderPlace, bytes: Buffer) {
    this.#view = new DataView(buffer);
    this.#bytes = bytes;
    this.#at = scratch + FIELDS_OFFSET;
    this.#end = scratch + PICKS_OFFSET;
  }

  /** Returns the address of the tree's root. */
  write(tree: Tree): number {
    const node = this.#take(4 + tree.size * ENTRY_BYTES);
    this.#view.setUint32(node, tree.size, true);
    let entry = node + 4;
    for (const [key, {field, children}] of tree) {
      const text = Buffer.from(key);
      const keyAt = this.#take(text.length);
      text.copy(this.#bytes, keyAt);
      this.#view.setUint32(entry, keyAt, true);
      this.#view.setUint32(entry + 4, text.length, true);
      this.#view.setUint32(entry + 8, children.size === 0 ? 0 : this.write(children), true);
      this.#view.setInt32(entry + 12, field, true);
      entry += ENTRY_BYTES;
    }
    return node;
  }

  #take(bytes: number): number {
    const at = this.#at;
    this.#at = Math.ceil((at + bytes) / 4) * 4;
    if (this.#at > this.#end) throw new RangeError('the wanted fields have too long names');
    return at;
  }
}

/** As `assembly/fields.ts` has it. */
const ENTRY_BYTES = 16;
const QUOTE = 0x22;
