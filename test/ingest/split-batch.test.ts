import {expect, test} from 'vitest';
import {LineFramer} from '../../src/ingest/line-framer.ts';
import {splitBatch} from '../../src/ingest/split-batch.ts';

const batchOf = (text: string) => {
  const framer = new LineFramer({maxLineBytes: 1, batchBytes: 1000, allocate: size => new Uint8Array(size)});
  framer.push(Buffer.from('first\n'), 0, 0);
  framer.flush();
  for (const character of text) framer.push(Buffer.from(character), 1, 2);
  return framer.flush()!;
};

test('both parts keep numbers, offsets and what was discarded of their lines', () => {
  const batch = batchOf('a\nlonglonglong\nb\nverylongline\nc\n');
  const [head, rest] = splitBatch(batch, 3);
  expect(Buffer.from(head.bytes).toString()).toBe('a\nlonglo\nb\n');
  expect(head).toMatchObject({lines: 3, firstLine: 2, firstOffset: 6, discarded: [{at: 2, discarded: 6}]});
  expect(Buffer.from(rest!.bytes).toString()).toBe('verylo\nc\n');
  expect(rest).toMatchObject({lines: 2, firstLine: 5, firstOffset: 6 + 17, discarded: [{at: 0, discarded: 6}]});
  expect(rest).toMatchObject({sinceMs: 1, arrivedAtMs: 2});
});

test('a batch that is not longer than asked for stays whole', () => {
  const batch = batchOf('a\nb\n');
  expect(splitBatch(batch, 2)).toEqual([batch, null]);
});
