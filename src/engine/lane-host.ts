import type {Batch} from '../ingest/batch.ts';
import type {Format} from '../model/format.ts';
import type {OverloadPolicy} from '../model/snapshot.ts';
import type {Emit, ParsedBatch, Peeked} from '../model/task.ts';
import type {BatchMemory} from './batch-memory.ts';
import type {Clock} from './clock.ts';
import type {JobSource} from './scheduler.ts';

/** A batch with its place in the process's order of arrival. */
export type LaneItem = {
  readonly batch: Batch;
  /** Bytes of the batch; its memory may have moved to a worker. */
  readonly size: number;
  readonly ordinal: number;
  readonly sub: number;
  /** Its lines were looked at for `auto`, and so are already printed in plain output. */
  peeked: boolean;
};

/** Which output stream of which run of a process. */
export type LaneInfo = {readonly stream: 'stdout' | 'stderr'; readonly generation: number};

/** What a lane asks of the process it belongs to. */
export type LaneHost = {
  readonly format: () => Format;
  /** The stream has shown what it is. */
  readonly settle: (kind: 'json' | 'text') => void;
  readonly emit: Emit;
  readonly overload: OverloadPolicy;
  /** So many bytes may be on their way to a verdict; then the overload policy speaks. */
  readonly creditBytes: number;
  readonly maxLineBytes: number;
  readonly ansi: boolean;
  readonly parseTimeoutMs: number;
  readonly clock: Clock;
  /** Gives a batch its place in the process's order of arrival. */
  readonly place: (stream: 'stdout' | 'stderr', lines: number) => {ordinal: number; sub: number};
  /** A batch was judged, in order. What it resolves with, if anything, is awaited before more is read. */
  readonly judged: (lane: LaneInfo, item: LaneItem, result: ParsedBatch) => void | Promise<void>;
  /** Lines were looked at for `auto`; as `judged`. */
  readonly peeked: (peeked: Peeked) => void | Promise<void>;
  /** For batches of the built-in formats. */
  readonly memory: BatchMemory;
  /** How many of the newest lines views show at the most; 0: there is no view. */
  readonly viewLines: () => number;
  /** Nobody needs what is read before it is judged, and memory is there that all threads see. */
  readonly threadsMayRead: boolean;
  /** There may be work for the pools. */
  readonly wake: (source: JobSource) => void;
  readonly busy: (ms: number) => void;
  /** Bytes have arrived. */
  readonly arrived: () => void;
};
