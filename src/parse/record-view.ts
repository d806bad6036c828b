import {MAX_FIELD_CHARS, MAX_FIELDS, MAX_MESSAGE_CHARS} from '../model/display-line.ts';
import {dropSgr} from '../model/sgr.ts';
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

/**
 * Takes a record apart for display: level, message, time and the rest. Never throws.
 *
 * @param messageChars Longest message, in UTF-16 code units.
 */
export const viewRecord = (value: RecordValue, messageChars = MAX_MESSAGE_CHARS): RecordView => {
  try {
    return view(value, messageChars);
  } catch {
    return {level: 'none', message: '(unreadable record)', timeMs: null, fields: []};
  }
};

/** The message of a record alone, as {@link viewRecord} has it. Never throws. */
export const recordMessage = (value: RecordValue): string => {
  try {
    return messageUnder(value, messageKeyOf(value), MAX_MESSAGE_CHARS);
  } catch {
    return '';
  }
};

const view = (value: RecordValue, messageChars: number): RecordView => {
  const level = recordLevel(value);
  const messageKey = messageKeyOf(value);
  const timeKey = TIME_KEYS.find(key => timeOf(read(value, key)) !== null) ?? null;
  return {
    level,
    message: messageUnder(value, messageKey, messageChars),
    timeMs: timeKey === null ? null : timeOf(read(value, timeKey)),
    fields: fieldsOf(value, [level === 'none' ? null : levelKeyOf(value), messageKey, timeKey]),
  };
};

const messageKeyOf = (value: RecordValue): string | null =>
  MESSAGE_KEYS.find(key => messageOf(read(value, key)) !== null) ?? null;

const messageUnder = (value: RecordValue, key: string | null, maxChars: number): string =>
  key === null ? '' : cut(messageOf(read(value, key)) ?? '', maxChars);

/** Keys of a record's message: the first that has one. */
export const MESSAGE_KEYS = ['msg', 'message', 'event'] as const;
const TIME_KEYS = ['ts', 'time', 'timestamp', '@timestamp'] as const;

/** A key's value as its JSON would be: own keys alone, Dates as text; custom records may throw when read. */
const read = (value: RecordValue, key: string): unknown => {
  if (!Object.hasOwn(value, key)) return undefined;
  try {
    const raw = value[key];
    if (typeof raw !== 'object' || raw === null || !('toJSON' in raw)) return raw;
    return typeof raw.toJSON === 'function' ? (raw.toJSON(key) as unknown) : raw;
  } catch {
    return '(unreadable)';
  }
};

/** A message that a value is; null where it is none. */
export const messageOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' || typeof value === 'bigint' || Number.isFinite(value) ? String(value) : null;
};

const fieldsOf = (value: RecordValue, taken: readonly (string | null)[]): [string, string][] => {
  const fields: [string, string][] = [];
  for (const key of Object.keys(value)) {
    if (fields.length === MAX_FIELDS) break;
    if (taken.includes(key)) continue;
    const text = fieldText(read(value, key));
    if (text !== null) fields.push([cut(key, MAX_FIELD_CHARS), text]);
  }
  return fields;
};

/** Of a field: more than is shown, since colours are not. */
const LOOKED_AT_CHARS = 8 * MAX_FIELD_CHARS;

/** Null for what JSON leaves out of an object. */
const fieldText = (value: unknown): string | null => {
  if (typeof value === 'string') return cut(dropSgr(value.slice(0, LOOKED_AT_CHARS)), MAX_FIELD_CHARS);
  if (typeof value === 'bigint') return cut(String(value), MAX_FIELD_CHARS);
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return null;
  return cut(safeJson(value, MAX_FIELD_CHARS + 1).json, MAX_FIELD_CHARS);
};

/** The first `maxChars`, the last of them an ellipsis where something is missing; no pair is torn. */
const cut = (text: string, maxChars: number): string => {
  if (text.length <= maxChars) return text;
  const last = text.charCodeAt(maxChars - 2);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, isHalf ? maxChars - 2 : maxChars - 1)}…`;
};
