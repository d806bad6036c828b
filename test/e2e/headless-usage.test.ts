import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {parserModule, tempFolder} from '../support/parser-module.ts';
import {runKeepup, runReported} from '../support/run-keepup.ts';

describe.concurrent('a usage error is one clear line and exit code 2, before anything runs:', () => {
  const folder = tempFolder();
  test.each<[string, readonly string[], RegExp]>([
    ['no command', [], /no command: expected at least one/],
    ['an unknown option', ['--colour', 'echo a'], /unknown option "?--colour/],
    ['a bad duration', ['--for', 'soon', 'echo a'], /--for: expected a duration.*"soon"/],
    ['a bad count', ['--workers', '0', 'echo a'], /--workers: expected a whole number/],
    ['more names than commands', ['-n', 'a,b', 'echo a'], /--name: expected at most 1 names/],
    [
      'a name that --success does not know',
      ['--success', 'x', '-n', 'a', 'echo a'],
      /--success: expected all, first, last/,
    ],
    ['a reserved word', ['query'], /reserved/],
    ['a word to a run behind options', ['--ui', 'none', 'attach'], /attach is a command of keepup's own/],
    ['a word to a run that makes no sense', ['ctl', 'restrat', 'web'], /did you mean restart\?/],
    ['a screen without a terminal', ['--ui', 'tui', 'echo a'], /--ui tui: needs a terminal/],
    [
      'a report into a folder that is not there',
      ['--report', '/no/such/folder/r.json', 'echo a'],
      /--report: .*can't be written: .*name a file/,
    ],
    ['a report into a folder', ['--report', folder, 'echo a'], /--report: .*it is a folder/],
    ['a log behind a file', ['--log', '/etc/passwd/x', 'echo a'], /--log: .*can't be written/],
    ['a parser that is not there', ['-f', 'module:./no-such.ts', 'echo a'], /module:\.\/no-such\.ts: no such file/],
    [
      'a parser that cannot be used',
      ['-f', `module:${parserModule('export const a = 1').file}`, 'echo a'],
      /no default export/,
    ],
    ['a parser with a syntax error', ['-f', `module:${parserModule('let = ;').file}`, 'echo a'], /SyntaxError/],
  ])('%s', async (_title, args, message) => {
    const marker = path.join(tempFolder(), 'ran');
    const {code, stdout, stderr} = await runKeepup(args.map(word => (word === 'echo a' ? `touch ${marker}` : word)));
    expect(stderr).toMatch(/^keepup: [^\n]*\n$/);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
    expect(existsSync(marker)).toBe(false);
  });
});

test('help and version go to stdout', async () => {
  expect(await runKeepup(['--help'])).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('--kill-others'),
  });
  expect(await runKeepup(['--version'])).toMatchObject({code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/)});
});

describe.concurrent('a command that cannot start has a reason and a next step, and the rest goes on:', () => {
  const folder = tempFolder();
  const script = path.join(folder, 'script.sh');
  writeFileSync(script, 'echo a\n', {mode: 0o644});
  mkdirSync(path.join(folder, 'sub'));
  writeFileSync(path.join(folder, 'bad.sh'), '#!/no/such/interpreter\n', {mode: 0o755});

  test.each([
    ['no such program', 'no-such-program --flag', /no-such-program: no such program in PATH \(ENOENT\); \S/],
    ['no such file', './nope/x', /no such file.*\(ENOENT\); \S/],
    [
      'a file that may not be executed',
      './script.sh',
      /script\.sh: it may not be executed \(EACCES\); make it executable/,
    ],
    ['a folder', './sub', /sub: it is a directory.*\(EACCES\); \S/],
  ])('%s', async (_title, command, reason) => {
    const {code, stderr, report} = await runReported(['-n', 'bad,good', command, 'echo ok'], {cwd: folder});
    expect(code).toBe(1);
    expect(stderr).toMatch(reason);
    expect(report.processes).toMatchObject([
      {
        name: 'bad',
        state: 'failed-to-start',
        exitCode: null,
        signal: null,
        generations: 0,
        startError: expect.any(String),
      },
      {name: 'good', state: 'exited', exitCode: 0, linesIn: 1, startError: null},
    ]);
  });

  test('its interpreter is not there', async () => {
    const {code, report} = await runReported(['--', './bad.sh'], {cwd: folder});
    expect(code).toBe(1);
    expect(report.processes[0]).toMatchObject({
      state: 'failed-to-start',
      startError: expect.stringContaining('ENOENT'),
    });
  });
});
