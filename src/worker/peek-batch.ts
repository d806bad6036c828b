import {AUTO_TEXT_LINES} from '../model/format.ts';
import type {Peeked, PeekTask} from '../model/task.ts';
import {isBlank} from '../parse/blank.ts';
import {isJsonObjectLine} from '../parse/detect.ts';
import {BatchBuilder} from './batch-builder.ts';
import {LineCursor} from './line-cursor.ts';

/** Looks for what `auto` needs to know and makes the lines displayable, without judging any. */
export const peekBatch = (task: PeekTask): Omit<Peeked, 'busyMs'> => {
  const cursor = new LineCursor(task);
  const builder = new BatchBuilder(task, {...task, stream: 'stdout', tailFrom: task.lines - task.tailLines});
  let found: Peeked['found'] = 'undecided';
  let nonBlank = task.nonBlankBefore;
  while (cursor.advance()) {
    const blank = isBlank(cursor.bytes, cursor.start, cursor.end);
    const text = blank ? '' : cursor.text(task.maxLineBytes);
    builder.shown(cursor, 'undecided', text);
    if (blank || found !== 'undecided') continue;
    nonBlank++;
    if (cursor.contentBytes <= task.maxLineBytes && isJsonObjectLine(text)) found = 'json';
    else if (nonBlank >= AUTO_TEXT_LINES) found = 'text';
  }
  return {found, nonBlank, tail: builder.tail, emitted: builder.emitted};
};
