import {NO_BYTES, type ParsedBatch, type ParseTask} from '../model/task.ts';
import type {Tally} from '../model/tally.ts';
import {FAILURE_KINDS, LEVELS} from '../model/verdict.ts';
import {emptyTally} from '../state/tally.ts';

/** A batch of a built-in format in shared memory, of which nothing is to be shown, printed or kept but counts. */
export type RingTask = ParseTask & {readonly shared: NonNullable<ParseTask['shared']>};

/** Lines of a group by its name's number: how many, and where the newest one is. */
export type NumberedLines = {readonly name: number; readonly count: number; readonly index: number; readonly start: number};

/** What a batch came to. */
export type Answered = {
  readonly lines: number;
  readonly bytes: number;
  readonly busyMs: number;
  readonly tally: Tally;
  readonly grouped: readonly NumberedLines[];
  /** How many names of groups its thread had told when it answered. */
  readonly namesTold: number;
};

/** Whether a task is all numbers. */
export const isRingTask = (task: ParseTask): task is RingTask =>
  task.shared !== null && task.format.kind !== 'module' && task.emit === null && task.discarded.length === 0 &&
  task.tailLines === 0 && !task.samples;

/** In the order of their places in an entry, eight bytes each. */
const NUMBERS = [
  'lines', 'generation', 'firstLine', 'firstOffset', 'ordinal', 'sub', 'arrivedAtMs', 'maxLineBytes', 'sampleEvery',
] as const;
const AT = NUMBERS.length * 8;
const FORMATS = ['json', 'text'] as const;
const STREAMS = ['stdout', 'stderr'] as const;

/** Writes a task into an entry. */
export const writeTask = (entry: DataView, task: RingTask): void => {
  for (const [index, name] of NUMBERS.entries()) entry.setFloat64(index * 8, task[name]);
  entry.setUint32(AT, task.shared.at);
  entry.setUint32(AT + 4, task.shared.length);
  entry.setUint8(AT + 8, FORMATS.indexOf(task.format.kind as 'json' | 'text'));
  entry.setUint8(AT + 9, STREAMS.indexOf(task.stream));
};

/** Reads a task; its bytes are where `shared` says. */
export const readTask = (entry: DataView): ParseTask => {
  const number = (name: (typeof NUMBERS)[number]): number => entry.getFloat64(NUMBERS.indexOf(name) * 8);
  return {
    kind: 'parse',
    bytes: NO_BYTES,
    shared: {at: entry.getUint32(AT), length: entry.getUint32(AT + 4)},
    lines: number('lines'),
    discarded: [],
    generation: number('generation'),
    firstLine: number('firstLine'),
    firstOffset: number('firstOffset'),
    ordinal: number('ordinal'),
    sub: number('sub'),
    arrivedAtMs: number('arrivedAtMs'),
    stream: STREAMS[entry.getUint8(AT + 9)]!,
    format: {kind: FORMATS[entry.getUint8(AT + 8)]!},
    maxLineBytes: number('maxLineBytes'),
    sampleEvery: number('sampleEvery'),
    tailLines: 0,
    samples: false,
    ansi: false,
    emit: null,
    journal: null,
    recover: null,
    budgetMs: Infinity,
  };
};

/** Behind the task: a word that tells whether the answer is here, then the answer. */
const ANSWER = 128;
const COUNTS = ['records', 'failures', 'blank', 'dropped', 'invalidUtf8'] as const;
/** Room for sixteen of each. */
const LEVELS_AT = ANSWER + 128;
const KINDS_AT = LEVELS_AT + 128;
const GROUPS_AT = KINDS_AT + 128;
const GROUP_BYTES = 16;

/**
 * Writes an answer behind its task.
 *
 * @param result Null: it comes as a message.
 * @returns False where it is more than numbers, or too many of them.
 */
export const writeAnswer = (entry: DataView, result: ParsedBatch | null, namesTold: number): boolean => {
  if (result !== null && !fits(entry, result)) return false;
  entry.setUint32(ANSWER, result === null ? 0 : 1);
  if (result === null) return true;
  const {lines, bytes, busyMs, tally, grouped} = result;
  entry.setUint32(ANSWER + 4, grouped.length);
  for (const [index, value] of [lines, bytes, busyMs, namesTold].entries()) entry.setFloat64(ANSWER + 8 + index * 8, value);
  for (const [index, name] of COUNTS.entries()) entry.setFloat64(ANSWER + 40 + index * 8, tally[name]);
  for (const [index, level] of LEVELS.entries()) entry.setFloat64(LEVELS_AT + index * 8, tally.levels[level]);
  for (const [index, kind] of FAILURE_KINDS.entries()) entry.setFloat64(KINDS_AT + index * 8, tally.failureKinds[kind]);
  let at = GROUPS_AT;
  for (const {name, count, index, start} of grouped) {
    entry.setUint32(at, name.id);
    entry.setUint32(at + 4, count);
    entry.setUint32(at + 8, index);
    entry.setUint32(at + 12, start);
    at += GROUP_BYTES;
  }
  return true;
};

const fits = (entry: DataView, {tally, tail, grouped}: ParsedBatch): boolean =>
  tally.groups.size === 0 && tail.length === 0 && GROUPS_AT + grouped.length * GROUP_BYTES <= entry.byteLength;

/** Reads an answer; null: it comes as a message. */
export const readAnswer = (entry: DataView): Answered | null => {
  if (entry.getUint32(ANSWER) === 0) return null;
  const head = (index: number): number => entry.getFloat64(ANSWER + 8 + index * 8);
  const tally = emptyTally();
  for (const [index, name] of COUNTS.entries()) tally[name] = entry.getFloat64(ANSWER + 40 + index * 8);
  for (const [index, level] of LEVELS.entries()) tally.levels[level] = entry.getFloat64(LEVELS_AT + index * 8);
  for (const [index, kind] of FAILURE_KINDS.entries()) tally.failureKinds[kind] = entry.getFloat64(KINDS_AT + index * 8);
  const grouped = Array.from({length: entry.getUint32(ANSWER + 4)}, (_, index) => groupAt(entry, GROUPS_AT + index * GROUP_BYTES));
  return {lines: head(0), bytes: head(1), busyMs: head(2), namesTold: head(3), tally, grouped};
};

const groupAt = (entry: DataView, at: number): NumberedLines => ({
  name: entry.getUint32(at),
  count: entry.getUint32(at + 4),
  index: entry.getUint32(at + 8),
  start: entry.getUint32(at + 12),
});
