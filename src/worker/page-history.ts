import {compareKeys, type DisplayLine, type LineKey} from '../model/display-line.ts';
import type {LineDetail} from '../model/page.ts';
import {dropSgr} from '../model/sgr.ts';
import type {HistoryPiece, PageResult, PageTask} from '../model/task.ts';
import type {RecordValue, Verdict} from '../model/verdict.ts';
import {PARSERS} from '../parse/registry.ts';
import {BatchBuilder, oversizeMessage} from './batch-builder.ts';
import {replay} from './journal.ts';
import {LineCursor} from './line-cursor.ts';
import {settleWithoutParser} from './parse-batch.ts';
import {prettyJson} from './pretty-json.ts';

/** Parses the window of history that a view looks at, and nothing else of it. */
export const pageHistory = (task: PageTask): Omit<PageResult, 'busyMs'> => {
  const seen: Seen[] = task.pieces.flatMap(piece => linesOf(piece, task));
  const lines = seen.map(({line}) => line).toSorted((a, b) => compareKeys(a.key, b.key));
  const kept = task.keep === 'first' ? lines.slice(0, task.count) : lines.slice(-task.count);
  const detail = seen.find(one => one.detail !== null)?.detail ?? null;
  return {lines: kept, more: lines.length > task.count, detail};
};

type Seen = {readonly line: DisplayLine; readonly detail: LineDetail | null};

const linesOf = (piece: HistoryPiece, task: PageTask): Seen[] => {
  const cursor = new LineCursor(piece);
  const answers = piece.verdicts === null ? null : replay(piece.verdicts);
  const seen: Seen[] = [];
  while (cursor.advance()) {
    // A verdict belongs to each line that reached the parser, so it is read even for lines outside the window.
    const one = new BatchBuilder(piece, {...task, stream: piece.stream, tailLines: 1, emit: null, tailFrom: 0});
    const key: LineKey =
      piece.stream === 'stdout' ? [piece.ordinal + cursor.index, 0] : [piece.ordinal, piece.sub + cursor.index];
    const wanted = isInside(key, task) && cursor.index >= firstUseful(piece, task);
    if (!wanted && answers === null) continue;
    const verdict = judge(piece, cursor, one, task, answers);
    const line = one.tail[0];
    if (!wanted || line === undefined) continue;
    const isDetail = task.detailOf !== null && compareKeys(task.detailOf, key) === 0;
    seen.push({line, detail: isDetail ? detailOf(line, cursor, verdict, task) : null});
    // One more than wanted tells that there are more.
    if (task.keep === 'first' && seen.length > task.count) break;
  }
  return seen;
};

const isInside = (key: LineKey, task: PageTask): boolean =>
  (task.after === null || compareKeys(key, task.after) > 0) &&
  (task.before === null || compareKeys(key, task.before) < 0);

/** With `keep: 'last'`, only the last lines before the upper bound can matter; one more tells that there are more. */
const firstUseful = (piece: HistoryPiece, task: PageTask): number => {
  if (task.keep === 'first' || task.sampleEvery > 1) return 0;
  if (task.before === null) return piece.lines - task.count - 1;
  if (piece.stream === 'stderr') return 0;
  // A line of stdout stands before those of stderr that came behind it.
  const [ordinal, sub] = task.before;
  return Math.min(piece.lines, ordinal - piece.ordinal + (sub > 0 ? 1 : 0)) - task.count - 1;
};

const judge = (
  piece: HistoryPiece,
  cursor: LineCursor,
  one: BatchBuilder,
  task: PageTask,
  answers: Generator<Verdict, undefined> | null,
): Verdict | null => {
  if (piece.stream === 'stderr') {
    one.shown(cursor, 'stderr');
    return null;
  }
  if (settleWithoutParser(task, cursor, one)) return null;
  const text = cursor.text();
  const verdict = answers?.next().value ?? PARSERS[task.format.kind === 'json' ? 'json' : 'text'](text);
  if (verdict.kind === 'record') one.record(cursor, text, verdict.value, null);
  else one.failure(cursor, text, verdict.failure, verdict.message);
  return verdict;
};

const detailOf = (line: DisplayLine, cursor: LineCursor, verdict: Verdict | null, task: PageTask): LineDetail => ({
  line,
  text: task.ansi ? cursor.text(task.maxLineBytes) : dropSgr(cursor.text(task.maxLineBytes)),
  pretty: verdict?.kind === 'record' ? prettyOf(cursor, verdict.value, task) : null,
  message: verdict?.kind === 'failure' ? verdict.message : oversizeOf(line, cursor, task),
});

const prettyOf = (cursor: LineCursor, value: RecordValue, task: PageTask): string =>
  task.format.kind === 'json' ? prettyJson(cursor.text()) : JSON.stringify(value, null, 2);

/** A line that needed no parser says in its length why it failed. */
const oversizeOf = ({failure}: DisplayLine, cursor: LineCursor, {maxLineBytes}: PageTask): string =>
  failure === 'oversize' ? oversizeMessage(cursor, maxLineBytes) : '';
