import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {FrameReader, frameOf, framesOf} from '../../src/wire/frames.ts';
import type {Frame} from '../../src/wire/frames.ts';

const messages = [{kind: 'a'}, {text: 'ü € 🙂 \ud800'}, [], 'x'.repeat(500), 0, null, {}];
const stream = Buffer.concat(messages.map(message => frameOf(message)));

const readAll = (reader: FrameReader): Frame[] => {
  const frames: Frame[] = [];
  for (let frame = reader.read(); frame.kind !== 'none'; frame = reader.read()) {
    frames.push(frame);
    if (frame.kind === 'bad') break;
  }
  return frames;
};

/** All that comes of the pieces; read after each of them, or only at the end. */
const readPieces = (pieces: readonly Buffer[], reader = new FrameReader(10_000), readsLate = false): Frame[] => {
  const frames = pieces.flatMap(piece => {
    reader.push(piece);
    return readsLate ? [] : readAll(reader);
  });
  return [...frames, ...(readsLate ? readAll(reader) : [])];
};

test('several at once are the same as one by one', () => {
  expect(framesOf(messages)).toEqual(stream);
  expect(framesOf([])).toHaveLength(0);
});

const all = messages.map(message => ({kind: 'message', message}));

describe('torn input', () => {
  test('each byte alone', () => {
    expect(readPieces([...stream].map(byte => Buffer.from([byte])))).toEqual(all);
  });

  test('each possible cut', () => {
    for (let cut = 0; cut <= stream.length; cut++) {
      expect(readPieces([stream.subarray(0, cut), stream.subarray(cut)])).toEqual(all);
    }
  });

  test('any pieces, read at any time', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), fc.boolean(), (cuts, readsLate) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const pieces = places.slice(1).map((to, index) => stream.subarray(places[index], to));
        expect(readPieces(pieces, new FrameReader(10_000), readsLate)).toEqual(all);
      }),
    );
  });

  test('is between frames only where nothing would be lost', () => {
    const reader = new FrameReader(100);
    const frame = frameOf('hello');
    const places = [...frame].map(byte => {
      const before = reader.isBetweenFrames;
      reader.push(Buffer.from([byte]));
      readAll(reader);
      return before;
    });
    expect(places).toEqual([true, ...Array.from({length: frame.length - 1}, () => false)]);
    expect(reader.isBetweenFrames).toBe(true);
  });
});

const raw = (bytes: Buffer): Buffer => {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(bytes.length);
  return Buffer.concat([header, bytes]);
};

describe('what is no frame', () => {
  test.each([
    ['no JSON', raw(Buffer.from('{"a":')), /JSON/],
    ['nothing', raw(Buffer.alloc(0)), /JSON, got 0 bytes/],
    ['no UTF-8', raw(Buffer.from([0x22, 0xff, 0x22])), /not UTF-8/],
    ['a line of text', Buffer.from('GET / HTTP/1.1\r\n'), /at most 1000 bytes, got one of 1195725856/],
    ['one byte too long', frameOf('x'.repeat(999)), /at most 1000 bytes, got one of 1001/],
  ])('%s is bad, and nothing follows', (_what, bytes, reason) => {
    const reader = new FrameReader(1000);
    const bad = {kind: 'bad', reason: expect.stringMatching(reason) as string};
    expect(readPieces([frameOf(1), bytes, frameOf(2)], reader, true)).toEqual([{kind: 'message', message: 1}, bad]);
    reader.push(frameOf(3));
    expect(reader.read()).toEqual(bad);
  });

  test('the largest that is allowed is not bad', () => {
    expect(readPieces([frameOf('x'.repeat(998))], new FrameReader(1000))).toHaveLength(1);
  });

  test('deep JSON is read or refused, never a crash', () => {
    const deep = raw(Buffer.from('['.repeat(60_000)));
    expect(readPieces([deep], new FrameReader(65_536))).toMatchObject([{kind: 'bad'}]);
  });

  test('a limit may be changed between two frames', () => {
    const reader = new FrameReader(1000);
    expect(readPieces([frameOf('x'.repeat(500))], reader)).toHaveLength(1);
    reader.maxFrameBytes = 100;
    expect(readPieces([frameOf('x'.repeat(500))], reader)).toMatchObject([{kind: 'bad'}]);
  });
});

test('a large frame in many pieces is read in time that grows with its size alone', () => {
  const frame = frameOf('x'.repeat(8 * 1024 * 1024));
  const pieces = Array.from({length: Math.ceil(frame.length / 64)}, (_, n) => frame.subarray(n * 64, (n + 1) * 64));
  // Copied anew with each piece it would be half a terabyte.
  expect(readPieces(pieces, new FrameReader(frame.length))).toHaveLength(1);
  expect(readPieces(pieces, new FrameReader(frame.length), true)).toHaveLength(1);
});
