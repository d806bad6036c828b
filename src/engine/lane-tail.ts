/** Under load, lines are made displayable so often: no view shows more. */
const TAIL_EVERY_MS = 100;
/** So few lines waiting push none of a batch's newest out of the view. */
const FEW_LINES = 200;

/** Decides which batches have their newest lines made displayable: those that newer ones push out of the view need not. */
export class LaneTail {
  #atMs = -Infinity;
  #newest = {firstLine: 0, isUnshown: false};

  /** The newest lines that were judged were not made displayable. */
  get isUnshown(): boolean {
    return this.#newest.isUnshown;
  }

  /**
   * Whether the next batch to be judged has its newest lines made displayable.
   *
   * @param isFull It was cut because it was full: then there is more to come, or {@link isUnshown} will tell.
   * @param waiting Batches behind it, and lines of the first of them.
   */
  wants(isFull: boolean, waiting: {readonly batches: number; readonly lines: number}, nowMs: number): boolean {
    const isLast = !isFull && waiting.batches <= 1 && waiting.lines < FEW_LINES;
    if (!isLast && nowMs - this.#atMs < TAIL_EVERY_MS) return false;
    this.#atMs = nowMs;
    return true;
  }

  /** The batch that begins with this line was judged. */
  judged(firstLine: number, isShown: boolean): void {
    if (firstLine >= this.#newest.firstLine) this.#newest = {firstLine, isUnshown: !isShown};
  }

  /** Somebody has seen to what was not shown. */
  markShown(): void {
    this.#newest.isUnshown = false;
  }
}
