import {expect, test} from 'vitest';
import {BatchMemory} from '../../src/engine/batch-memory.ts';

const SIZE = 256 * 1024;

test('gives memory of its own, whose slices are copies', () => {
  const bytes = new BatchMemory().allocate(SIZE);
  expect(bytes.buffer.byteLength).toBe(SIZE);
  expect(bytes.slice().buffer).not.toBe(bytes.buffer);
});

test('gives memory again that was released, once, and only where the size fits', () => {
  const memory = new BatchMemory();
  const bytes = memory.allocate(SIZE);
  memory.release(bytes.subarray(0, 10));
  expect(memory.allocate(SIZE + 1).buffer).not.toBe(bytes.buffer);
  expect(memory.allocate(SIZE).buffer).toBe(bytes.buffer);
  expect(memory.allocate(SIZE).buffer).not.toBe(bytes.buffer);
});

test('does not hoard', () => {
  const memory = new BatchMemory();
  const buffers = Array.from({length: 40}, () => new Uint8Array(SIZE));
  for (const bytes of buffers) memory.release(bytes);
  const again = new Set(Array.from({length: 40}, () => memory.allocate(SIZE).buffer));
  expect(buffers.filter(({buffer}) => again.has(buffer)).length).toBeLessThanOrEqual(16);
});
