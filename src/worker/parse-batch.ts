import type {ParsedBatch, ParseTask} from '../model/task.ts';
import {isBlank} from '../parse/blank.ts';
import {PARSERS} from '../parse/registry.ts';
import {BatchBuilder, oversizeMessage} from './batch-builder.ts';
import {LineCursor} from './line-cursor.ts';
import type {ScannedLines} from './scanned-lines.ts';

/** What is kept of a line that is too long to be judged. */
const OVERSIZE_TEXT_BYTES = 1024;

/** A batch parser: a batch in, what its lines come to out. */
export type BatchParser = (task: ParseTask) => Omit<ParsedBatch, 'busyMs' | 'returned'>;

/**
 * Judges each line of a batch with a built-in parser, in one go.
 *
 * @param scanned Spares most lines of JSON the parser; null: each line is parsed. The answer is the same.
 */
export const parseBatch = (task: ParseTask, scanned: ScannedLines | null = null): ReturnType<BatchParser> => {
  const cursor = new LineCursor(task);
  // Of sampled lines only every Nth can be shown.
  const builder = new BatchBuilder(task, {...task, tailFrom: task.lines - task.tailLines * task.sampleEvery});
  const judge = judgeOf(task, cursor, builder);
  scanned?.take(task, {cursor, builder, judge});
  while (cursor.advance()) judge();
  return resultOf(builder, cursor);
};

/** Judges the line that the cursor is at. */
const judgeOf = (task: ParseTask, cursor: LineCursor, builder: BatchBuilder): (() => void) => {
  if (task.format.kind === 'module') throw new TypeError('custom parsers take worker/parse-custom');
  const judge = PARSERS[task.format.kind];
  const isJson = task.format.kind === 'json';
  return () => {
    if (settleWithoutParser(task, cursor, builder)) return;
    const text = cursor.text();
    const verdict = judge(text);
    if (verdict.kind === 'record') builder.record(cursor, text, verdict.value, isJson ? text : null);
    else builder.failure(cursor, text, verdict.failure, verdict.message);
  };
};

/** Takes a stderr batch: lines are shown, never parsed. */
export const parseStderr: BatchParser = task => {
  const cursor = new LineCursor(task);
  const builder = new BatchBuilder(task, {...task, tailFrom: task.lines - task.tailLines});
  while (cursor.advance()) {
    builder.shown(cursor, 'stderr');
  }
  return resultOf(builder, cursor);
};

/**
 * Judges a line that needs no parser: given up by sampling, too long, or blank
 * — in this order, in every format.
 *
 * @returns True when the line is dealt with.
 */
export const settleWithoutParser = (
  task: Pick<ParseTask, 'sampleEvery' | 'maxLineBytes'>,
  cursor: LineCursor,
  builder: BatchBuilder,
): boolean => {
  if (task.sampleEvery > 1 && (cursor.number - 1) % task.sampleEvery !== 0) {
    builder.dropped(cursor);
  } else if (cursor.contentBytes > task.maxLineBytes) {
    const text = cursor.text(Math.min(OVERSIZE_TEXT_BYTES, task.maxLineBytes));
    builder.failure(cursor, text, 'oversize', oversizeMessage(cursor, task.maxLineBytes));
  } else if (isBlank(cursor.bytes, cursor.start, cursor.end)) {
    builder.blank(cursor);
  } else {
    return false;
  }
  return true;
};

/** Closes a batch: all that was gathered up to the cursor. */
export const resultOf = (builder: BatchBuilder, cursor: LineCursor): ReturnType<BatchParser> => ({
  lines: builder.lines,
  bytes: cursor.next,
  tally: builder.tally,
  grouped: builder.grouped,
  tail: builder.tail,
  emitted: builder.emitted,
  verdicts: null,
});
