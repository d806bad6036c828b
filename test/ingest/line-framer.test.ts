import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Batch} from '../../src/ingest/batch.ts';
import {LineFramer} from '../../src/ingest/line-framer.ts';

const framer = (maxLineBytes = 16, batchBytes = 32): LineFramer =>
  new LineFramer({maxLineBytes, batchBytes, allocate: size => new Uint8Array(size)});

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');

const eachByte = (text: string): Uint8Array[] => Array.from(bytesOf(text), byte => Uint8Array.of(byte));

/** Feeds the pieces, ends the stream, and returns all batches. */
const run = (target: LineFramer, pieces: readonly Uint8Array[], flushEach = false): Batch[] => {
  const batches: Batch[] = [];
  for (const [index, piece] of pieces.entries()) {
    batches.push(...target.push(piece, index, index));
    const open = flushEach ? target.flush() : null;
    if (open) batches.push(open);
  }
  const last = target.end(99, 99);
  return last ? [...batches, last] : batches;
};

type SeenLine = {text: string; length: number; number: number; offset: number};

/** What a worker would see: each line's kept text, true length, number and offset. */
const linesOf = (batches: readonly Batch[]): SeenLine[] =>
  batches.flatMap(batch => {
    const lines: SeenLine[] = [];
    let offset = batch.firstOffset;
    let at = 0;
    while (at < batch.bytes.length) {
      const end = batch.bytes.indexOf(10, at);
      const text = Buffer.from(batch.bytes.subarray(at, end)).toString('latin1');
      const start = at;
      const missing = batch.discarded.find(entry => entry.at === start)?.discarded ?? 0;
      lines.push({text, length: text.length + missing, number: batch.firstLine + lines.length, offset});
      offset += text.length + missing + 1;
      at = end + 1;
    }
    expect(lines).toHaveLength(batch.lines);
    return lines;
  });

/** The same by the simplest means, from the whole stream. */
const expected = (stream: string, maxLineBytes: number): SeenLine[] => {
  const texts = stream.split('\n');
  if (texts.at(-1) === '') texts.pop();
  let offset = 0;
  return texts.map((text, index) => {
    const line = {text: text.slice(0, maxLineBytes + 5), length: text.length, number: index + 1, offset};
    offset += text.length + 1;
    return line;
  });
};

const cut = (stream: string, cuts: readonly number[]): Uint8Array[] => {
  const places = [0, ...cuts.map(place => place % (stream.length + 1)).toSorted((a, b) => a - b), stream.length];
  return places.slice(1).map((end, index) => bytesOf(stream.slice(places[index], end)));
};

const facts = ({length, number, offset}: SeenLine): object => ({length, number, offset});

/** Reads on as a thread would that the batch is lent to; what has no room comes after. Null: it can't be lent. */
const fill = (target: LineFramer, bytes: Uint8Array, judges: boolean): {batch: Batch | null; rest: Uint8Array} | null => {
  const lent = target.lend(1, 50, 50);
  if (lent === null) return null;
  const {room, usedBytes} = lent;
  const taken = bytes.subarray(0, room.length - usedBytes);
  room.set(taken, usedBytes);
  const used = usedBytes + taken.length;
  const end = room.subarray(0, used).lastIndexOf(10) + 1;
  const lines = room.subarray(0, end).filter(byte => byte === 10).length;
  const batch = target.takeBack(used, judges && lines > 0 ? {lines, bytes: end} : null);
  return {batch, rest: bytes.subarray(taken.length)};
};

