import {chmodSync, mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {isStartFailure, isTransient, masked, preflight, spawnFailure} from '../../src/engine/preflight.ts';
import type {Launch} from '../../src/model/config.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'keepup-preflight-'));
const bin = path.join(folder, 'bin');
mkdirSync(bin);
writeFileSync(path.join(bin, 'good'), '#!/bin/sh\n');
chmodSync(path.join(bin, 'good'), 0o755);
writeFileSync(path.join(bin, 'plain'), 'data');
chmodSync(path.join(bin, 'plain'), 0o644);
writeFileSync(path.join(bin, 'bare'), 'echo hi\n');
chmodSync(path.join(bin, 'bare'), 0o755);
const context = {cwd: folder, env: {PATH: `${bin}:/nowhere`}};

const shell = (line: string): Launch => ({kind: 'shell', line});
const argv = (...words: [string, ...string[]]): Launch => ({kind: 'argv', argv: words});

describe('preflight', () => {
  test.each([
    ['a shell line', shell('good x | cat'), {file: '/bin/sh', args: ['-c', 'good x | cat']}],
    ['a line of plain words, without a shell', shell('good --x=1 b'), {file: path.join(bin, 'good'), args: ['--x=1', 'b']}],
    ['a script without an interpreter, by the shell', shell('bare 1'), {file: '/bin/sh', args: ['-c', 'bare 1']}],
    ['words that a shell would change', shell('good *.x'), {file: '/bin/sh', args: ['-c', 'good *.x']}],
    ['words', argv('good', 'a b'), {file: path.join(bin, 'good'), args: ['a b']}],
    ['a path', argv('bin/good'), {file: path.join(bin, 'good'), args: []}],
    ['a shell builtin', shell('exit 3'), {file: '/bin/sh', args: ['-c', 'exit 3']}],
    ['a word that the shell would not take literally', shell('$PROG x'), {file: '/bin/sh', args: ['-c', '$PROG x']}],
    ['an assignment in front', shell('A=1 nosuch'), {file: '/bin/sh', args: ['-c', 'A=1 nosuch']}],
    ['a function of its own', shell('nosuch() { :; }; nosuch'), {file: '/bin/sh', args: ['-c', 'nosuch() { :; }; nosuch']}],
    ['a subshell', shell('(nosuch)'), {file: '/bin/sh', args: ['-c', '(nosuch)']}],
  ])('%s may start', (_title, launch, want) => {
    expect(preflight(launch, context)).toEqual(want);
  });

  test.each([
    ['a program that is not in PATH', argv('nosuch'), {what: 'nosuch', errno: 'ENOENT'}],
    ['the same as a shell line', shell('nosuch --flag'), {what: 'nosuch', errno: 'ENOENT'}],
    ['a path to nothing', argv('./nosuch'), {what: './nosuch', errno: 'ENOENT'}],
    ['a file that may not be executed', argv('plain'), {what: path.join(bin, 'plain'), errno: 'EACCES'}],
    ['a directory', argv('./bin'), {what: bin, errno: 'EACCES'}],
    ['a NUL byte', argv('good', 'a\0b'), {errno: 'EINVAL'}],
    ['an argument that is too long', argv('good', 'x'.repeat(200_000)), {errno: 'E2BIG'}],
    ['arguments that are too long together', argv('good', ...Array.from({length: 30}, () => 'x'.repeat(100_000))), {errno: 'E2BIG'}],
  ])('%s is found before spawning', (_title, launch, want) => {
    const failure = preflight(launch, context);
    expect(isStartFailure(failure)).toBe(true);
    expect(failure).toMatchObject({...want, reason: expect.stringMatching(/\w+ \w+/), next: expect.stringMatching(/\w+/)});
  });

  test('a working directory that is not there is named, not the program', () => {
    expect(preflight(argv('good'), {...context, cwd: '/nowhere'})).toMatchObject({what: '/nowhere', errno: 'ENOENT'});
  });

  test('only what the machine lacks for now may be tried again', () => {
    const errnos = ['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM', 'ENOENT', 'EACCES', 'E2BIG', 'EINVAL'];
    expect(errnos.filter(errno => isTransient(spawnFailure('x', errno)))).toEqual(['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM']);
  });

  test('what quotes a command is masked in all of its sentences', () => {
    const failure = {what: 'x secret', errno: 'ENOENT', reason: 'no secret', next: 'see secret'};
    expect(masked(failure, text => text.replace('secret', '***'))).toEqual({
      what: 'x ***',
      errno: 'ENOENT',
      reason: 'no ***',
      next: 'see ***',
    });
  });

  test('every errno has a sentence', () => {
    expect(spawnFailure('x', 'EMFILE').reason).toContain('file descriptors');
    expect(spawnFailure('x', 'ENOENT').next).toContain('first line of the script');
    expect(spawnFailure('x', 'EWEIRD').reason).toContain('EWEIRD');
  });
});
