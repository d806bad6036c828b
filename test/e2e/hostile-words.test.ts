import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {forbiddenIn, withoutOwnSgr} from '../support/forbidden.ts';
import {parserModule, tempFolder} from '../support/parser-module.ts';
import {runKeepup, type Ended, type RunOptions} from '../support/run-keepup.ts';

/** Steers, hides and reorders; without the NUL byte and the newline, which no argument of these tests can hold. */
const ODD = '\u001b[2J\u001b]0;owned\u0007\u001b[31m\u009b5A\u202e\u200b\u2028\u0085\u007f\r\t\u{e0041}';
const SECRET = 'hunter2hunter2';

/** A run whose output, on both streams, must hold no character that steers, hides or reorders. */
const safeRun = async (args: readonly string[], options: RunOptions = {}): Promise<Ended> => {
  const ended = await runKeepup(args, options);
  for (const text of [ended.stdout, ended.stderr]) {
    expect(forbiddenIn(withoutOwnSgr(text).replaceAll('\n', ''))).toEqual([]);
    expect(text).not.toContain(SECRET);
  }
  return ended;
};

const noisy = String.raw`printf 'out \033[2J\033]0;x\007\302\233\342\200\256\000\n'; printf 'err \033[31m\033[H\n' >&2; exit 3`;

describe.concurrent('words that come from outside steer no terminal:', {timeout: 120_000}, () => {
  test.each([
    ['plain', {}],
    ['plain', {FORCE_COLOR: '3'}],
    ['json', {}],
    ['none', {}],
  ])('names, commands and lines in --ui %s with %j', async (ui, env) => {
    const args = ['--ui', ui, '--ansi', '--run-name', `run${ODD}`, '-n', `a${ODD},b`, '--report', '-'];
    const {code, stderr} = await safeRun([...args, `: '${ODD}'; ${noisy}`, noisy], {env});
    expect(code).toBe(1);
    expect(stderr).toContain('exited 3');
    expect(stderr).toMatch(/^keepup run\^\[\[2J/m);
  });

  test('names made of the command and of the folder', async () => {
    const cwd = path.join(tempFolder(), `folder${ODD}`);
    mkdirSync(cwd);
    const {stderr} = await safeRun(['--ui', 'plain', `"./no${ODD}such"`], {cwd});
    expect(stderr).toContain('folder^[[2J');
    expect(stderr).toContain('no^[[2J');
  });

  test('a program that is not there', async () => {
    const {stderr} = await safeRun(['--ui', 'json', '--', `no${ODD}such`, ODD]);
    expect(stderr).toContain('failed to start: no^[[2J');
  });

  test.each([
    ['an option', [`--no${ODD}such=${SECRET}`]],
    ['a value', ['--for', ODD]],
    ['a value of a choice', [`--ui=${ODD}`, 'x']],
    ['a switch with a value', [`--ansi=${ODD}`, 'x']],
    ['names', ['-n', `${ODD},,`, 'x']],
    ['more names than commands', ['-n', `${ODD},${ODD}`, 'x']],
    ['--success', ['--success', ODD, '-n', `a${ODD}`, 'x']],
    ['commands at both sides', [`TOKEN=${SECRET} x${ODD}`, '--', ODD]],
    ['an option where a value should be', ['-n', `--token=${SECRET}`]],
    ['a report', ['--report', `/no/such${ODD}/r`, 'x']],
    ['a log', ['--log', `/no/such${ODD}/l`, 'x']],
    ['a parser that is not there', ['-f', `module:./no${ODD}such.ts`, 'x']],
    ['a format', ['-f', ODD, 'x']],
  ])('the usage error for %s', async (_, args) => {
    const {code, stderr} = await safeRun(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^keepup: [^\n]+\n$/);
  });

  test('what a parser throws while it is loaded, and where it lies', async () => {
    const text = JSON.stringify(ODD);
    const thrown = await safeRun(['-f', `module:${parserModule(`throw new Error(${text})`).file}`, 'x']);
    expect([thrown.code, thrown.stderr]).toEqual([2, expect.stringContaining('^[[2J')]);
    const odd = path.join(tempFolder(), `parser${ODD}.mjs`);
    writeFileSync(odd, 'export const a = 1');
    expect((await safeRun(['-f', `module:${odd}`, 'x'])).stderr).toContain('no default export');
  });

  test.each(['plain', 'json', 'none'])('what a parser throws for a line, in --ui %s', async (ui) => {
    const {file} = parserModule(`export default () => { throw new Error(${JSON.stringify(ODD)}) }`);
    const {stderr} = await safeRun(['--ui', ui, '-f', `module:${file}`, 'echo x']);
    expect(stderr).toMatch(/parser-error.*\^\[\]<n>;owned/);
  });

  test("keepup's own log", async () => {
    const log = path.join(tempFolder(), `log${ODD}`);
    await safeRun(['--ui', 'plain', '--log', log, '-n', `a${ODD}`, 'setsid sleep 3 & echo x']);
    // What is worth a warning may change; what is written there is safe.
    const written = existsSync(log) ? readFileSync(log, 'utf8') : '';
    expect(forbiddenIn(written.replaceAll('\n', ''))).toEqual([]);
  });
});

test.each(['plain', 'json', 'none'])('secrets of a command show nowhere, in --ui %s', {timeout: 120_000}, async (ui) => {
  const commands = [
    `API_TOKEN=${SECRET} true`,
    `X_KEY=${SECRET}`,
    `export DB_PASSWORD='${SECRET} ${SECRET}'; true`,
    `true --password "${SECRET} ${SECRET}" https://user:${SECRET}@host/ -u user:${SECRET}`,
  ];
  const {stdout, code} = await safeRun(['--ui', ui, '--report', '-', ...commands]);
  expect(code).toBe(0);
  expect(stdout).toContain('***');
  const behind = await safeRun(['--ui', ui, '--report', '-', '--', 'true', `--token=${SECRET} ${SECRET}`, SECRET.slice(0, 3)]);
  expect(behind.stdout).toContain('--token=***');
});
