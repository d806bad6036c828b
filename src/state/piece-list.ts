import {compareKeys} from '../model/display-line.ts';
import type {LineKey} from '../model/display-line.ts';
import type {HistoryPiece} from '../model/task.ts';
import {keyAt} from './history-piece.ts';

/** The pieces of one stream in key order: added at the end, evicted at the front. */
export class PieceList {
  #pieces: (HistoryPiece | undefined)[] = [];
  /** Index of the oldest piece; what is before it has been evicted. */
  #head = 0;

  get length(): number {
    return this.#pieces.length - this.#head;
  }

  /** The piece at `index`, counted from the oldest; undefined outside. */
  at(index: number): HistoryPiece | undefined {
    return index < 0 ? undefined : this.#pieces[this.#head + index];
  }

  newest(): HistoryPiece | undefined {
    return this.at(this.length - 1);
  }

  push(piece: HistoryPiece): void {
    this.#pieces.push(piece);
  }

  replaceNewest(piece: HistoryPiece): void {
    this.#pieces[this.#pieces.length - 1] = piece;
  }

  /** Takes the oldest piece out; undefined when there is none. */
  shift(): HistoryPiece | undefined {
    const piece = this.at(0);
    if (piece === undefined) return undefined;
    this.#pieces[this.#head++] = undefined;
    // Moving the rest only when half is empty keeps the cost of an eviction constant.
    if (this.#head * 2 > this.#pieces.length) {
      this.#pieces = this.#pieces.slice(this.#head);
      this.#head = 0;
    }
    return piece;
  }

  /** How many pieces begin before `key`. */
  startingBelow(key: LineKey): number {
    return this.#countWhile(first => compareKeys(first, key) < 0);
  }

  /** How many pieces begin before or with `key`. */
  startingUpTo(key: LineKey): number {
    return this.#countWhile(first => compareKeys(first, key) <= 0);
  }

  #countWhile(test: (firstKey: LineKey) => boolean): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (test(keyAt(this.at(middle)!, 0))) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
