import fc from 'fast-check';
import {expect, test} from 'vitest';
import {errorTemplate} from '../../src/state/error-template.ts';
import {TemplateCache} from '../../src/state/template-cache.ts';
import {hostileLines} from '../support/hostile-lines.ts';
import {SHAPE_WORDS} from '../support/shape-words.ts';

test('makes the same template as without, whatever was asked before', () => {
  const cache = new TemplateCache();
  const text = fc.array(fc.constantFrom(...SHAPE_WORDS), {maxLength: 40}).map(words => words.join(''));
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