describe('LineFramer', () => {
  test('sees the same lines, numbers, offsets and lengths under any chunking', () => {
    const piece = fc.oneof(
      fc.constantFrom('\n', '\r\n', '\n\n', 'a', 'x'.repeat(15), 'y'.repeat(18), 'z'.repeat(40), '\u00e4\u00f6'),
      fc.string({unit: 'binary-ascii', maxLength: 50}),
    );
    const stream = fc.array(piece, {maxLength: 30}).map(parts => parts.join(''));
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), {maxLength: 8}), fc.boolean(), (text, cuts, flushEach) => {
        const target = framer();
        const seen = linesOf(run(target, cut(text, cuts), flushEach));
        const want = expected(text, 16);
        expect(seen.map(({length, number, offset}) => ({length, number, offset}))).toEqual(
          want.map(({length, number, offset}) => ({length, number, offset})),
        );
        for (const [index, line] of seen.entries()) {
          // A long line that was whole in the buffer may be kept in full; what is kept is its beginning.
          expect(line.text.startsWith(want[index]!.text)).toBe(true);
        }
        expect(target.linesIn).toBe(want.length);
        expect(target.bytesIn).toBe(text.length);
      }),
      {numRuns: 500},
    );
  });

  test('sees the same lines when others read into its batches', () => {
    const piece = fc.oneof(fc.constantFrom('\n', '\r\n', 'x'.repeat(15), 'y'.repeat(18), 'z'.repeat(40)), fc.string({unit: 'binary-ascii', maxLength: 50}));
    const stream = fc.array(piece, {maxLength: 30}).map(parts => parts.join(''));
    const readers = fc.array(fc.constantFrom('engine', 'judge', 'reader'), {minLength: 1, maxLength: 9});
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), {maxLength: 8}), readers, (text, cuts, who) => {
        const target = framer();
        const batches: (Batch | null)[] = [];
        for (const [index, bytes] of cut(text, cuts).entries()) {
          const reader = who[index % who.length]!;
          const filled = reader === 'engine' ? null : fill(target, bytes, reader === 'judge');
          batches.push(filled?.batch ?? null, ...target.push(filled?.rest ?? bytes, index, index));
        }
        batches.push(target.end(99, 99));
        const seen = linesOf(batches.filter(batch => batch !== null));
        const want = expected(text, 16);
        expect(seen.map(facts)).toEqual(want.map(facts));
        expect(seen.every((line, index) => line.text.startsWith(want[index]!.text))).toBe(true);
        expect([target.linesIn, target.bytesIn]).toEqual([want.length, text.length]);
      }),
      {numRuns: 500},
    );
  });

  test('lends a batch that has room, with what it holds, and gives none away meanwhile', () => {
    const target = framer(16, 1000);
    target.push(bytesOf('one\ntw'), 5, 105);
    const {room, ...lent} = target.lend(994, 9, 109)!;
    expect({...lent, room: room.length}).toEqual({usedBytes: 6, firstLine: 1, firstOffset: 0, arrivedAtMs: 105, room: 1000});
    expect([target.isLent, target.flush(), target.lend(1, 9, 109)]).toEqual([true, null, null]);
    room.set(bytesOf('o\nthr'), 6);
    const batch = target.takeBack(11, {lines: 2, bytes: 8})!;
    expect(Buffer.from(batch.bytes).toString()).toBe('one\ntwo\n');
    expect(batch).toMatchObject({lines: 2, firstLine: 1, sinceMs: 5});
    expect(target.lend(997, 20, 120)).toMatchObject({usedBytes: 3, firstLine: 3, firstOffset: 8, arrivedAtMs: 120});
    target.takeBack(3, null);
    expect(target.lend(998, 0, 0)).toBeNull();
  });

  test('lends no line of which not all was kept', () => {
    const target = framer(16, 1000);
    target.push(bytesOf('x'.repeat(40)), 0, 0);
    expect(target.lend(1, 0, 0)).toBeNull();
    target.push(bytesOf('\n'), 0, 0);
    expect(target.lend(1, 0, 0)).toBeNull();
    expect(target.flush()).toMatchObject({lines: 1});
    expect(target.lend(1, 0, 0)).toMatchObject({firstLine: 2, firstOffset: 41});
  });

  test('sees the same lines when each byte comes alone', () => {
    const text = 'ab\ncd\r\n\n' + 'x'.repeat(100) + '\nlast';
    expect(linesOf(run(framer(), eachByte(text)))).toEqual(expected(text, 16));
  });

  test('keeps a bounded number of bytes of a line that never ends', () => {
    const target = framer(16, 32);
    for (let round = 0; round < 1000; round++) target.push(new Uint8Array(1000).fill(97), 0, 0);
    expect(target.heldBytes).toBeLessThanOrEqual(33);
    expect(target.tailBytes).toBe(1_000_000);
    expect(target.bytesIn).toBe(1_000_000);
    const batch = target.end(0, 0);
    expect(batch?.lines).toBe(1);
    expect(batch?.discarded).toEqual([{at: 0, discarded: 1_000_000 - 21}]);
  });

  test.each([
    ['exactly the limit', 'x'.repeat(16), 0],
    ['the limit and a carriage return', 'x'.repeat(16) + '\r', 0],
    ['the limit, a byte order mark and a carriage return', `\u00ef\u00bb\u00bf${'x'.repeat(16)}\r`, 0],
    ['one byte more than is kept', 'x'.repeat(22), 1],
  ])('a line of %s loses the right number of bytes', (_title, line, discarded) => {
    const [batch] = run(framer(), eachByte(`${line}\n`));
    expect(batch?.discarded.map(entry => entry.discarded) ?? []).toEqual(discarded === 0 ? [] : [discarded]);
  });

  test('an empty stream has no line, and flush gives null while no line is whole', () => {
    const target = framer();
    expect(target.flush()).toBeNull();
    target.push(bytesOf('half'), 0, 0);
    expect(target.flush()).toBeNull();
    expect(target.tailBytes).toBe(4);
    expect(framer().end(0, 0)).toBeNull();
  });

  test('a batch is as old as its oldest line', () => {
    const target = framer();
    target.push(bytesOf('tail'), 1, 101);
    target.push(bytesOf('\n'), 2, 102);
    target.push(bytesOf('more\n'), 3, 103);
    expect(target.flush()).toMatchObject({sinceMs: 2, arrivedAtMs: 102, lines: 2});
  });

  test('a batch is cut, too, when it holds many lines', () => {
    const target = new LineFramer({maxLineBytes: 16, batchBytes: 1000, batchLines: 3, allocate: size => new Uint8Array(size)});
    const batches = eachByte('a\nb\nc\nd\ne').flatMap(byte => target.push(byte, 0, 0));
    expect(batches.map(({lines}) => lines)).toEqual([3]);
    expect(linesOf([...batches, target.end(0, 0)!]).map(({text}) => text)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('a batch does not change when more is read', () => {
    const target = framer(16, 1000);
    target.push(bytesOf('one\ntw'), 0, 0);
    const batch = target.flush();
    target.push(bytesOf('o\nthree\n'), 0, 0);
    expect(Buffer.from(batch!.bytes).toString()).toBe('one\n');
    expect(Buffer.from(target.flush()!.bytes).toString()).toBe('two\nthree\n');
  });
});
