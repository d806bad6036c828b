import {InternalError} from '../model/errors.ts';
import type {ParsedBatch, ParseTask} from '../model/task.ts';
import type {Verdict} from '../model/verdict.ts';
import {judgeAnswer, judgeThrown, recordJson} from '../parse/custom.ts';
import {BatchBuilder} from './batch-builder.ts';
import {Journal, replay} from './journal.ts';
import {LineCursor} from './line-cursor.ts';
import {resultOf, settleWithoutParser} from './parse-batch.ts';

/** A user's `parse`: may be slow, throw, return a promise, or never come back. */
export type CustomParse = (line: string) => unknown;

/**
 * Judges lines of a batch with a custom parser until `budgetMs` is over.
 *
 * @param nowMs Monotonic clock.
 * @returns What the first `lines` lines come to; at least one unless the batch is empty.
 *   Each answer is in the task's journal before the next line is begun; with
 *   `recover` set, the answers found there are taken as they are.
 */
export const parseCustom = async (
  task: ParseTask,
  parse: CustomParse,
  nowMs: () => number,
): Promise<Omit<ParsedBatch, 'busyMs' | 'returned'>> => {
  if (task.journal === null) throw new InternalError('a custom parser needs a journal');
  // The batch lies in shared memory, which not every native text function takes.
  const cursor = new LineCursor({...task, bytes: new Uint8Array(task.bytes)});
  const builder = new BatchBuilder(task, {...task, tailFrom: 0});
  const journal = new Journal(task.journal);
  const answers = replay(answersOf(journal, task));
  let known = answers.next();
  const endMs = nowMs() + task.budgetMs;
  while ((known.done !== true || journal.hasRoom) && cursor.advance()) {
    if (!settleWithoutParser(task, cursor, builder)) {
      const text = cursor.text();
      const verdict = known.done === true ? await ask(parse, text, journal) : known.value;
      if (verdict.kind === 'record') builder.record(cursor, text, verdict.value, null);
      else builder.failure(cursor, text, verdict.failure, verdict.message);
      known = answers.next();
    }
    if (known.done === true && nowMs() >= endMs) break;
  }
  return {...resultOf(builder, cursor), verdicts: journal.verdicts()};
};

/** The verdicts of an earlier worker, with the line that ended it as a failure behind them. */
const answersOf = (journal: Journal, task: ParseTask): Uint8Array => {
  if (task.recover === null) return new Uint8Array(0);
  if (journal.begun > journal.done) journal.finish({kind: 'failure', ...task.recover}, '');
  return journal.verdicts();
};

const ask = async (parse: CustomParse, text: string, journal: Journal): Promise<Verdict> => {
  journal.begin();
  let verdict: Verdict;
  let json = '';
  try {
    const answer = parse(text);
    verdict = judgeAnswer(isThenable(answer) ? await answer : answer);
    if (verdict.kind === 'record') json = recordJson(verdict.value);
  } catch (error) {
    verdict = judgeThrown(error);
  }
  journal.finish(verdict, json);
  // What is shown, sent on and kept is one and the same: the record's JSON form.
  return verdict.kind === 'record' ? {kind: 'record', value: JSON.parse(json)} : verdict;
};

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as {then?: unknown}).then === 'function';
