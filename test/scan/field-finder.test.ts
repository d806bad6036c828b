import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {MAX_FIELDS, type FieldPath} from '../../src/scan/field-finder.ts';
import {loadScanner} from './against-parser.ts';

const scanner = loadScanner();

type Found = readonly (string | null)[] | 'ask';

/** The JSON texts of the fields at these paths, in each line that is a record. */
const fieldsOf = (lines: readonly string[], paths: readonly FieldPath[]): Found[] => {
  const finder = scanner.finder(paths);
  const found: Found[] = [];
  const bytes = Buffer.from(lines.map(line => `${line}\n`).join(''));
  scanner.scan({bytes, isInMemory: false, from: 0, to: bytes.length, maxLineBytes: 1e6}, ({kind}, address) => {
    if (kind !== 'record') return;
    found.push(finder.find(address) ? paths.map((_, path) => finder.json(path)) : 'ask');
  });
  return found;
};

describe('finds', () => {
  test.each<[string, FieldPath[], Found]>([
    ['{"a":1,"b":"x"}', [['a'], ['b'], ['c']], ['1', '"x"', null]],
    [' { "a" : [1, {"b":2}] , "b":{"a":3} } ', [['a'], ['b', 'a'], ['a', 'b']], ['[1, {"b":2}]', '3', null]],
    ['{"req":{"url":"/x","head":{"len":5}}}', [['req', 'head', 'len'], ['req', 'url'], ['req']], ['5', '"/x"', '{"url":"/x","head":{"len":5}}']],
    ['{"a":1,"a":2}', [['a']], ['2']],
    ['{"a":{"b":1},"a":{"c":2}}', [['a', 'b'], ['a', 'c']], [null, '2']],
    ['{"a":{"b":1},"a":7}', [['a', 'b'], ['a']], [null, '7']],
    ['{"a.b":1,"a":{"b":2}}', [['a.b'], ['a', 'b']], ['1', '2']],
    ['{"":1,"é":"ü"}', [[''], ['é']], ['1', '"ü"']],
    ['{}', [['a']], [null]],
    ['{"a":1}', [], []],
    ['{"\\u0061":1}', [['a']], 'ask'],
    ['{"x":{"\\u0061":1},"a":1}', [['a']], ['1']],
    ['{"x":{"\\u0061":1},"a":1}', [['a'], ['x', 'a']], 'ask'],
  ])('in %s the fields at %j', (line, paths, expected) => {
    expect(fieldsOf([line], paths)).toEqual([expected]);
  });

  test('what JSON.parse finds, in any record', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'aa', 'é', 'a"b');
    const value = fc.letrec<{value: unknown; object: unknown}>(tie => ({
      value: fc.oneof(fc.integer(), fc.string({maxLength: 5}), fc.constant(null), fc.array(tie('value'), {maxLength: 2}), tie('object')),
      object: fc.dictionary(key, tie('value'), {maxKeys: 4}),
    })).object;
    const paths: FieldPath[] = [['a'], ['b'], ['a', 'b'], ['a', 'b', 'c'], ['é', 'aa'], ['c', 'c', 'c', 'c']];
    fc.assert(
      fc.property(fc.array(value, {maxLength: 8}), records => {
        const found = fieldsOf(records.map(record => JSON.stringify(record)), paths);
        for (const [index, one] of found.entries()) {
          if (one !== 'ask') expect(one).toEqual(paths.map(path => at(records[index], path)));
          else expect(JSON.stringify(records[index])).toContain('\\"');
        }
      }),
      {numRuns: 1000},
    );
  });
});

test('gives a string without escapes as it is, no longer than wanted', () => {
  const finder = scanner.finder([['a'], ['b'], ['c'], ['d']]);
  const bytes = Buffer.from('{"a":"plain é","b":"esc\\n","c":12,"d":"longer than that"}\n');
  const texts: (string | null)[] = [];
  scanner.scan({bytes, isInMemory: false, from: 0, to: bytes.length, maxLineBytes: 1e6}, (_, address) => {
    finder.find(address);
    for (let path = 0; path < 4; path++) texts.push(finder.plainText(path, 12));
  });
  expect(texts).toEqual(['plain é', null, null, null]);
});

test('takes so many fields, and names so long, as there is room for', () => {
  const many = Array.from({length: MAX_FIELDS}, (_, index) => [`field-${index}`]);
  expect(fieldsOf([JSON.stringify(Object.fromEntries(many.map(([name], index) => [name, index])))], many)).toEqual([
    many.map((_, index) => String(index)),
  ]);
  expect(() => scanner.finder([...many, ['one more']])).toThrow('65 fields, the limit is 64');
  expect(() => scanner.finder([['x'.repeat(10_000)]])).toThrow('too long names');
});

/** The JSON text of what a record has at a path. */
const at = (record: unknown, path: FieldPath): string | null => {
  let here = record;
  for (const name of path) {
    if (typeof here !== 'object' || here === null || Array.isArray(here) || !Object.hasOwn(here, name)) return null;
    here = (here as Record<string, unknown>)[name];
  }
  return JSON.stringify(here);
};
