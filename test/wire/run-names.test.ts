import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {UsageError} from '../../src/model/errors.ts';
import {fileStem, socketPath} from '../../src/wire/run-names.ts';

describe('the file of a name', () => {
  test.each([
    ['web', 'web'],
    ['my-app_2.0', 'my-app_2.0'],
    ['a/b', 'a_b-c14cddc0'],
    ['..', '_.-5ec1f7e7'],
    ['', 'run-e3b0c442'],
  ])('%j is %j', (name, stem) => {
    expect(fileStem(name)).toBe(stem);
  });

  test('the law: one plain word for any name, and the same for what is one', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 300}), name => {
        const stem = fileStem(name);
        expect(stem).toMatch(/^[\w-][\w.-]{0,48}$/);
        expect(fileStem(stem)).toBe(stem);
        expect(path.dirname(socketPath('/run', name))).toBe('/run');
      }),
    );
  });

  test('names that look alike get files of their own', () => {
    const names = ['a/b', 'a_b', 'a b', 'ü', 'ö', '.a', '_a', 'x'.repeat(60), 'x'.repeat(61)];
    expect(new Set(names.map(fileStem)).size).toBe(names.length);
  });
});

const longest = process.platform === 'linux' ? 107 : 103;
const folderFor = (bytes: number): string => `/${'d'.repeat(bytes - '//web.sock'.length)}`;

describe('the path of a socket', () => {
  test('the longest that is allowed is', () => {
    expect(socketPath(folderFor(longest), 'web')).toHaveLength(longest);
  });

  test('a longer one is refused with a sentence: Node would cut it', () => {
    const make = (): string => socketPath(folderFor(longest + 1), 'web');
    expect(make).toThrow(UsageError);
    expect(make).toThrow(`expected a path of at most ${longest} bytes, got ${longest + 1}; give the run a shorter`);
  });

  test('bytes count, not characters', () => {
    expect(() => socketPath(`/${'ü'.repeat(60)}`, 'web')).toThrow(/got 130/);
  });
});
