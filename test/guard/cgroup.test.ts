import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {makeCgroup, ownCgroup} from '../../src/guard/cgroup.ts';
import {newRunId} from '../../src/guard/run-tag.ts';
import {tempFolder} from '../support/parser-module.ts';

/** A folder that looks like a mounted cgroup v2 with us in the cgroup `/a/b`. */
const fakeMount = (root = '/', pids: readonly number[] = [1, process.pid]) => {
  const folder = path.join(tempFolder(), 'with blank');
  const home = path.join(folder, path.relative(root, '/a/b'));
  mkdirSync(home, {recursive: true});
  writeFileSync(path.join(home, 'cgroup.procs'), pids.map(pid => `${pid}\n`).join(''));
  const point = folder.replaceAll(' ', String.raw`\040`);
  const mountinfo = [
    '30 22 0:27 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755',
    '31 30 0:28 / /sys/fs/cgroup/cpu rw,relatime shared:7 - cgroup cgroup rw,cpu',
    `40 30 0:37 ${root} ${point} rw,relatime shared:9 - cgroup2 cgroup2 rw`,
    '',
  ].join('\n');
  return {home, mountinfo, membership: '8:pids:/x\n0::/a/b\n'};
};

describe('our own cgroup', () => {
  test.each([['/'], ['/a'], ['/a/b']])('is found where the mount shows %s', root => {
    const {home, ...sources} = fakeMount(root);
    expect(ownCgroup(sources)).toBe(home);
  });

  test.each([
    ['there is no version 2', {membership: '8:pids:/x\n'}],
    ['none is mounted', {mountinfo: '30 22 0:27 / /sys rw - tmpfs tmpfs rw\n'}],
    ['the mount shows another part', {membership: '0::/c\n'}],
    ['the mount is not of our namespace', {membership: '0::/../b\n'}],
  ])('is none where %s', (_title, change) => {
    const {home: _home, ...sources} = fakeMount('/a');
    expect(ownCgroup({...sources, ...change})).toBeNull();
  });

  test('is none where we are not seen in it', () => {
    const {home: _home, ...sources} = fakeMount('/', [1]);
    expect(ownCgroup(sources)).toBeNull();
  });
});

test('one for a run is made beside those that run; we can go there, and come back', () => {
  const {home, ...sources} = fakeMount();
  const young = path.join(home, 'keepup-young');
  mkdirSync(young);
  const run = makeCgroup('0123456789abcdef', sources)!;
  expect(run.path).toBe(path.join(home, 'keepup-0123456789abcdef'));
  expect(existsSync(young)).toBe(true);
  expect(run.enter()).toBe(true);
  expect(readFileSync(path.join(run.path, 'cgroup.procs'), 'latin1')).toBe(String(process.pid));
  run.leave();
  expect(readFileSync(path.join(home, 'cgroup.procs'), 'latin1')).toBe(String(process.pid));
});

test('where it can not be entered, it is removed', () => {
  const run = makeCgroup('aa', fakeMount())!;
  rmSync(run.path, {recursive: true});
  expect(run.enter()).toBe(false);
  expect(existsSync(run.path)).toBe(false);
});

test('where it can not be made, that is no failure', () => {
  const sources = fakeMount();
  expect(makeCgroup('aa', sources)).not.toBeNull();
  expect(makeCgroup('aa', sources)).toBeNull();
});

const real = makeCgroup(newRunId());

test.skipIf(real === null)('what is started inside is born inside, and all can leave', () => {
  expect(real!.enter()).toBe(true);
  const inside = spawnSync('cat', ['/proc/self/cgroup'], {encoding: 'utf8'}).stdout;
  real!.leave();
  expect(inside).toMatch(new RegExp(`^0::.*/${path.basename(real!.path)}$`, 'm'));
  expect(readFileSync(path.join(real!.path, 'cgroup.procs'), 'latin1')).toBe('');
  expect(spawnSync('rmdir', [real!.path]).status).toBe(0);
});
