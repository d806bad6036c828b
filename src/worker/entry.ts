import {parentPort} from 'node:worker_threads';
import type {Checked, Peeked, PageResult, ParsedBatch, ParseTask, WorkerTask} from '../model/task.ts';
import {recordLevel} from '../parse/record-view.ts';
import {JsonScanner} from '../scan/scanner.ts';
import {GroupNames} from './group-names.ts';
import {ParserLoader} from './load-parser.ts';
import {pageHistory} from './page-history.ts';
import {parseBatch, parseStderr} from './parse-batch.ts';
import {parseCustom} from './parse-custom.ts';
import {peekBatch} from './peek-batch.ts';
import {ScannedLines, useOf} from './scanned-lines.ts';
import {RingAnswers} from './ring-answers.ts';
import {TaskRing} from './task-ring.ts';
import {threadData} from './thread-data.ts';
import type {FromThread, ToThread} from './thread-messages.ts';
import {buffersOf} from './transferred.ts';

/** One a thread: this file is loaded by URL, never imported. */
const parsers = new ParserLoader();
const names = new GroupNames();
const scanner = loadScanner();
const scanned = scanner === null ? null : new ScannedLines(scanner, names);

type TaskResult = ParsedBatch | Peeked | PageResult | Checked;

const tell = (message: FromThread, arrays: readonly (Uint8Array | null)[] = []): void =>
  parentPort!.postMessage(message, buffersOf(arrays));

/** Answers a task that came as a message. Its error is one for bugs of ours and for parsers that can't be loaded. */
const answer = async (id: number, task: WorkerTask): Promise<void> => {
  try {
    const result = await resultOf(task);
    const moving = 'tally' in result ? [result.returned, result.emitted, result.verdicts] : [];
    tell({id, result, names: names.tell()}, moving);
  } catch (error) {
    tell({id, error: errorText(error), names: names.tell()});
  }
};

const resultOf = async (task: WorkerTask): Promise<TaskResult> => {
  const startMs = performance.now();
  switch (task.kind) {
    case 'parse': {
      const partial = await judge(withBytes(task));
      const returned = task.journal === null && task.shared === null ? task.bytes : null;
      return {...partial, returned, busyMs: performance.now() - startMs};
    }
    case 'peek':
      return {...peekBatch(task), busyMs: performance.now() - startMs};
    case 'page':
      return {...pageHistory(task), busyMs: performance.now() - startMs};
    case 'check':
      return parsers.check(task);
    case 'read':
      throw new TypeError('pipes are read by way of the ring');
  }
};

const withBytes = (task: ParseTask): ParseTask => {
  const {shared} = task;
  if (shared === null) return task;
  return {...task, bytes: new Uint8Array(threadData().scanMemory!.memory.buffer, shared.at, shared.length)};
};

const judge = async (task: ParseTask): Promise<Omit<ParsedBatch, 'busyMs' | 'returned'>> => {
  if (task.stream === 'stderr' || task.format.kind !== 'module') return judgeBuiltin(task);
  return parseCustom(task, await parsers.load(task.format.url), () => performance.now());
};

const judgeBuiltin = (task: ParseTask): ReturnType<typeof parseBatch> =>
  task.stream === 'stderr' ? parseStderr(task) : parseBatch(task, scanned);

/** Null where there is no such memory, or this runtime can't scan: then every line is parsed. */
function loadScanner(): JsonScanner | null {
  const {scanMemory: memory} = threadData();
  return memory === null ? null : JsonScanner.load({memory, levelOf: record => recordLevel(JSON.parse(record)), useOf});
}

const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const ringAnswers = new RingAnswers({
  ring: new TaskRing(threadData().ring),
  names,
  memory: threadData().scanMemory?.memory.buffer ?? null,
  judge: judgeBuiltin,
  countNewlines: (at, end) => scanner!.countNewlines(at, end),
  tell,
});

parentPort!.on('message', (message: ToThread) => {
  if (message === 'ring') ringAnswers.run();
  else void answer(message.id, message.task);
});
// Whoever has started this thread learns that it is there.
tell('ring');
ringAnswers.run();
