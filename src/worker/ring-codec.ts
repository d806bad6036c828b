import {NO_BYTES, type GroupedLines, type GroupName, type ParsedBatch, type ParseTask, type ReadTask} from '../model/task.ts';
import type {Tally} from '../model/tally.ts';

/** Judges a batch of a built-in format in shared memory, or reads one first. Nothing of it is to be written out. */
export type RingTask = (ParseTask & {readonly shared: NonNullable<ParseTask['shared']>}) | ReadTask;

/** What a batch came to. */
export type Answered = {
  readonly lines: number;
  readonly bytes: number;
  readonly busyMs: number;
  readonly tally: Tally;
  readonly grouped: readonly GroupedLines[];
};

/** Whether a task is all numbers. */
export const isRingTask = (task: ParseTask): task is Exclude<RingTask, ReadTask> =>
  task.shared !== null && task.format.kind !== 'module' && task.emit === null && task.discarded.length === 0;

/**
 * A task and its answer as numbers: all of 64 bits, but the lists of groups. Written out one by one, since this is done
 * for each batch, and a loop over names would look each of them up anew.
 */
export class RingEntry {
  readonly #numbers: Float64Array;
  readonly #groups: Uint32Array;

  /** @param at A multiple of 8. */
  constructor(shared: SharedArrayBuffer, at: number, bytes: number) {
    this.#numbers = new Float64Array(shared, at, NUMBERS);
    this.#groups = new Uint32Array(shared, at + NUMBERS * 8, bytes / 4 - NUMBERS * 2);
  }

  writeTask(task: RingTask): void {
    const to = this.#numbers;
    to[0] = task.kind === 'read' ? 1 : 0;
    to[1] = task.format.kind === 'json' ? 0 : 1;
    to[2] = task.stream === 'stdout' ? 0 : 1;
    to[3] = task.shared.at;
    to[4] = task.shared.length;
    to[5] = task.lines;
    to[6] = task.generation;
    to[7] = task.firstLine;
    to[8] = task.firstOffset;
    to[9] = task.ordinal;
    to[10] = task.sub;
    to[11] = task.arrivedAtMs;
    to[12] = task.maxLineBytes;
    to[13] = task.sampleEvery;
    to[14] = task.tailLines;
    to[15] = task.samples ? 1 : 0;
    to[16] = task.ansi ? 1 : 0;
    if (task.kind === 'parse') return;
    to[17] = task.fd;
    to[18] = task.usedBytes;
  }

  /** The task; its bytes are where `shared` says. */
  readTask(): RingTask {
    const from = this.#numbers;
    const task = {
      bytes: NO_BYTES,
      format: {kind: from[1] === 0 ? 'json' : 'text'},
      stream: from[2] === 0 ? 'stdout' : 'stderr',
      shared: {at: from[3]!, length: from[4]!},
      lines: from[5]!,
      discarded: [],
      generation: from[6]!,
      firstLine: from[7]!,
      firstOffset: from[8]!,
      ordinal: from[9]!,
      sub: from[10]!,
      arrivedAtMs: from[11]!,
      maxLineBytes: from[12]!,
      sampleEvery: from[13]!,
      tailLines: from[14]!,
      samples: from[15] === 1,
      ansi: from[16] === 1,
      emit: null,
      journal: null,
      recover: null,
      budgetMs: Infinity,
    } as const;
    return from[0] === 0 ? {kind: 'parse', ...task} : {kind: 'read', ...task, fd: from[17]!, usedBytes: from[18]!};
  }

  /**
   * Writes an answer beside its task.
   *
   * @param result Null: nothing was judged.
   * @returns False where it is more than numbers, or too many of them.
   */
  writeAnswer(result: ParsedBatch | null, namesTold: number): boolean {
    const to = this.#numbers;
    to[ANSWER] = result === null ? 0 : 1;
    if (result === null) return true;
    const {tally, grouped} = result;
    const {levels, failureKinds: kinds} = tally;
    if (tally.groups.size > 0 || result.tail.length > 0 || grouped.length * GROUP_WORDS > this.#groups.length) return false;
    to[21] = result.lines;
    to[22] = result.bytes;
    to[23] = result.busyMs;
    to[24] = namesTold;
    to[25] = tally.records;
    to[26] = tally.failures;
    to[27] = tally.blank;
    to[28] = tally.dropped;
    to[29] = tally.invalidUtf8;
    to[30] = levels.trace;
    to[31] = levels.debug;
    to[32] = levels.info;
    to[33] = levels.warn;
    to[34] = levels.error;
    to[35] = levels.fatal;
    to[36] = levels.none;
    to[37] = kinds['invalid-json'];
    to[38] = kinds['not-an-object'];
    to[39] = kinds['too-deep'];
    to[40] = kinds.oversize;
    to[41] = kinds['no-match'];
    to[42] = kinds['parser-error'];
    to[43] = kinds.timeout;
    to[44] = kinds.lost;
    to[45] = grouped.length;
    this.#writeGroups(grouped);
    return true;
  }

  /** How many names of groups its thread had told when it answered. */
  get namesTold(): number {
    return this.#numbers[ANSWER] === 0 ? 0 : this.#numbers[24]!;
  }

  /**
   * The answer; null: nothing was judged.
   *
   * @param nameAt The name of a group by its number.
   */
  readAnswer(nameAt: (id: number) => GroupName): Answered | null {
    const from = this.#numbers;
    if (from[ANSWER] === 0) return null;
    const tally: Tally = {
      records: from[25]!,
      failures: from[26]!,
      blank: from[27]!,
      dropped: from[28]!,
      invalidUtf8: from[29]!,
      levels: {
        trace: from[30]!, debug: from[31]!, info: from[32]!, warn: from[33]!, error: from[34]!, fatal: from[35]!, none: from[36]!,
      },
      failureKinds: {
        'invalid-json': from[37]!,
        'not-an-object': from[38]!,
        'too-deep': from[39]!,
        oversize: from[40]!,
        'no-match': from[41]!,
        'parser-error': from[42]!,
        timeout: from[43]!,
        lost: from[44]!,
      },
      groups: new Map(),
    };
    return {lines: from[21]!, bytes: from[22]!, busyMs: from[23]!, tally, grouped: this.#readGroups(from[45]!, nameAt)};
  }

  #writeGroups(grouped: readonly GroupedLines[]): void {
    const to = this.#groups;
    let at = 0;
    for (const {name, count, index, start} of grouped) {
      to[at] = name.id;
      to[at + 1] = count;
      to[at + 2] = index;
      to[at + 3] = start;
      at += GROUP_WORDS;
    }
  }

  #readGroups(count: number, nameAt: (id: number) => GroupName): readonly GroupedLines[] {
    const from = this.#groups;
    const grouped: GroupedLines[] = [];
    for (let at = 0; at < count * GROUP_WORDS; at += GROUP_WORDS) {
      grouped.push({name: nameAt(from[at]!), count: from[at + 1]!, index: from[at + 2]!, start: from[at + 3]!});
    }
    return grouped;
  }
}

/** Numbers of an entry; those of the answer follow those of the task. */
const NUMBERS = 48;
const ANSWER = 20;
const GROUP_WORDS = 4;
