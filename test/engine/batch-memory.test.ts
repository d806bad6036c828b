import {expect, test} from 'vitest';
import {BatchMemory} from '../../src/engine/batch-memory.ts';
import {BatchSlots} from '../../src/worker/batch-slots.ts';

const SIZE = 256 * 1024;

test('gives memory of its own, whose slices are copies', () => {
  const bytes = new BatchMemory(null).allocate(SIZE);
  expect(bytes.buffer.byteLength).toBe(SIZE);
  expect(bytes.slice().buffer).not.toBe(bytes.buffer);
});

test('gives memory again that was released, once, and only where the size fits', () => {
  const memory = new BatchMemory(null);
  const bytes = memory.allocate(SIZE);
  memory.release(bytes.subarray(0, 10));
  expect(memory.allocate(SIZE + 1).buffer).not.toBe(bytes.buffer);
  expect(memory.allocate(SIZE).buffer).toBe(bytes.buffer);
  expect(memory.allocate(SIZE).buffer).not.toBe(bytes.buffer);
});

test('does not hoard', () => {
  const memory = new BatchMemory(null);
  const buffers = Array.from({length: 40}, () => new Uint8Array(SIZE));
  for (const bytes of buffers) memory.release(bytes);
  const again = new Set(Array.from({length: 40}, () => memory.allocate(SIZE).buffer));
  expect(buffers.filter(({buffer}) => again.has(buffer)).length).toBeLessThanOrEqual(16);
});

test('gives slots while there are some, for batches of their size, and buffers for all else', () => {
  const slots = BatchSlots.reserve({batchBytes: SIZE, slotCount: 2, threads: 1})!;
  const memory = new BatchMemory(slots);
  const [a, b, c, small] = [SIZE, SIZE, SIZE, 100].map(memory.allocate);
  expect([a, b, c, small].map(bytes => memory.isShared(bytes!))).toEqual([true, true, false, false]);
  expect([a, b, c, small].map(bytes => bytes!.length)).toEqual([SIZE, SIZE, SIZE, 100]);
  memory.release(b!.subarray(5, 6));
  expect(memory.allocate(SIZE).byteOffset).toBe(b!.byteOffset);
  for (const bytes of [a!, c!]) {
    bytes.fill(10, 7, 50);
    bytes.fill(0, 0, 7);
    expect(memory.countNewlines(bytes, 3, 40)).toBe(33);
    memory.copy(memory.landing.fill(1).subarray(0, 9), bytes, 70);
    memory.copy(new Uint8Array([2, 3]), bytes, 79);
    expect([...bytes.subarray(68, 82)].slice(2, 13)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3]);
  }
});
