import {MAX_SAMPLE_CHARS, type ErrorGroup, type Sample} from '../model/tally.ts';
import type {BatchBytes, GroupedLines} from '../model/task.ts';
import {judgeJson} from '../parse/json.ts';
import {LineCursor} from './line-cursor.ts';

/** What stands for a group whose lines were only counted: the newest of them, looked at again. */
export const sampleOf = (batch: BatchBytes, {name, index, start}: GroupedLines): Sample => {
  const cursor = new LineCursor(batch);
  cursor.moveTo(index, start);
  return sampleAt(cursor, name.kind, batch.generation);
};

/** The line that a cursor is at, as a sample of JSON. */
export const sampleAt = (cursor: LineCursor, kind: ErrorGroup['kind'], generation: number): Sample => {
  const text = cursor.text();
  const message = parserWord(kind, text);
  return {text: text.slice(0, MAX_SAMPLE_CHARS), message, generation, line: cursor.number, offset: cursor.offset};
};

/** What the parser says of a line that it refuses; nothing of a record. */
const parserWord = (kind: ErrorGroup['kind'], text: string): string => {
  if (kind === 'error' || kind === 'fatal') return '';
  const verdict = judgeJson(text);
  return verdict.kind === 'failure' ? verdict.message : '';
};
