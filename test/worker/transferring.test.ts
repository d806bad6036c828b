import {Tinypool} from 'tinypool';
import {describe, expect, test} from 'vitest';
import {transferring} from '../../src/worker/transferring.ts';

type Movable = {readonly [Tinypool.transferableSymbol]: unknown; readonly [Tinypool.valueSymbol]: unknown};

const sent = (value: object, arrays: readonly (Uint8Array | null)[]): Movable => transferring(value, arrays) as Movable;

describe('a result', () => {
  test('goes with the memory of its arrays, each buffer once', () => {
    const buffer = new ArrayBuffer(8);
    const value = {a: new Uint8Array(buffer, 0, 4), b: new Uint8Array(buffer, 4), c: new Uint8Array(2)};
    const movable = sent(value, [value.a, value.b, null, value.c]);
    expect(movable[Tinypool.transferableSymbol]).toEqual([buffer, value.c.buffer]);
    expect(movable[Tinypool.valueSymbol]).toBe(value);
  });

  test('leaves shared memory out: it is everywhere already', () => {
    const array = new Uint8Array(new SharedArrayBuffer(4));
    expect(sent({array}, [array])[Tinypool.transferableSymbol]).toEqual([]);
  });
});
