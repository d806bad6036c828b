import {compareKeys} from '../model/display-line.ts';
import type {LineKey} from '../model/display-line.ts';
import type {HistoryPiece} from '../model/task.ts';
import {keyAt, linesBelow} from './history-piece.ts';
import {selectPieces} from './history-select.ts';
import type {Selection, WindowQuery} from './history-select.ts';
import {PieceStream} from './piece-stream.ts';

/**
 * The newest output of a process as raw bytes in pieces of whole lines, bounded by bytes.
 *
 * Pieces of one stream come in key order; stderr may overtake stdout. Small pieces that follow one another
 * are copied together, large ones kept as they come.
 */
export class History {
  readonly #capacityBytes: number;
  readonly #onEvict: (bytes: Uint8Array) => void;
  readonly #streams = {stdout: new PieceStream(), stderr: new PieceStream()};

  /**
   * @param capacityBytes Of bytes, verdicts and `PIECE_OVERHEAD_BYTES` a piece. The newest piece is kept even
   *   where it alone is more.
   * @param options.onEvict Receives bytes that history has let go of, to be used again: those of evicted
   *   pieces, and those of small pieces once they are copied. Selections made before may still show them.
   */
  constructor(capacityBytes: number, options: {readonly onEvict?: (bytes: Uint8Array) => void} = {}) {
    this.#capacityBytes = capacityBytes;
    this.#onEvict = options.onEvict ?? (() => {});
  }

  /** What is held now, in the measure of the capacity. */
  get heldBytes(): number {
    return this.#streams.stdout.heldBytes + this.#streams.stderr.heldBytes;
  }

  /** Adds the piece that comes next in its stream and evicts the oldest while there is too much. */
  add(piece: HistoryPiece): void {
    if (piece.lines === 0) return;
    const isKept = this.#streams[piece.stream].add(piece);
    if (!isKept) this.#onEvict(piece.bytes);
    while (this.heldBytes > this.#capacityBytes && this.#pieceCount() > 1) this.#evictOldest();
  }

  /** The pieces that cover the first or last lines of a window, 4 MiB at the most. */
  select(query: WindowQuery): Selection {
    return selectPieces(this.#streams.stdout.pieces, this.#streams.stderr.pieces, query);
  }

  /** The piece that holds the line of this key; null where history no longer does. */
  find(key: LineKey): HistoryPiece | null {
    for (const {pieces} of [this.#streams.stdout, this.#streams.stderr]) {
      const piece = pieces.at(pieces.startingUpTo(key) - 1);
      if (piece !== undefined && holdsLine(piece, key)) return piece;
    }
    return null;
  }

  #pieceCount(): number {
    return this.#streams.stdout.pieces.length + this.#streams.stderr.pieces.length;
  }

  #evictOldest(): void {
    const {stdout, stderr} = this.#streams;
    const [a, b] = [stdout.pieces.at(0), stderr.pieces.at(0)];
    const isStdout = b === undefined || (a !== undefined && compareKeys(keyAt(a, 0), keyAt(b, 0)) < 0);
    const piece = (isStdout ? stdout : stderr).evict();
    if (piece !== undefined) this.#onEvict(piece.bytes);
  }
}

const holdsLine = (piece: HistoryPiece, key: LineKey): boolean => {
  const index = linesBelow(piece, key);
  return index < piece.lines && compareKeys(keyAt(piece, index), key) === 0;
};
