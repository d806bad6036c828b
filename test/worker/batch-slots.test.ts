import {expect, test} from 'vitest';
import {BatchSlots} from '../../src/worker/batch-slots.ts';

const reserve = (): BatchSlots => BatchSlots.reserve({batchBytes: 1000, slotCount: 3, threads: 1})!;

test('gives each slot once, until it is given back, whatever part of it', () => {
  const slots = reserve();
  const taken = [slots.take(1000)!, slots.take(900)!, slots.take(1000)!];
  expect(new Set(taken.map(({byteOffset}) => byteOffset)).size).toBe(3);
  expect([slots.take(1000), slots.free]).toEqual([null, 0]);
  taken.forEach((bytes, index) => bytes.fill(index));
  expect(taken.map(bytes => bytes.every(byte => byte === bytes[0]))).toEqual([true, true, true]);
  expect(slots.release(taken[1]!.subarray(800, 810))).toBe(true);
  expect(slots.take(1000)!.byteOffset).toBe(taken[1]!.byteOffset);
});

test('is not for what is larger, nor for what would leave most of a slot empty', () => {
  const slots = reserve();
  expect([slots.take(1001 + 64), slots.take(100)]).toEqual([null, null]);
  expect(slots.free).toBe(3);
});

test('knows its own bytes', () => {
  const slots = reserve();
  const bytes = slots.take(1000)!;
  expect([slots.holds(bytes), slots.holds(new Uint8Array(10))]).toEqual([true, false]);
  expect([slots.release(new Uint8Array(10)), slots.free]).toEqual([false, 2]);
});

test('is not there where there is not so much memory', () => {
  expect(BatchSlots.reserve({batchBytes: 2 ** 31, slotCount: 100, threads: 1})).toBeNull();
});
