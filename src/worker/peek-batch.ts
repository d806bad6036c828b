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
    builder.shown(cursor, 'undecided');
    const isOversize = cursor.contentBytes > task.maxLineBytes;
    if (found !== 'undecided' || (!isOversize && isBlank(cursor.bytes, cursor.start, cursor.end))) continue;
    nonBlank++;
    if (!isOversize && isJsonObjectLine(cursor.text())) found = 'json';
    else if (nonBlank >= AUTO_TEXT_LINES) found = 'text';
  }
  return {found, nonBlank, tail: builder.tail, emitted: found === 'undecided' ? builder.emitted : null};
};
