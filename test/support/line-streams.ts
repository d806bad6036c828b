import fc from 'fast-check';
import {LineFramer} from '../../src/ingest/line-framer.ts';
import type {Batch} from '../../src/ingest/batch.ts';

/** Pieces that streams of lines go wrong over: ends of line, blanks, JSON of all kinds, UTF-8 whole, torn and wrong. */
const piece = fc
  .oneof(
    {weight: 4, arbitrary: fc.constantFrom('\n', '\n', '\r\n', ' ', '\t\v\f', '\r', '\0')},
    {
      weight: 4,
      arbitrary: fc.constantFrom('{"a":1}', '{"level":"error","msg":"disk 7 full"}', '[1]', '12', '{bad', 'null'),
    },
    {weight: 2, arbitrary: fc.constantFrom('ä', '🙂', '\u2028', '\ufeff', '{"ü":"\u202e"}')},
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ' '.repeat(40),
        'x'.repeat(33),
        'ö'.repeat(20),
        '{"long":"0123456789012345678901234567"}',
      ),
    },
  )
  .map(text => Buffer.from(text));

const anyBytes = fc.uint8Array({maxLength: 6}).map(bytes => Buffer.from(bytes));

/** Behind a byte order mark, a line of about the limit of 32 bytes. */
const start = fc
  .tuple(fc.constantFrom('', '', '\ufeff'), fc.integer({min: 0, max: 35}))
  .map(([mark, length]) => Buffer.from(mark + 'y'.repeat(mark === '' ? 0 : length)));

/** Any bytes, mostly such pieces. */
export const streamArbitrary: fc.Arbitrary<Buffer> = fc
  .tuple(start, fc.array(fc.oneof({weight: 6, arbitrary: piece}, {weight: 1, arbitrary: anyBytes}), {maxLength: 40}))
  .map(([first, parts]) => Buffer.concat([first, ...parts]));

/** A way to cut a stream: sizes of its chunks, repeated as long as it lasts, and after which of them batches are cut. */
export const cutsArbitrary = fc.array(fc.tuple(fc.integer({min: 1, max: 60}), fc.boolean()), {
  minLength: 1,
  maxLength: 10,
});

export type Cuts = readonly (readonly [size: number, flush: boolean])[];

/** The batches of a stream that comes in these chunks. */
export const batchesOf = (stream: Buffer, cuts: Cuts, maxLineBytes: number): Batch[] => {
  const framer = new LineFramer({maxLineBytes, batchBytes: 64, allocate: size => new Uint8Array(size)});
  const batches: (Batch | null)[] = [];
  for (let at = 0, turn = 0; at < stream.length; turn++) {
    const [size, flush] = cuts[turn % cuts.length]!;
    batches.push(...framer.push(stream.subarray(at, at + size), 0, 0));
    if (flush) batches.push(framer.flush());
    at += size;
  }
  return [...batches, framer.end(0, 0)].filter(batch => batch !== null);
};

/** How many lines the stream has, by the simplest means. */
export const lineCount = (stream: Buffer): number =>
  stream.filter(byte => byte === 10).length + (stream.length > 0 && stream.at(-1) !== 10 ? 1 : 0);
