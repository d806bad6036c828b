/**
 * Puts results back into the order of their lines.
 *
 * Keyed by line numbers, not by task numbers, so that a task which answers for
 * its first lines only, and whose rest is handed out anew, fits in unchanged.
 */
export class Resequencer<T> {
  readonly #waiting = new Map<number, {readonly lines: number; readonly value: T}>();
  #nextLine: number;

  /** @param firstLine Number of the line that comes first. */
  constructor(firstLine = 1) {
    this.#nextLine = firstLine;
  }

  /** How many results wait for an earlier one. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Takes the result for `lines` lines from `firstLine` on.
   *
   * @returns What is now in order, oldest first; often just `value`.
   */
  put(firstLine: number, lines: number, value: T): T[] {
    this.#waiting.set(firstLine, {lines, value});
    const ready: T[] = [];
    let next = this.#waiting.get(this.#nextLine);
    while (next !== undefined) {
      this.#waiting.delete(this.#nextLine);
      this.#nextLine += next.lines;
      ready.push(next.value);
      next = this.#waiting.get(this.#nextLine);
    }
    return ready;
  }
}
