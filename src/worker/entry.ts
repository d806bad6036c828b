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
import {RING_ENTRIES, TaskRing} from './task-ring.ts';
import {threadData} from './thread-data.ts';
import type {FromThread, ToThread} from './thread-messages.ts';
import {buffersOf} from './transferred.ts';

/** One a thread: this file is loaded by URL, never imported. */
const parsers = new ParserLoader();
const names = new GroupNames();
const ring = new TaskRing(threadData().ring);
const scanned = loadScanned();

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
  }
};

/** Answers what the ring holds, then sleeps; but lets messages in from time to time. */
const answerRing = (): void => {
  for (let count = 0; count < RING_ENTRIES; count++) {
    const task = ring.next();
    if (task !== null) answerOffered(task);
    else if (ring.sleep()) return;
  }
  setImmediate(answerRing);
};

/** Never throws: a task without an answer would be waited for. */
const answerOffered = (task: ParseTask): void => {
  const startMs = performance.now();
  const number = ring.begunNumber;
  try {
    const partial = judgeBuiltin(withBytes(task));
    const result: ParsedBatch = {...partial, returned: null, busyMs: performance.now() - startMs};
    // Names go by message, so their first lines do.
    if (names.hasUntold || !ring.answer(result, names.made)) {
      ring.answer(null, 0);
      tell({number, result, names: names.tell()});
    } else if (ring.mustTell()) {
      tell('ring');
    }
  } catch (error) {
    ring.answer(null, 0);
    tell({number, error: errorText(error), names: names.tell()});
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
function loadScanned(): ScannedLines | null {
  const {scanMemory: memory} = threadData();
  if (memory === null) return null;
  const scanner = JsonScanner.load({memory, levelOf: record => recordLevel(JSON.parse(record)), useOf});
  return scanner === null ? null : new ScannedLines(scanner, names);
}

const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

parentPort!.on('message', (message: ToThread) => {
  if (message === 'ring') answerRing();
  else void answer(message.id, message.task);
});
// Whoever has started this thread learns that it is there.
tell('ring');
answerRing();
