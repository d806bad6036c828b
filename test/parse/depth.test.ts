import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {nestingDepth} from '../../src/parse/depth.ts';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

describe('nestingDepth', () => {
  it('is the depth of the value, whatever its strings hold', () => {
    const tricky = fc.string({unit: fc.constantFrom('{', '[', '}', ']', '"', '\\', 'a')});
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(tricky, tricky), fc.nat(3), (value, strings, indent) => {
        const both = {value, strings};
        expect(nestingDepth(JSON.stringify(both, null, indent))).toBe(depthOf(both));
      }),
    );
  });

  it.each([
    ['1', 0],
    ['"{{{"', 0],
    ['{}', 1],
    ['[[],[]]', 2],
    ['{"\\\\":"\\"{","a":[{}]}', 3],
  ])('of %s is %d', (json, depth) => expect(nestingDepth(json)).toBe(depth));
});
