import {chmodSync, mkdirSync, readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {tempFolder} from '../support/parser-module.ts';
import {runKeepup} from '../support/run-keepup.ts';

const filesIn = (folder: string): string[] =>
  readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(name => statSync(path.join(folder, name)).isFile());

test('what is compiled is kept in the cache folder of the user, for nobody else', async () => {
  const cache = tempFolder();
  expect((await runKeepup(['--version'], {env: {XDG_CACHE_HOME: cache}})).code).toBe(0);
  const kept = filesIn(path.join(cache, 'keepup'));
  expect(kept.length).toBeGreaterThan(2);
  await runKeepup(['--version'], {env: {XDG_CACHE_HOME: cache}});
  expect(filesIn(path.join(cache, 'keepup'))).toEqual(kept);
});

test('a relative folder is none: it is under the home then', async () => {
  const home = tempFolder();
  await runKeepup(['--version'], {env: {XDG_CACHE_HOME: 'cache', HOME: home}, cwd: home});
  expect(readdirSync(home)).toEqual(['.cache']);
});

test('nothing is kept where the user says so, or where there is no room for it', async () => {
  const cache = tempFolder();
  await runKeepup(['--version'], {env: {XDG_CACHE_HOME: cache, NODE_DISABLE_COMPILE_CACHE: '1'}});
  expect(readdirSync(cache)).toEqual([]);
  const file = path.join(tempFolder(), 'closed');
  mkdirSync(file);
  chmodSync(file, 0o500);
  for (const folder of [file, '/dev/null']) {
    const {code, stdout, stderr} = await runKeepup(['--version'], {env: {XDG_CACHE_HOME: folder}});
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    expect(stdout).toMatch(/^\d/);
  }
});

test('programs know nothing of it', async () => {
  const {stdout} = await runKeepup(['--ui', 'plain', 'env'], {env: {XDG_CACHE_HOME: tempFolder()}});
  expect(stdout).toContain('XDG_CACHE_HOME=');
  expect(stdout).not.toContain('COMPILE_CACHE');
});
