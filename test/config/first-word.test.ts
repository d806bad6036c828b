import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {defaultName, nameOfWords} from '../../src/config/first-word.ts';

describe('defaultName', () => {
  test.each([
    ['node server.js', 'node'],
    ['  ./bin/api --port 1', 'api'],
    ['/usr/bin/python3 -u x.py', 'python3'],
    ['vmstat -n 1', 'vmstat'],
    ['PORT=1 HOST=x ./api', 'api'],
    ['NAME="a b" ./api', 'api'],
    ['env FOO=1 ./api', 'api'],
    ['env -i -u HOME FOO=1 ./api', 'api'],
    ['/usr/bin/env python3 x.py', 'python3'],
    ['exec ./api', 'api'],
    ['exec -a other ./api', 'api'],
    ['sudo -u bob ./api', 'api'],
    ['sudo -E nice -n 5 ./api', 'api'],
    ['time make all', 'make'],
    ['nice make', 'make'],
    ['nohup ./api &', 'api'],
    ['(cd x; make)', 'cd'],
    ['{ make; }', 'make'],
    ['! make', 'make'],
    ['make; ls', 'make'],
    ['make|tee log', 'make'],
    ['make>log', 'make'],
    ['"my tool" -x', 'my tool'],
    ["'/opt/my tool/run it' -x", 'run it'],
    [String.raw`my\ tool -x`, 'my tool'],
    ['$HOME/bin/api', 'api'],
    ['bin/', 'bin'],
    ['yes', 'yes'],
    ['env', 'env'],
    ['sudo -u bob', 'sudo'],
    ['FOO=1', 'FOO'],
    ['/', 'command'],
    ['""', 'command'],
    [';', 'command'],
    ['"unclosed thing', '"unclosed'],
  ])('of %j is %s', (line, name) => {
    expect(defaultName(line)).toBe(name);
  });

  test('is never empty and never holds a slash', () => {
    fc.assert(
      fc.property(fc.string(), line => {
        expect(defaultName(line)).toMatch(/^[^/]+$/s);
      }),
    );
  });

  test('is quick with a hostile line', () => {
    expect(defaultName('"'.repeat(100_000)).length).toBeGreaterThan(0);
    expect(defaultName(`${'a=b '.repeat(50_000)}x`)).toBeTypeOf('string');
    expect(defaultName('\\'.repeat(100_001)).length).toBeGreaterThan(0);
  });
});

describe('nameOfWords', () => {
  test.each([
    [['/bin/ls', '-l'], 'ls'],
    [['env', 'A=b c', 'node', 'x'], 'node'],
    [['my tool'], 'my tool'],
  ])('of %j is %s', (words, name) => {
    expect(nameOfWords(words)).toBe(name);
  });
});
