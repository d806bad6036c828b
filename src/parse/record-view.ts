import {MAX_FIELD_CHARS, MAX_FIELDS, MAX_MESSAGE_CHARS} from '../model/display-line.ts';
import type {Level, RecordValue} from '../model/verdict.ts';
import {levelKeyOf, levelOf} from './level.ts';
import {timeOf} from './record-time.ts';
import {safeJson} from './safe-json.ts';

/** A record as a view shows it: bounded, raw (not sanitized). */
export type RecordView = {
  readonly level: Level;
  /** Empty where the record names none. */
  readonly message: string;
  /** The record's own time in wall-clock ms; null where it has none that is plausible. */
  readonly timeMs: number | null;
  /** What is not level, message or time, in the record's order. */
  readonly fields: readonly (readonly [key: string, value: string])[];
};

/** Level of a record, `none` where it names none that is known. Never throws. */
export const recordLevel = (value: RecordValue): Level => {
  try {
    return levelOf(value);
  } catch {
    return 'none';
  }
};

/** Takes a record apart for display: level, message, time and the rest. Never throws. */
export const viewRecord = (value: RecordValue): RecordView => {
  try {
    return view(value);
  } catch {
    return {level: 'none', message: '(unreadable record)', timeMs: null, fields: []};
  }
};

const view = (value: RecordValue): RecordView => {
  const ofLevel = levelKeyOf(value);
  const ofMessage = MESSAGE_KEYS.find(key => isPlainText(own(value, key))) ?? null;
  const ofTime = TIME_KEYS.find(key => timeOf(plainOf(own(value, key))) !== null) ?? null;
  return {
    level: levelOf(value),
    message: ofMessage === null ? '' : cut(String(value[ofMessage]), MAX_MESSAGE_CHARS),
    timeMs: ofTime === null ? null : timeOf(plainOf(value[ofTime])),
    fields: fieldsOf(value, [ofLevel, ofMessage, ofTime]),
  };
};

const MESSAGE_KEYS = ['msg', 'message', 'event'] as const;
const TIME_KEYS = ['ts', 'time', 'timestamp', '@timestamp'] as const;

const own = (value: RecordValue, key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined);

const isPlainText = (value: unknown): boolean => {
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' || type === 'bigint';
};

/** A Date, or anything else that knows its JSON form, as that form. */
const plainOf = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('toJSON' in value)) return value;
  return typeof value.toJSON === 'function' ? (value.toJSON() as unknown) : value;
};

const fieldsOf = (value: RecordValue, taken: readonly (string | null)[]): [string, string][] => {
  const fields: [string, string][] = [];
  for (const key of Object.keys(value)) {
    if (fields.length === MAX_FIELDS) break;
    if (taken.includes(key)) continue;
    const text = fieldText(value[key]);
    if (text !== null) fields.push([cut(key, MAX_FIELD_CHARS), text]);
  }
  return fields;
};

/** Null for what JSON would leave out of an object. */
const fieldText = (value: unknown): string | null => {
  const plain = plainOf(value);
  if (typeof plain === 'string') return cut(plain, MAX_FIELD_CHARS);
  if (typeof plain === 'bigint') return cut(String(plain), MAX_FIELD_CHARS);
  if (plain === undefined || typeof plain === 'function' || typeof plain === 'symbol') return null;
  return cut(safeJson(plain, MAX_FIELD_CHARS + 1).json, MAX_FIELD_CHARS);
};

/** The first `maxChars`, the last of them an ellipsis where something is missing; no pair is torn. */
const cut = (text: string, maxChars: number): string => {
  if (text.length <= maxChars) return text;
  const last = text.charCodeAt(maxChars - 2);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, isHalf ? maxChars - 2 : maxChars - 1)}…`;
};
