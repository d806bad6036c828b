import type {Checked, Peeked, PageResult, ParsedBatch, ParseTask, WorkerTask} from '../model/task.ts';
import {recordLevel} from '../parse/record-view.ts';
import {JsonScanner} from '../scan/scanner.ts';
import {ParserLoader} from './load-parser.ts';
import {pageHistory} from './page-history.ts';
import {parseBatch, parseStderr} from './parse-batch.ts';
import {parseCustom} from './parse-custom.ts';
import {peekBatch} from './peek-batch.ts';
import {useOf, ScannedLines} from './scanned-lines.ts';
import {threadData} from './thread-data.ts';
import {transferring} from './transferring.ts';

/** One a thread: this file is loaded by URL, never imported. */
const parsers = new ParserLoader();
const scanned = loadScanned();

type TaskResult = ParsedBatch | Peeked | PageResult | Checked;

/** What the pool calls for each task. Rejects only for bugs of ours and for parsers that can't be loaded. */
export const runTask = async (task: WorkerTask): Promise<TaskResult> => {
  const startMs = performance.now();
  switch (task.kind) {
    case 'parse':
      return runParse(task, startMs);
    case 'peek':
      return {...peekBatch(task), busyMs: performance.now() - startMs};
    case 'page':
      return {...pageHistory(task), busyMs: performance.now() - startMs};
    case 'check':
      return parsers.check(task);
  }
};

const runParse = async (task: ParseTask, startMs: number): Promise<ParsedBatch> => {
  const partial = await judge(withBytes(task));
  const returned = task.journal === null && task.shared === null ? task.bytes : null;
  const result: ParsedBatch = {...partial, returned, busyMs: performance.now() - startMs};
  return transferring(result, [returned, partial.emitted, partial.verdicts]);
};

const withBytes = (task: ParseTask): ParseTask => {
  const {shared} = task;
  if (shared === null) return task;
  return {...task, bytes: new Uint8Array(threadData().scanMemory!.memory.buffer, shared.at, shared.length)};
};

const judge = async (task: ParseTask): Promise<Omit<ParsedBatch, 'busyMs' | 'returned'>> => {
  if (task.stream === 'stderr') return parseStderr(task);
  if (task.format.kind !== 'module') return parseBatch(task, scanned);
  return parseCustom(task, await parsers.load(task.format.url), () => performance.now());
};

/** Null where there is no such memory, or this runtime can't scan: then every line is parsed. */
function loadScanned(): ScannedLines | null {
  const {scanMemory: memory} = threadData();
  if (memory === null) return null;
  const scanner = JsonScanner.load({memory, levelOf: record => recordLevel(JSON.parse(record)), useOf});
  return scanner === null ? null : new ScannedLines(scanner);
}
