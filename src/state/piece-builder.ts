import type {HistoryPiece} from '../model/task.ts';

/** A coalesced piece grows to so many bytes; larger pieces are kept as they come. */
export const COALESCED_BYTES = 64 * 1024;

/** All lines of a coalesced piece are shown with its first arrival, so it must not span longer. */
export const COALESCED_MS = 1000;

/** Appends small pieces to one another in buffers that double, so that each byte is copied a few times at most. */
export class PieceBuilder {
  #bytes = new Uint8Array(0);
  #verdicts = new Uint8Array(0);

  /** A copy of `piece` that {@link append} can add to. */
  start(piece: HistoryPiece): HistoryPiece {
    this.#bytes = new Uint8Array(piece.bytes);
    this.#verdicts = new Uint8Array(piece.verdicts ?? []);
    return {...piece, bytes: this.#bytes, verdicts: piece.verdicts && this.#verdicts};
  }

  /** `into`, the piece being built, with `next` behind it; views of `into` handed out before stay valid. */
  append(into: HistoryPiece, next: HistoryPiece): HistoryPiece {
    this.#bytes = appended(this.#bytes, into.bytes.length, next.bytes);
    return {
      ...into,
      bytes: this.#bytes.subarray(0, into.bytes.length + next.bytes.length),
      lines: into.lines + next.lines,
      discarded: joinDiscarded(into, next),
      verdicts: this.#appendVerdicts(into.verdicts, next.verdicts),
    };
  }

  /** The finished piece in buffers of its own size, as memory is counted by what is used of it. */
  finish(piece: HistoryPiece): HistoryPiece {
    const {bytes, verdicts} = piece;
    const hasSlack = bytes.length < this.#bytes.length || (verdicts?.length ?? 0) < this.#verdicts.length;
    return hasSlack ? this.start(piece) : piece;
  }

  #appendVerdicts(into: Uint8Array | null, next: Uint8Array | null): Uint8Array | null {
    if (into === null || next === null) return null;
    this.#verdicts = appended(this.#verdicts, into.length, next);
    return this.#verdicts.subarray(0, into.length + next.length);
  }
}

/** Whether `next` goes on exactly where `into` ends, soon after it, and both are small. */
export const canCoalesce = (into: HistoryPiece, next: HistoryPiece): boolean =>
  sizeOf(into) + sizeOf(next) <= COALESCED_BYTES &&
  Math.abs(next.arrivedAtMs - into.arrivedAtMs) <= COALESCED_MS &&
  into.stream === next.stream &&
  into.generation === next.generation &&
  (into.verdicts === null) === (next.verdicts === null) &&
  into.firstLine + into.lines === next.firstLine &&
  into.firstOffset + into.bytes.length + discardedBytes(into) === next.firstOffset &&
  followsKeys(into, next);

/** What a piece holds: its lines and the verdicts on them. */
export const sizeOf = ({bytes, verdicts}: HistoryPiece): number => bytes.length + (verdicts?.length ?? 0);

const followsKeys = (into: HistoryPiece, next: HistoryPiece): boolean =>
  into.stream === 'stdout'
    ? into.ordinal + into.lines === next.ordinal && into.sub === next.sub
    : into.ordinal === next.ordinal && into.sub + into.lines === next.sub;

const discardedBytes = (piece: HistoryPiece): number =>
  piece.discarded.reduce((sum, {discarded}) => sum + discarded, 0);

const joinDiscarded = (into: HistoryPiece, next: HistoryPiece): HistoryPiece['discarded'] => {
  if (next.discarded.length === 0) return into.discarded;
  const shifted = next.discarded.map(({at, discarded}) => ({at: at + into.bytes.length, discarded}));
  return [...into.discarded, ...shifted];
};

/** `buffer` with `more` at `used`: in place where it fits, else in one twice as large. */
const appended = (buffer: Uint8Array<ArrayBuffer>, used: number, more: Uint8Array): Uint8Array<ArrayBuffer> => {
  const needed = used + more.length;
  let grown = buffer;
  if (needed > buffer.length) {
    grown = new Uint8Array(Math.max(needed, Math.min(2 * buffer.length, COALESCED_BYTES)));
    grown.set(buffer.subarray(0, used));
  }
  grown.set(more, used);
  return grown;
};
