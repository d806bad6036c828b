import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {MAX_DEPTH} from '../../src/model/verdict.ts';
import {safeJson} from '../../src/parse/safe-json.ts';
import {nest} from '../support/nest.ts';

describe('safeJson', () => {
  it('writes a prefix of the whole JSON, as long as it may', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(60), (value, maxChars) => {
        const full = JSON.stringify(value);
        const {json, whole} = safeJson(value, maxChars);
        expect(whole).toBe(full.length <= maxChars);
        // A cut string is closed early, so only the last character may differ.
        expect(full.startsWith(json.slice(0, -1))).toBe(true);
        expect(json.length).toBe(Math.min(full.length, maxChars));
      }),
      {numRuns: 500},
    );
  });

  it('reads no further than it writes', () => {
    let reads = 0;
    const counting = new Proxy([], {
      get: (target, key) => (key === 'length' ? 1e9 : (reads++, Reflect.get(target, key))),
    });
    safeJson(counting, 50);
    expect(reads).toBeLessThan(60);
  });

  it.each([
    [undefined, 'null'],
    [() => 1, 'null'],
    [Symbol('x'), 'null'],
    [7n, '"7"'],
    [null, 'null'],
  ])('writes %s as %s', (value, json) => expect(safeJson(value, 100)).toEqual({json, whole: true}));

  it('cuts what is nested beyond the greatest depth', () => {
    const {json, whole} = safeJson(nest(MAX_DEPTH + 1), 1e6);
    expect(whole).toBe(true);
    expect(json).toContain('{"a":"(too deep)"}');
  });
});
