import type {ColorDepth} from './color.ts';
import type {DisplayLine} from './display-line.ts';
import type {SettledFormat} from './format.ts';
import type {LineDetail} from './page.ts';
import type {ErrorGroup, Tally} from './tally.ts';
import type {FailureKind} from './verdict.ts';

/** As much as a pipe holds: what is read at once. */
export const PIPE_BYTES = 65_536;

/** Bytes that are elsewhere, or nowhere any more. */
export const NO_BYTES = new Uint8Array(0);

/** What a worker writes for blocking sinks: prefixed lines, or JSON events. Null: nothing. */
export type Emit =
  /** `ansi`: how many of the programs' own colours are shown. */
  | {readonly kind: 'plain'; readonly prefix: string; readonly color: boolean; readonly ansi: ColorDepth}
  | {readonly kind: 'json'; readonly process: string}
  | null;

/** Where a batch stands in its process, and how its lines are to be shown. */
export type BatchPlace = {
  readonly generation: number;
  /** 1-based number, in its stream and generation, of the first line. */
  readonly firstLine: number;
  /** Byte offset of the first byte in its generation's stream. */
  readonly firstOffset: number;
  /** What makes line i (0-based) a `LineKey`: stdout `[ordinal + i, 0]`, stderr `[ordinal, sub + i]`. */
  readonly ordinal: number;
  readonly sub: number;
  /** Wall-clock ms of the first byte's arrival. */
  readonly arrivedAtMs: number;
};

/** A line whose middle was never kept: `discarded` bytes are missing from the line that starts at byte `at` of the batch. */
export type Discarded = {readonly at: number; readonly discarded: number};

/** A batch of whole, newline-terminated lines. */
export type BatchBytes = BatchPlace & {
  /** Ends with a newline (of ours, when the stream ended without one). */
  readonly bytes: Uint8Array;
  /** How many lines ingest counted in it; the worker's own count must agree. */
  readonly lines: number;
  readonly discarded: readonly Discarded[];
};

export type ParseTask = BatchBytes & {
  readonly kind: 'parse';
  /**
   * Where the bytes are, when they lie in the memory that all threads share and so need not be sent: `bytes` is empty
   * on its way then. A view sent along would make each thread count all of that memory as its own, and collect garbage.
   */
  readonly shared: {readonly at: number; readonly length: number} | null;
  readonly stream: 'stdout' | 'stderr';
  readonly format: SettledFormat;
  readonly maxLineBytes: number;
  /** Judge the lines n with (n - 1) divisible by this, drop the rest; 1: all. */
  readonly sampleEvery: number;
  /** How many of the newest lines to make displayable. */
  readonly tailLines: number;
  /** Look at the newest line of each error group; otherwise such lines may be only counted, in `grouped`. */
  readonly samples: boolean;
  /** Keep the colours that programs print in what is displayed. */
  readonly ansi: boolean;
  readonly emit: Emit;
  /** Custom parsers only: outlives a worker that dies. Layout: `worker/journal.ts`. */
  readonly journal: SharedArrayBuffer | null;
  /** Set when a worker died over this batch: the line that was begun and not finished fails so. */
  readonly recover: {readonly failure: FailureKind; readonly message: string} | null;
  /** Custom parsers only: hand back what is done after so long. */
  readonly budgetMs: number;
};

/** What an error group is called; `key` is its `groupKey`, made once. */
export type GroupName = {readonly id: number; readonly kind: ErrorGroup['kind']; readonly template: string; readonly key: string};

/** Lines of a batch that are of one error group: how many, and index and first byte of the newest one. */
export type GroupedLines = {
  readonly name: GroupName;
  readonly count: number;
  readonly index: number;
  readonly start: number;
};

