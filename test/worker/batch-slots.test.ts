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

test('copies what was read into a slot, to the byte', () => {
  const slots = BatchSlots.reserve({batchBytes: 70_000, slotCount: 1, threads: 1})!;
  const slot = slots.take(70_000)!;
  const {landing} = slots;
  landing.forEach((_, at) => (landing[at] = at * 7));
  for (const [bytes, at] of [[0, 5], [1, 3], [63, 0], [64, 1], [65, 9], [1000, 77], [65_536, 4464]] as const) {
    slot.fill(255);
    expect(slots.copy(landing.subarray(0, bytes), slot, at)).toBe(true);
    expect(Buffer.from(slot.subarray(at, at + bytes)).equals(Buffer.from(landing.subarray(0, bytes)))).toBe(true);
    expect([slot[at - 1] ?? 255, slot[at + bytes] ?? 255]).toEqual([255, 255]);
  }
  expect([slots.copy(new Uint8Array(10), slot, 0), slots.copy(landing, new Uint8Array(70_000), 0)]).toEqual([false, false]);
});
