import {describe, expect, it} from 'vitest';
import type {HistoryPiece} from '../../src/model/task.ts';
import {History} from '../../src/state/history.ts';
import {COALESCED_BYTES, COALESCED_MS} from '../../src/state/piece-builder.ts';
import {PIECE_OVERHEAD_BYTES, PieceStream} from '../../src/state/piece-stream.ts';
import {following, pieceOf} from '../support/piece.ts';

/** So many pieces, each where the one before it ended. */
const chain = (first: HistoryPiece, ...rest: HistoryPiece[]): HistoryPiece[] =>
  rest.reduce((pieces, next) => [...pieces, following(pieces.at(-1) ?? first, next)], [first]);

const streamOf = (...pieces: HistoryPiece[]): PieceStream => {
  const stream = new PieceStream();
  for (const piece of pieces) stream.add(piece);
  return stream;
};
const listed = ({pieces}: PieceStream): HistoryPiece[] =>
  Array.from({length: pieces.length}, (_, index) => pieces.at(index)).filter(piece => piece !== undefined);
const [a, b] = chain(pieceOf(3, 10), pieceOf(2, 20)) as [HistoryPiece, HistoryPiece];

describe('PieceStream', () => {
  it('copies small pieces that follow one another together', () => {
    const [joined, ...others] = listed(streamOf(a, b));
    expect(others).toEqual([]);
    expect(joined).toMatchObject({firstLine: 1, ordinal: 1, firstOffset: 0, lines: 5});
    expect(Buffer.from(joined?.bytes ?? [])).toEqual(Buffer.concat([a.bytes, b.bytes]));
  });

  it.each<[string, HistoryPiece, HistoryPiece]>([
    ['the next generation', a, {...b, generation: 2}],
    ['a gap in the lines', a, {...b, firstLine: b.firstLine + 1}],
    ['a gap in the keys', a, {...b, ordinal: b.ordinal + 1}],
    ['a gap in the bytes', a, {...b, firstOffset: b.firstOffset + 1}],
    ['verdicts on one of them', a, {...b, verdicts: new Uint8Array(1)}],
    ['a long time in between', a, {...b, arrivedAtMs: a.arrivedAtMs + COALESCED_MS + 1}],
    ['too many bytes', a, {...b, bytes: new Uint8Array(COALESCED_BYTES)}],
    ['stdout between stderr', {...a, stream: 'stderr', sub: 1}, {...b, stream: 'stderr', ordinal: 2, sub: 4}],
  ])('keeps pieces apart that are parted by %s', (_, first, second) => {
    const copies = [first, second].map(piece => ({...piece, bytes: new Uint8Array(piece.bytes)}));
    expect(listed(streamOf(first, second))).toEqual(copies);
  });

  it('moves the places of discarded bytes along, and counts them in offsets', () => {
    const pieces = chain({...a, discarded: [{at: 10, discarded: 500}]}, {...b, discarded: [{at: 20, discarded: 7}]});
    const discarded = [{at: 10, discarded: 500}, {at: 50, discarded: 7}];
    expect(listed(streamOf(...pieces))).toMatchObject([{discarded}]);
  });

  it('leaves what it has handed out as it was', () => {
    const stream = streamOf(a, b);
    const before = stream.pieces.newest();
    const bytes = Buffer.from(before?.bytes ?? []);
    stream.add(following(before ?? a, pieceOf(1000, 30)));
    expect(before?.lines).toBe(5);
    expect(Buffer.from(before?.bytes ?? [])).toEqual(bytes);
  });

  it('fills pieces of 64 KiB and holds no more memory than it counts', () => {
    const stream = streamOf(...chain(pieceOf(1, 100), ...Array.from({length: 5000}, () => pieceOf(1, 100))));
    const pieces = listed(stream);
    expect(pieces.length).toBe(Math.ceil(5001 / Math.floor(COALESCED_BYTES / 100)));
    expect(stream.heldBytes).toBe(500_100 + pieces.length * PIECE_OVERHEAD_BYTES);
    for (const piece of pieces.slice(0, -1)) expect(piece.bytes.buffer.byteLength).toBe(piece.bytes.length);
    expect(pieces.at(-1)?.bytes.buffer.byteLength).toBeLessThanOrEqual(COALESCED_BYTES);
  });

  it('copies each byte a few times at most', () => {
    const stream = new PieceStream();
    const buffers = new Set<ArrayBufferLike>();
    let last = pieceOf(1, 10);
    for (let count = 0; count < 6000; count++, last = following(last, pieceOf(1, 10))) {
      stream.add(last);
      buffers.add(stream.pieces.newest()?.bytes.buffer ?? new ArrayBuffer(0));
    }
    expect(buffers.size).toBeLessThan(20);
  });

  it('keeps large pieces as they come', () => {
    const big = pieceOf(100, 1000, {bytes: new Uint8Array(100_000)});
    const stream = new PieceStream();
    expect(stream.add(big)).toBe(true);
    expect(stream.pieces.newest()?.bytes).toBe(big.bytes);
  });

  it('copies the view of a much larger buffer', () => {
    const view = new Uint8Array(1_000_000).subarray(0, 100_000);
    const stream = new PieceStream();
    expect(stream.add(pieceOf(1, 100_000, {bytes: view}))).toBe(false);
    expect(stream.pieces.newest()?.bytes.buffer.byteLength).toBe(100_000);
  });
});

describe('bytes that history lets go of', () => {
  it('are those of small pieces at once and those of large ones with their eviction', () => {
    const free: Uint8Array[] = [];
    const history = new History(300_000, {onEvict: bytes => free.push(bytes)});
    const [first, second, third] = [0, 1, 2].map(index =>
      pieceOf(1, 10, {ordinal: index + 1, firstLine: index + 1, bytes: new Uint8Array(140_000)}),
    ) as [HistoryPiece, HistoryPiece, HistoryPiece];
    history.add(first);
    history.add(second);
    expect(free).toEqual([]);
    const small = pieceOf(1, 10, {stream: 'stderr', ordinal: 2, sub: 1});
    history.add(small);
    expect(free).toEqual([small.bytes]);
    history.add(third);
    expect(free[1]).toBe(first.bytes);
  });

  it('do not include a lone piece beyond the capacity, until the next one comes', () => {
    const free: Uint8Array[] = [];
    const history = new History(10, {onEvict: bytes => free.push(bytes)});
    const large = pieceOf(1, 10, {bytes: new Uint8Array(200_000)});
    history.add(large);
    expect(history.find([1, 0])).not.toBeNull();
    expect(free).toEqual([]);
    history.add({...large, ordinal: 2, firstLine: 2, bytes: new Uint8Array(200_000)});
    expect(history.find([1, 0])).toBeNull();
    expect(free).toEqual([large.bytes]);
  });

  it('do not exist for a piece without lines', () => {
    const history = new History(10);
    history.add(pieceOf(0, 1, {bytes: new Uint8Array(0)}));
    expect(history.heldBytes).toBe(0);
  });
});
