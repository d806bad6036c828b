import type {HistoryPiece} from '../../src/model/task.ts';

/** A piece of `lines` equal lines; everything else as given, or as of the first piece of a stdout. */
export const pieceOf = (lines: number, bytesPerLine: number, over: Partial<HistoryPiece> = {}): HistoryPiece => ({
  stream: 'stdout',
  generation: 1,
  firstLine: 1,
  firstOffset: 0,
  ordinal: 1,
  sub: 0,
  arrivedAtMs: 0,
  lines,
  bytes: Buffer.from(`${'x'.repeat(bytesPerLine - 1)}\n`.repeat(lines)),
  discarded: [],
  verdicts: null,
  ...over,
});

/** `piece` where `before` ends. */
export const following = (before: HistoryPiece, piece: HistoryPiece): HistoryPiece => ({
  ...piece,
  firstLine: before.firstLine + before.lines,
  firstOffset: before.firstOffset + before.bytes.length + before.discarded.reduce((sum, one) => sum + one.discarded, 0),
  ordinal: before.stream === 'stdout' ? before.ordinal + before.lines : before.ordinal,
  sub: before.stream === 'stderr' ? before.sub + before.lines : before.sub,
});
