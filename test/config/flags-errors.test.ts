import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {UsageError} from '../../src/model/errors.ts';
import {parseFlags} from '../../src/config/flags.ts';
import {OPTIONS} from '../../src/config/options.ts';
import {CONTEXT, usageErrorOf} from './run-config.ts';

describe('a usage error', () => {
  test.each([
    [[], /^no command: expected at least one.*--help/],
    [['--'], /^no command behind --/],
    [['--workers', '2'], /^no command/],
    [[''], /^command 1 is empty/],
    [['a', ' \t\n'], /^command 2 is empty/],
    [['--', ''], /^the command behind -- is empty/],
    [['a', '--', 'b'], /either before -- or behind it, got "a" before and "b" behind/],
    [['--bogus', 'a'], /^unknown option "--bogus"; see keepup --help$/],
    [['--formt', 'json', 'a'], /^unknown option "--formt" \(did you mean --format\?\)/],
    [['--worker=3', 'a'], /^unknown option "--worker" \(did you mean --workers\?\)/],
    [['-name', 'a'], /^unknown option "-name" \(did you mean --name\?\)/],
    [['-x', 'a'], /^unknown option "-x"; see keepup --help$/],
    [['df', '-l'], /^unknown option "-l"; .*keepup 'ls -l'.*keepup -- ls -l$/],
    [['tail', '-f', 'app.log'], /^--format: .*got "app.log".*keepup 'ls -l'/],
    [['--no-name', 'a'], /^unknown option "--no-name"/],
    [['a', '--name'], /^--name: expected a value, as in --name A,B, got none/],
    [['a', '-n'], /^-n: expected a value, as in --name A,B, got none/],
    [['--log', '--ui', 'plain', 'a'], /^--log: expected a value, got the option "--ui"/],
    [['--log', '-x', 'a'], /written --log=-x$/],
    [['--log', '--', 'a'], /^--log: expected a value/],
    [['--log=', 'a'], /^--log: expected a value, as in --log FILE, got ""/],
    [['--report', ' ', 'a'], /^--report: expected a value/],
    [['--run-name', '', 'a'], /^--run-name: expected a value/],
    [['--kill-others=maybe', 'a'], /^--kill-others: expected no value, being a switch, got "maybe"/],
    [['-n', 'a,b', 'x'], /^--name: expected at most 1 names, one a command, got 2/],
    [['-n', 'a,,b', 'x', 'y', 'z'], /name 2 is empty/],
    [['-n', '', 'x'], /name 1 is empty/],
    [['-i', '0', 'a'], /^--instances: expected a whole number from 1 to 1000, got "0"/],
    [['-i', '1001', 'a'], /^--instances: /],
    [['-i', 'x', 'a'], /^--instances: .*got "x"/],
    [['--workers', '0', 'a'], /^--workers: expected a whole number from 1 to 256, got "0"/],
    [['--workers', '2x', 'a'], /got "2x"/],
    [['--workers', '1.5', 'a'], /got "1.5"/],
    [['--workers', '1e1', 'a'], /got "1e1"/],
    [['--workers=-1', 'a'], /got "-1"/],
    [
      ['--restart', 'allways', 'a'],
      /^--restart: expected never, on-failure or always, got "allways" \(did you mean always\?\)/,
    ],
    [['--ui', 'gui', 'a'], /^--ui: expected auto, tui, plain, json or none, got "gui"/],
    [
      ['--format', 'jsn', 'a'],
      /^--format: expected auto, json, text or module:PATH, got "jsn" \(did you mean json\?\)/,
    ],
    [['--format', './parse.ts', 'a'], /did you mean module:\.\/parse\.ts\?/],
    [['--format', 'module:', 'a'], /^--format: .*got "module:"/],
    [['--for', '0', 'a'], /^--for: expected a duration .*above 0.*got "0"/],
    [['--for', '5', 'a'], /^--for: expected a duration such as 250ms, 5s, 1m30s or 2h.*got "5"/],
    [['--for', '60d', 'a'], /^--for: .*up to 24d, got "60d"/],
    [['--parse-timeout', '0s', 'a'], /^--parse-timeout: .*above 0/],
    [['--kill-timeout', 'soon', 'a'], /^--kill-timeout: .*got "soon"/],
    [['--max-line-bytes', '0', 'a'], /^--max-line-bytes: expected bytes such as 65536, 64KiB or 1g, from 1 /],
    [['--max-line-bytes', '1g', 'a'], /^--max-line-bytes: /],
    [['--history', 'lots', 'a'], /^--history: .*got "lots"/],
    [
      ['--overload', 'sample:0', 'a'],
      /^--overload: expected block, drop-oldest or sample:N \(N from 1\), got "sample:0"/,
    ],
    [['--overload', 'sample', 'a'], /^--overload: /],
    [['--overload', 'sample:1.5', 'a'], /^--overload: /],
    [['--overload', 'drop-newest', 'a'], /did you mean drop-oldest\?/],
    [['--success', 'wbe', 'web'], /^--success: expected all, first, last or "web", got "wbe"/],
    [['--success', 'web', '-i', '2', 'web'], /expected all, first, last, "web#1" or "web#2", got "web"/],
    [['a\u001b[31m', '--ui', 'x\u001b[31m\ny'], /got "x\\u001b\[31m\\ny"/],
  ])('for %j says what is wrong', (argv, message) => {
    expect(usageErrorOf(...argv)).toMatch(message);
  });

  test.each(['check', 'schema', 'query', 'replay'])(
    'tells of the reserved first word %s how to run the program of that name',
    word => {
      const next = `to run the program of that name: keepup -- ${word}`;
      const message = `${word} is reserved for a coming command of keepup; ${next}`;
      expect(usageErrorOf(word)).toBe(message);
      expect(usageErrorOf('--workers', '2', word, 'api')).toBe(message);
      for (const argv of [['--', word], [`${word} -l`], ['api', word]])
        expect(() => parseFlags(argv, CONTEXT)).not.toThrow();
    },
  );

  test('is the only thing that any words can cause, and is one line without control characters', () => {
    const word = fc.oneof(
      fc.constantFrom('--', '-', '--no-ui', '-n', '-nfoo', '-i', ...OPTIONS.map(option => `--${option.name}`)),
      fc
        .constantFrom(...OPTIONS.map(option => option.name))
        .chain(name => fc.string().map(text => `--${name}=${text}`)),
      fc.string({unit: 'binary'}),
      fc.string().map(text => `-${text}`),
    );
    fc.assert(
      fc.property(fc.array(word, {maxLength: 8}), argv => {
        try {
          parseFlags(argv, CONTEXT);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          expect((error as UsageError).message).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        }
      }),
      {numRuns: 500},
    );
  });
});
