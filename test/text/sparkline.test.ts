import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {sparkline} from '../../src/text/sparkline.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../src/text/style.ts';

describe('sparkline', () => {
  test.each([
    ['nothing yet', [], 4, '    '],
    ['zeros are the lowest step', [0, 0], 4, '  ▁▁'],
    ['newest at the right', [0, 7], 4, '  ▁█'],
    ['every step', [0, 1, 2, 3, 4, 5, 6, 7], 8, '▁▂▃▄▅▆▇█'],
    ['little is more than nothing', [0, 1, 1e9], 3, '▁▂█'],
    ['only the newest', [1000, 1, 2], 2, '▅█'],
    ['no width', [1, 2], 0, ''],
    ['negative width', [1, 2], -1, ''],
    ['no numbers', [NaN, -5, 1], 3, '▁▁█'],
    ['infinite', [1, Infinity], 2, '▂█'],
  ])('%s', (_, values, width, curve) => {
    expect(sparkline(values, width, unicodeGlyphs)).toBe(curve);
  });

  test('a given maximum sets the scale and is not exceeded', () => {
    expect(sparkline([1, 7, 99], 3, unicodeGlyphs, 7)).toBe('▂██');
    expect(sparkline([1, 0], 2, unicodeGlyphs, 0)).toBe('▁▁');
  });

  test('draws in ASCII', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 9, asciiGlyphs)).toBe(' _.-:=+*#');
  });

  test('law: is exactly so wide and never falls where values rise', () => {
    fc.assert(fc.property(fc.array(fc.double({min: 0, noNaN: true}), {maxLength: 50}), fc.nat(40), (values, width) => {
      const rising = values.toSorted((a, b) => a - b);
      const curve = sparkline(rising, width, unicodeGlyphs);
      expect(curve).toHaveLength(width);
      expect(Array.from(curve).toSorted().join('')).toBe(curve);
    }));
  });
});
