import {TAIL_LINES} from '../model/display-line.ts';

/** Under load, lines are made displayable so often: who could read them, and views are shown no more often either. */
const SHOW_EVERY_MS = 200;
/** While nobody looks, error groups still get newer samples, for the report and for who comes later. */
const SAMPLE_EVERY_MS = 1000;
/** So few lines waiting push none of a batch's newest out of the view. */
const FEW_LINES = 200;

/** What is to be looked at closely in a batch; of all else only counts are wanted. */
export type Shown = {
  /** So many of the newest lines are made displayable. */
  readonly tailLines: number;
  /** The newest line of each error group is looked at. */
  readonly samples: boolean;
};

const NOTHING: Shown = {tailLines: 0, samples: false};

/** Decides which batches have their newest lines made displayable: those that newer ones push out of the view need not. */
export class LaneTail {
  readonly #viewLines: () => number;
  #atMs = -Infinity;
  #newest = {firstLine: 0, isUnshown: false};

  /** @param viewLines How many of a process's newest lines views show at the most; 0: there is no view. */
  constructor(viewLines: () => number) {
    this.#viewLines = viewLines;
  }

  /** The newest lines that were judged were not made displayable. */
  get isUnshown(): boolean {
    return this.#newest.isUnshown;
  }

  /**
   * What is to be shown of the next batch to be judged.
   *
   * @param isFull It was cut because it was full: then there is more to come, or {@link isUnshown} will tell.
   * @param waiting Batches behind it, and lines of the first of them.
   */
  wants(isFull: boolean, waiting: {readonly batches: number; readonly lines: number}, nowMs: number): Shown {
    const isLast = !isFull && waiting.batches <= 1 && waiting.lines < FEW_LINES;
    const viewLines = this.#viewLines();
    const everyMs = viewLines > 0 ? SHOW_EVERY_MS : SAMPLE_EVERY_MS;
    if (!isLast && nowMs - this.#atMs < everyMs) return NOTHING;
    this.#atMs = nowMs;
    // Where nothing follows at once, the lines before stay in sight: none of them may be missing.
    const tailLines = isLast && viewLines > 0 ? TAIL_LINES : Math.min(viewLines, TAIL_LINES);
    return {tailLines, samples: true};
  }

  /** The batch that begins with this line was judged. */
  judged(firstLine: number, {tailLines}: Shown): void {
    if (firstLine >= this.#newest.firstLine) this.#newest = {firstLine, isUnshown: tailLines === 0};
  }

  /** Somebody has seen to what was not shown. */
  markShown(): void {
    this.#newest.isUnshown = false;
  }
}
