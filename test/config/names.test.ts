import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {instanceNames, processNames} from '../../src/config/names.ts';
import type {Launch} from '../../src/model/config.ts';

const shells = (...lines: string[]): Launch[] => lines.map(line => ({kind: 'shell', line}));

describe('processNames', () => {
  test.each([
    [['a', 'a', 'a'], null, ['a', 'a-2', 'a-3']],
    [['a', 'a', 'a'], 'x', ['x', 'a', 'a-2']],
    [['b', 'a', 'a'], 'a', ['a', 'a-2', 'a-3']],
    [['b', 'a', 'a'], 'a-2', ['a-2', 'a', 'a-3']],
    [['b', 'c', 'd'], 'a,a,a-2', ['a', 'a-2', 'a-2-2']],
    [['a', 'b'], ' x , y z ', ['x', 'y z']],
    [['./x/a', '/y/a'], null, ['a', 'a-2']],
  ])('of %j with --name %j are %j', (lines, given, names) => {
    expect(processNames(shells(...lines), given)).toEqual(names);
  });

  test('all differ, copies included', () => {
    const line = fc.constantFrom('a', 'a-2', 'a#1', 'a-2#1', 'b', '', '#1');
    fc.assert(
      fc.property(fc.array(line, {minLength: 1, maxLength: 12}), fc.integer({min: 1, max: 12}), (lines, instances) => {
        const names = processNames(shells(...lines), null).flatMap(name => instanceNames(name, instances));
        expect(new Set(names).size).toBe(lines.length * instances);
      }),
    );
  });
});
