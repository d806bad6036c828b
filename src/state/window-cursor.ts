import type {LineKey} from '../model/display-line.ts';
import type {HistoryPiece} from '../model/task.ts';
import {keyAt, linesAbove, linesBelow} from './history-piece.ts';
import type {PieceList} from './piece-list.ts';

type Window = {
  readonly after: LineKey | null;
  readonly before: LineKey | null;
  readonly keep: 'first' | 'last';
};

/** Walks the pieces of one stream that have lines in a window, from the end that is kept. */
export class WindowCursor {
  readonly #pieces: PieceList;
  readonly #window: Window;
  #index: number;

  constructor(pieces: PieceList, window: Window) {
    this.#pieces = pieces;
    this.#window = window;
    this.#index = firstIndex(pieces, window);
  }

  /** The piece here and the key of its line that is nearest to the kept end; null behind the last. */
  current(): {readonly piece: HistoryPiece; readonly edge: LineKey} | null {
    const piece = this.#pieces.at(this.#index);
    if (piece === undefined) return null;
    const {after, before, keep} = this.#window;
    const first = after === null ? 0 : piece.lines - linesAbove(piece, after);
    const end = before === null ? piece.lines : linesBelow(piece, before);
    if (first >= end) return null;
    return {piece, edge: keyAt(piece, keep === 'last' ? end - 1 : first)};
  }

  advance(): void {
    this.#index += this.#window.keep === 'last' ? -1 : 1;
  }
}

/** Only the piece that a bound falls into can be half inside; one that ends there is stepped over. */
const firstIndex = (pieces: PieceList, {after, before, keep}: Window): number => {
  if (keep === 'last') return (before === null ? pieces.length : pieces.startingBelow(before)) - 1;
  if (after === null) return 0;
  const index = Math.max(0, pieces.startingUpTo(after) - 1);
  const piece = pieces.at(index);
  return piece !== undefined && linesAbove(piece, after) === 0 ? index + 1 : index;
};
