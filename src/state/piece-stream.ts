import type {HistoryPiece} from '../model/task.ts';
import {canCoalesce, COALESCED_BYTES, PieceBuilder, sizeOf} from './piece-builder.ts';
import {PieceList} from './piece-list.ts';

/** What a piece costs beside its bytes: its objects and its buffers' own. */
export const PIECE_OVERHEAD_BYTES = 512;

/** The history of one stream: its pieces and what they cost. */
export class PieceStream {
  readonly pieces = new PieceList();
  readonly #builder = new PieceBuilder();
  #isBuilding = false;
  #heldBytes = 0;

  /** Bytes, verdicts and {@link PIECE_OVERHEAD_BYTES} of each piece. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Adds the next piece. Returns false when it was copied and its own bytes are no longer needed. */
  add(piece: HistoryPiece): boolean {
    const newest = this.#isBuilding ? this.pieces.newest() : undefined;
    if (newest !== undefined && canCoalesce(newest, piece)) {
      this.pieces.replaceNewest(this.#builder.append(newest, piece));
      this.#heldBytes += sizeOf(piece);
      return false;
    }
    if (newest !== undefined) this.pieces.replaceNewest(this.#builder.finish(newest));
    this.#isBuilding = sizeOf(piece) < COALESCED_BYTES;
    this.pieces.push(this.#isBuilding ? this.#builder.start(piece) : withSnugBytes(piece));
    this.#heldBytes += sizeOf(piece) + PIECE_OVERHEAD_BYTES;
    return this.pieces.newest()?.bytes === piece.bytes;
  }

  /** Takes the oldest piece out and returns it; undefined when there is none. */
  evict(): HistoryPiece | undefined {
    const piece = this.pieces.shift();
    if (piece === undefined) return undefined;
    this.#heldBytes -= sizeOf(piece) + PIECE_OVERHEAD_BYTES;
    return piece;
  }
}

/** A view that uses less than half of its buffer would hold on to more memory than is counted. */
const withSnugBytes = (piece: HistoryPiece): HistoryPiece => {
  const {bytes} = piece;
  const isSnug = !(bytes.buffer instanceof ArrayBuffer) || bytes.length * 2 >= bytes.buffer.byteLength;
  return isSnug ? piece : {...piece, bytes: new Uint8Array(bytes)};
};
