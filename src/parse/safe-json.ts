import {MAX_DEPTH} from '../model/verdict.ts';

/** A JSON text, or its beginning: `whole` is false when it was cut at the limit. */
export type SafeJson = {readonly json: string; readonly whole: boolean};

/**
 * JSON of a value of unknown origin, written only as far as it is wanted. What `JSON.stringify` throws
 * on is replaced: BigInts become strings, cycles and what throws short notes in parentheses.
 *
 * @param maxChars The most UTF-16 code units to write; little more than that is ever read.
 * @returns `json` at most `maxChars` long; valid JSON when `whole`. Never throws.
 */
export const safeJson = (value: unknown, maxChars: number): SafeJson => {
  const writer: Writer = {json: '', maxChars, ancestors: new Set()};
  if (!writeValue(writer, value, '')) append(writer, 'null');
  return isFull(writer) ? {json: writer.json.slice(0, maxChars), whole: false} : {json: writer.json, whole: true};
};

/** Like {@link safeJson} for a record: its own enumerable keys count, whatever `toJSON` it may have. */
export const safeRecordJson = (value: object, maxChars: number): SafeJson => {
  const writer: Writer = {json: '', maxChars, ancestors: new Set([value])};
  guarded(writer, () => writeObject(writer, value));
  return isFull(writer) ? {json: writer.json.slice(0, maxChars), whole: false} : {json: writer.json, whole: true};
};

type Writer = {json: string; readonly maxChars: number; readonly ancestors: Set<object>};

const isFull = (writer: Writer): boolean => writer.json.length > writer.maxChars;

const append = (writer: Writer, text: string): true => {
  writer.json += text;
  return true;
};

/** Returns false, with nothing written, for what JSON leaves out: undefined, functions, symbols. */
const writeValue = (writer: Writer, value: unknown, key: string): boolean => {
  switch (typeof value) {
    case 'string':
      return writeString(writer, value);
    case 'number':
      return append(writer, Number.isFinite(value) ? String(value) : 'null');
    case 'boolean':
      return append(writer, value ? 'true' : 'false');
    case 'bigint':
      return append(writer, `"${value}"`);
    case 'object':
      return value === null ? append(writer, 'null') : writeReplaced(writer, value, key);
    case 'undefined':
    case 'function':
    case 'symbol':
      return false;
  }
};

const writeString = (writer: Writer, text: string): true => {
  const room = writer.maxChars + 1 - writer.json.length;
  return append(writer, JSON.stringify(text.length > room ? text.slice(0, Math.max(room, 0)) : text));
};

const writeReplaced = (writer: Writer, value: object, key: string): boolean => {
  let written = true;
  guarded(writer, () => {
    const plain: unknown = 'toJSON' in value && typeof value.toJSON === 'function' ? value.toJSON(key) : value;
    written = typeof plain === 'object' && plain !== null ? writeNested(writer, plain) : writeValue(writer, plain, key);
  });
  return written;
};

const writeNested = (writer: Writer, value: object): true => {
  if (writer.ancestors.has(value)) return append(writer, '"(cycle)"');
  if (writer.ancestors.size >= MAX_DEPTH) return append(writer, '"(too deep)"');
  writer.ancestors.add(value);
  try {
    return Array.isArray(value) ? writeArray(writer, value) : writeObject(writer, value);
  } finally {
    writer.ancestors.delete(value);
  }
};

const writeArray = (writer: Writer, values: readonly unknown[]): true => {
  append(writer, '[');
  for (let index = 0; index < values.length && !isFull(writer); index++) {
    if (index > 0) append(writer, ',');
    guarded(writer, () => {
      if (!writeValue(writer, values[index], String(index))) append(writer, 'null');
    });
  }
  return append(writer, ']');
};

const writeObject = (writer: Writer, value: object): true => {
  append(writer, '{');
  let isFirst = true;
  for (const key of Object.keys(value)) {
    if (isFull(writer)) break;
    const before = writer.json;
    if (!isFirst) append(writer, ',');
    writeString(writer, key);
    append(writer, ':');
    let written = true;
    guarded(writer, () => {
      written = writeValue(writer, Reflect.get(value, key), key);
    });
    if (written) isFirst = false;
    else writer.json = before;
  }
  return append(writer, '}');
};

/** Getters, `toJSON` and proxies run the user's code: what throws is taken back and noted. */
const guarded = (writer: Writer, write: () => void): void => {
  const before = writer.json;
  try {
    write();
  } catch {
    writer.json = `${before}"(unreadable)"`;
  }
};
