import fc from 'fast-check';
import {expect, test} from 'vitest';
import {countNewlines} from '../../src/ingest/newline-count.ts';

const naive = (bytes: Uint8Array, start: number, end: number): number =>
  bytes.subarray(start, end).filter(byte => byte === 10).length;

test('counts newlines in any range of any bytes at any alignment', () => {
  const byte = fc.oneof(fc.constantFrom(10, 0x0a ^ 0x80, 0x0b, 0x00, 0xff), fc.integer({min: 0, max: 255}));
  fc.assert(
    fc.property(fc.array(byte, {maxLength: 80}), fc.nat(7), fc.nat(20), fc.nat(20), (data, shift, head, tail) => {
      const bytes = new Uint8Array(new ArrayBuffer(data.length + shift), shift, data.length);
      bytes.set(data);
      const start = Math.min(head, data.length);
      const end = Math.max(start, data.length - tail);
      expect(countNewlines(bytes, start, end)).toBe(naive(bytes, start, end));
    }),
  );
});

test('counts more newlines than a lane of its accumulator holds', () => {
  expect(countNewlines(new Uint8Array(100_003).fill(10), 0, 100_003)).toBe(100_003);
});
