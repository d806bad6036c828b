import type {Ledger} from '../model/ledger.ts';
import type {Tally} from '../model/tally.ts';
import type {BatchBytes, ParsedBatch} from '../model/task.ts';
import {mergeCounted} from '../state/merge-groups.ts';
import {emptyTally, mergeTally} from '../state/tally.ts';
import {sampleOf} from '../worker/line-sample.ts';
import type {Lane} from './lane.ts';

type Read = {linesIn: number; bytesIn: number; stderrLines: number; heldMs: number};

/**
 * The double-entry books of one process: what was read comes from the lanes,
 * what was judged from the workers.
 */
export class ProcessBooks {
  readonly lanes: Lane[] = [];
  readonly total: Tally = emptyTally();
  generation: Judged = {...NOTHING_JUDGED};
  /** Of lanes that are done and gone. */
  readonly #closed: Read = {linesIn: 0, bytesIn: 0, stderrLines: 0, heldMs: 0};

  /** A new run begins: its counters start at nothing, the totals go on. */
  startGeneration(): void {
    this.generation = {...NOTHING_JUDGED};
  }

  /** Books a judged batch. */
  book({tally, grouped}: Pick<ParsedBatch, 'tally' | 'grouped'>, batch: BatchBytes, isCurrentGeneration: boolean): void {
    mergeTally(this.total, tally);
    mergeCounted(this.total.groups, grouped, batch.arrivedAtMs, lines => sampleOf(batch, lines));
    if (!isCurrentGeneration) return;
    this.generation.records += tally.records;
    this.generation.failures += tally.failures;
    this.generation.blank += tally.blank;
    this.generation.dropped += tally.dropped;
  }

  /** Lets go of lanes that are done, except those of the running generation. */
  closeDone(currentGeneration: number, nowMs: number): void {
    for (let index = this.lanes.length - 1; index >= 0; index--) {
      const lane = this.lanes[index]!;
      if (!lane.isDone || lane.generation === currentGeneration) continue;
      add(this.#closed, readBy(lane, nowMs));
      this.lanes.splice(index, 1);
    }
  }

  read(nowMs: number): Readonly<Read> {
    const sum = {...this.#closed};
    for (const lane of this.lanes) add(sum, readBy(lane, nowMs));
    return sum;
  }

  /** Over all generations. */
  ledger(): Ledger {
    const {linesIn, bytesIn} = this.read(0);
    return {linesIn, bytesIn, ...judged(this.total), pending: pendingOf(this.#stdoutLanes())};
  }

  generationLedger(generation: number): Ledger {
    const lanes = this.#stdoutLanes().filter(lane => lane.generation === generation);
    return {
      linesIn: lanes.reduce((sum, {framer}) => sum + framer.linesIn, 0),
      bytesIn: lanes.reduce((sum, {framer}) => sum + framer.bytesIn, 0),
      ...judged(this.generation),
      pending: pendingOf(lanes),
    };
  }

  /** Bytes behind the last newline, over all lanes of stdout. */
  pendingBytes(): number {
    return this.#stdoutLanes().reduce((sum, lane) => sum + (lane.hasEnded ? 0 : lane.framer.tailBytes), 0);
  }

  #stdoutLanes(): Lane[] {
    return this.lanes.filter(({stream}) => stream === 'stdout');
  }
}

type Judged = Pick<Tally, 'records' | 'failures' | 'blank' | 'dropped'>;

const NOTHING_JUDGED: Judged = {records: 0, failures: 0, blank: 0, dropped: 0};

const judged = ({records, failures, blank, dropped}: Judged): Judged => ({
  records,
  failures,
  blank,
  dropped,
});

const pendingOf = (lanes: readonly Lane[]): number => lanes.reduce((sum, lane) => sum + lane.pendingLines, 0);

const readBy = (lane: Lane, nowMs: number): Read => {
  const {linesIn, bytesIn} = lane.framer;
  return lane.stream === 'stdout'
    ? {linesIn, bytesIn, stderrLines: 0, heldMs: lane.heldMs(nowMs)}
    : {linesIn: 0, bytesIn: 0, stderrLines: linesIn, heldMs: 0};
};

const add = (sum: Read, one: Read): void => {
  sum.linesIn += one.linesIn;
  sum.bytesIn += one.bytesIn;
  sum.stderrLines += one.stderrLines;
  sum.heldMs += one.heldMs;
};
