import {splitBatch} from '../ingest/split-batch.ts';
import {TAIL_LINES} from '../model/display-line.ts';
import type {SettledFormat} from '../model/format.ts';
import {NO_BYTES, type BatchBytes, type ParsedBatch, type ParseTask, type Peeked} from '../model/task.ts';
import {Journal} from '../worker/journal.ts';
import {WorkerLost, type WorkerPool} from '../worker/pool.ts';
import type {BatchMemory} from './batch-memory.ts';
import {lostBatch} from './counted-batches.ts';
import type {LaneHost, LaneInfo, LaneItem} from './lane-host.ts';
import type {Shown} from './lane-tail.ts';
import type {Job} from './scheduler.ts';
import type {WatchList} from './watch-list.ts';

/** A custom parser's task hands back what it has after so long, so that its progress shows. */
const BUDGET_MS = 200;
/** A worker that dies so often without having begun a line will not get on at all. */
const MAX_STRIKES = 3;

export type ParseJobOptions = {
  readonly lane: LaneInfo;
  readonly host: LaneHost;
  readonly item: LaneItem;
  readonly watches: WatchList;
  readonly shown: Shown;
  readonly done: (result: ParsedBatch) => void;
};

/** A job that judges a batch, whatever becomes of the worker. */
export const parseJob = (options: ParseJobOptions): Job => {
  const {lane, host, item} = options;
  const format = settledFormat(lane, host);
  const task: ParseTask = {
    kind: 'parse',
    ...bytesOf(lane, item),
    ...placeOf(item.batch.bytes, host.memory),
    stream: lane.stream,
    format,
    maxLineBytes: host.maxLineBytes,
    sampleEvery: sampleEveryOf(lane, host),
    ...options.shown,
    ansi: host.ansi,
    emit: item.peeked && host.emit?.kind === 'plain' ? null : host.emit,
    journal: format.kind === 'module' ? Journal.allocate() : null,
    recover: null,
    budgetMs: BUDGET_MS,
  };
  return format.kind === 'module'
    ? {run: async pool => options.done(await runWatched(pool, task, options))}
    : {run: async pool => options.done(await runOnce(pool, task, options))};
};

export type PeekJobOptions = {
  readonly lane: LaneInfo;
  readonly host: LaneHost;
  readonly item: LaneItem;
  readonly nonBlankBefore: number;
  /** null: the worker died over it. */
  readonly done: (peeked: Peeked | null) => Promise<void>;
};

/** A job that looks at a copy of a batch; the batch itself waits for its format. */
export const peekJob = ({lane, host, item, nonBlankBefore, done}: PeekJobOptions): Job => ({
  run: async pool => {
    const place = bytesOf(lane, item);
    const {maxLineBytes, ansi, emit} = host;
    const task = {kind: 'peek', ...place, bytes: place.bytes.slice(), nonBlankBefore, maxLineBytes, ansi, emit} as const;
    await done(await pool.run({...task, tailLines: TAIL_LINES}).catch(() => null));
  },
});

/** Of so many lines one is judged; 1: of each. Stderr is never sampled. */
export const sampleEveryOf = ({stream}: Pick<LaneInfo, 'stream'>, {overload}: Pick<LaneHost, 'overload'>): number =>
  stream === 'stdout' && overload.kind === 'sample' ? overload.every : 1;

const settledFormat = (lane: LaneInfo, host: LaneHost): SettledFormat => {
  const format = host.format();
  return lane.stream === 'stderr' || format.kind === 'auto' ? {kind: 'text'} : format;
};

/** Bytes that all threads can read are not sent. */
const placeOf = (bytes: Uint8Array, memory: BatchMemory): Pick<ParseTask, 'bytes' | 'shared'> =>
  memory.isShared(bytes) ? {bytes: NO_BYTES, shared: {at: bytes.byteOffset, length: bytes.length}} : {bytes, shared: null};

/** Only batches of custom parsers are split, and those are of stdout: each line has an ordinal of its own. */
export const splitItem = (item: LaneItem, lines: number): [LaneItem, LaneItem | null] => {
  const [head, rest] = splitBatch(item.batch, lines);
  if (rest === null) return [item, null];
  return [
    {...item, batch: head, size: head.bytes.length},
    {...item, batch: rest, size: rest.bytes.length, ordinal: item.ordinal + lines},
  ];
};

/** A batch as workers see it. */
export const bytesOf = (lane: LaneInfo, {batch, ordinal, sub}: LaneItem): BatchBytes => ({
  bytes: batch.bytes,
  lines: batch.lines,
  discarded: batch.discarded,
  generation: lane.generation,
  firstLine: batch.firstLine,
  firstOffset: batch.firstOffset,
  ordinal,
  sub,
  arrivedAtMs: batch.arrivedAtMs,
});

const runOnce = async (pool: WorkerPool, task: ParseTask, {lane, item}: ParseJobOptions): Promise<ParsedBatch> => {
  try {
    return await pool.run(task);
  } catch (error) {
    return lostBatch(item, lane.generation, error instanceof Error ? error.message : String(error));
  }
};

/** Runs a custom parser's task to its end: each time its worker hangs or dies, the line it was at fails and it goes on. */
const runWatched = async (pool: WorkerPool, first: ParseTask, options: ParseJobOptions): Promise<ParsedBatch> => {
  let task = first;
  let strikes = 0;
  for (;;) {
    const end = await runUnderWatch(pool, task, options);
    if (!(end instanceof WorkerLost)) return end;
    const journal = Journal.copy(task.journal!);
    const hung = new Journal(journal).begun > new Journal(journal).done;
    strikes = hung ? 0 : strikes + 1;
    if (strikes >= MAX_STRIKES || end.reason === 'closed') return lostBatch(options.item, options.lane.generation, end.message);
    task = {...task, journal, recover: recoveryOf(end, options.host.parseTimeoutMs)};
  }
};

const runUnderWatch = async (
  pool: WorkerPool,
  task: ParseTask,
  {watches, host}: ParseJobOptions,
): Promise<ParsedBatch | WorkerLost> => {
  const controller = new AbortController();
  const unwatch = watches.add(task.journal!, () => controller.abort(), host.clock.nowMs());
  try {
    return await pool.run(task, {signal: controller.signal, deadlineMs: Infinity});
  } catch (error) {
    return error as WorkerLost;
  } finally {
    unwatch();
  }
};

const recoveryOf = (lost: WorkerLost, parseTimeoutMs: number): NonNullable<ParseTask['recover']> =>
  lost.reason === 'deadline'
    ? {failure: 'timeout', message: `the parser gave no answer within ${parseTimeoutMs} ms`}
    : {failure: 'parser-error', message: `the parser ended its worker: ${lost.message}`};
