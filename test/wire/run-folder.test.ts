import {chmodSync, chownSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {UsageError} from '../../src/model/errors.ts';
import {openRunFolder, type FolderPlace} from '../../src/wire/run-folder.ts';
import {tempFolder} from '../support/parser-module.ts';

const uid = process.getuid?.() ?? 0;
const isRoot = uid === 0;

const place = (runtime?: string): FolderPlace => ({
  env: {XDG_RUNTIME_DIR: runtime},
  tempFolder: tempFolder(),
  uid,
});
const open = (at: FolderPlace): string => openRunFolder(at.env, at);
const folderOf = (at: FolderPlace): string => path.join(at.tempFolder, `keepup-${uid}`);

describe('where it is', () => {
  test('in the user’s runtime folder', () => {
    const runtime = tempFolder();
    expect(open(place(runtime))).toBe(path.join(runtime, 'keepup'));
  });

  test.each<[string, (temp: string) => string | undefined]>([
    ['is not set', () => undefined],
    ['is empty', () => ''],
    ['does not exist', temp => path.join(temp, 'nothing')],
    ['is not absolute', () => '.'],
    ['is a file', temp => {
      writeFileSync(path.join(temp, 'file'), '');
      return path.join(temp, 'file');
    }],
  ])('in the temporary folder where that %s', (_what, runtime) => {
    const at = place();
    const env = {XDG_RUNTIME_DIR: runtime(at.tempFolder)};
    expect(open({...at, env})).toBe(folderOf(at));
  });
});

describe('what it is like', () => {
  test('ours alone, whatever the umask, and found again', () => {
    const at = place();
    const before = process.umask(0o777);
    try {
      open(at);
    } finally {
      process.umask(before);
    }
    expect(statSync(open(at)).mode & 0o777).toBe(0o700);
  });

  test.each<[string, (folder: string) => void, RegExp]>([
    ['others may enter', folder => mkdirSync(folder, {mode: 0o755}), /got mode 755;/],
    ['others may write', folder => {
      mkdirSync(folder);
      chmodSync(folder, 0o722);
    }, /got mode 722;/],
    ['is a link, be it to a good one', folder => {
      mkdirSync(`${folder}-real`, {mode: 0o700});
      symlinkSync(`${folder}-real`, folder);
    }, /got a symbolic link;/],
    ['is a link to nowhere', folder => symlinkSync(`${folder}-nowhere`, folder), /got a symbolic link;/],
    ['is a file', folder => writeFileSync(folder, ''), /got no folder;/],
  ])('one that %s is refused', (_what, make, reason) => {
    const at = place();
    make(folderOf(at));
    expect(() => open(at)).toThrow(UsageError);
    expect(() => open(at)).toThrow(reason);
    const expected = `expected a folder of user ${uid} alone (mode 700), got`;
    expect(() => open(at)).toThrow(`${folderOf(at)}, is not safe: ${expected}`);
    expect(() => open(at)).toThrow(/; remove it, or let XDG_RUNTIME_DIR name a folder of yours$/);
  });

  test.runIf(isRoot)('another user’s is refused', () => {
    const at = place();
    mkdirSync(folderOf(at), {mode: 0o700});
    chownSync(folderOf(at), 4711, 4711);
    expect(() => open(at)).toThrow(/got one of user 4711;/);
  });

  test('one that can’t be made says why', () => {
    const at = {...place(), tempFolder: path.join(tempFolder(), 'missing')};
    expect(() => open(at)).toThrow(/can't be made: ENOENT.*; remove it, or/);
    expect(existsSync(at.tempFolder)).toBe(false);
  });
});
