import fc from 'fast-check';
import {expect, test} from 'vitest';
import {errorTemplate} from '../../src/state/error-template.ts';
import {TemplateCache} from '../../src/state/template-cache.ts';
import {hostileLines} from '../support/hostile-lines.ts';

const WORDS = [
  'error', 'at', 'Jan', 'Mon', 'x', 'ms', 'GB', 'e', 'deadbeef', 'T', 'Z', 'user_', 'é', '漢', 'µs', 'C:', 'http', '0x', '0X1f', '00',
  '0', '7', '12', '123', '2024', '127', '1234567', '"', '\\"', '\\', '"id":', '"a1" :', '"key"', '"v', '""', "'", "it's", '`',
  '.', ',', ':', '-', '+', '/', '//', '@', '%', '_', ' ', '  ', '\t', '(', ')', '{', '}', '[', ']', '=', '~', '::', '<', '\u0001',
  '\u001b[31m', '\u009b1m', '\u001b', '10.0.0.1', '/var/log/x.log', 'a@b.co', 'f47ac10b-58cc-4372-a567-0e02b2c3d479', '12:30:45',
];

test('makes the same template as without, whatever was asked before', () => {
  const cache = new TemplateCache();
  const text = fc.array(fc.constantFrom(...WORDS), {maxLength: 40}).map(words => words.join(''));
  fc.assert(
    fc.property(text, fc.nat(9), (shape, digit) => {
      // The same shape with other digits and other quoted words must not be taken for the same where it is not.
      for (const one of [shape, shape.replaceAll(/[1-9]/g, String(digit)), shape.replaceAll('key', 'it\'s "x'), `${shape}"`]) {
        expect(cache.templateOf(one)).toBe(errorTemplate(one));
      }
    }),
    {numRuns: 20_000},
  );
});

test('nor do hostile lines make a difference', () => {
  const cache = new TemplateCache();
  for (const line of hostileLines(4000, 5, {longEvery: 400})) {
    const text = line.toString();
    expect(cache.templateOf(text)).toBe(errorTemplate(text));
  }
});

test('beyond the shapes that it remembers, too', () => {
  const cache = new TemplateCache();
  for (let round = 0; round < 2; round++) {
    for (let index = 0; index < 6000; index++) {
      const text = `no ${word(index)} of ${index}`;
      expect(cache.templateOf(text)).toBe(errorTemplate(text));
    }
  }
});

/** Letters alone, so that no template masks them. */
const word = (index: number): string => index.toString(2).replaceAll('0', 'a').replaceAll('1', 'b');