/** What a worker found out about a batch, or about its first lines when time ran out. */
export type ParsedBatch = {
  /** Lines judged, from the first on. */
  readonly lines: number;
  /** Their bytes in the batch, newlines included. */
  readonly bytes: number;
  readonly tally: Tally;
  /** Error groups that the tally's do not have in them. */
  readonly grouped: readonly GroupedLines[];
  /** Newest last. */
  readonly tail: readonly DisplayLine[];
  /** UTF-8, whole lines; null where nothing was asked for. */
  readonly emitted: Uint8Array | null;
  /** The task's bytes, given back when they had been transferred. */
  readonly returned: Uint8Array | null;
  /** Custom parsers: the verdicts as JSON lines, for history; null otherwise. */
  readonly verdicts: Uint8Array | null;
  readonly busyMs: number;
};

/**
 * Reads on from a stream to where its batch lies, then judges what whole lines there are. All else is as of the batch;
 * `lines` counts for nothing.
 */
export type ReadTask = Omit<ParseTask, 'kind' | 'shared'> & {
  readonly kind: 'read';
  /** All the room of the batch. */
  readonly shared: NonNullable<ParseTask['shared']>;
  /** Of a pipe that nobody else reads meanwhile, and of which no read ever waits. */
  readonly fd: number;
  /** So much of the room is taken already. */
  readonly usedBytes: number;
};

export type ReadResult = {
  /** So much of the room is taken now. */
  readonly usedBytes: number;
  /** How often something was read, and how often as much as a pipe holds: then its writer waited. */
  readonly reads: number;
  readonly fullReads: number;
  /** Nothing more is to be read now: the pipe is empty, has ended, or can't be read. */
  readonly isDrained: boolean;
  /** What all whole lines came to; null where they were not judged. */
  readonly parsed: ParsedBatch | null;
};

/** Looks at lines of a stream whose format is not settled, without judging them. */
export type PeekTask = BatchBytes & {
  readonly kind: 'peek';
  /** Non-blank lines without a JSON object seen before this batch. */
  readonly nonBlankBefore: number;
  readonly maxLineBytes: number;
  readonly tailLines: number;
  readonly ansi: boolean;
  readonly emit: Emit;
};

export type Peeked = {
  /** `undecided`: neither a JSON object nor enough lines yet. */
  readonly found: 'json' | 'text' | 'undecided';
  readonly nonBlank: number;
  readonly tail: readonly DisplayLine[];
  /** null, too, once the format is found: the lines are printed when they are judged. */
  readonly emitted: Uint8Array | null;
  readonly busyMs: number;
};

/** A piece of history to be shown. `verdicts` replays a custom parser's answers. */
export type HistoryPiece = BatchPlace & {
  readonly stream: 'stdout' | 'stderr';
  readonly lines: number;
  readonly bytes: Uint8Array;
  readonly discarded: readonly Discarded[];
  readonly verdicts: Uint8Array | null;
};

export type PageTask = {
  readonly kind: 'page';
  readonly format: SettledFormat;
  readonly maxLineBytes: number;
  readonly sampleEvery: number;
  readonly pieces: readonly HistoryPiece[];
  /** Keys of the wanted window, exclusive; null: unbounded. */
  readonly after: readonly [number, number] | null;
  readonly before: readonly [number, number] | null;
  readonly count: number;
  /** Which end of the window counts when it holds more than `count`. */
  readonly keep: 'first' | 'last';
  /** Answer with the one line of this key in full. */
  readonly detailOf: readonly [number, number] | null;
  readonly ansi: boolean;
};

export type PageResult = {
  readonly lines: readonly DisplayLine[];
  /** The window held more than `count` lines. */
  readonly more: boolean;
  readonly detail: LineDetail | null;
  readonly busyMs: number;
};

/** Loads a custom parser and says whether it can be used. */
export type CheckTask = {readonly kind: 'check'; readonly url: string; readonly path: string};
export type Checked = {readonly ok: true} | {readonly ok: false; readonly reason: string};

export type WorkerTask = ParseTask | ReadTask | PeekTask | PageTask | CheckTask;
