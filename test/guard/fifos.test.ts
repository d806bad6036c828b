import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  readSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {Fifos} from '../../src/guard/fifos.ts';
import type {OutputPipe} from '../../src/model/guard.ts';
import {tempFolder} from '../support/parser-module.ts';

const opened: Fifos[] = [];
afterEach(async () => {
  for (const fifos of opened.splice(0)) await fifos.close();
});

const startFifos = (parent?: string, mkfifo?: string): Fifos => {
  const fifos = new Fifos(parent ?? tempFolder(), mkfifo);
  opened.push(fifos);
  return fifos;
};

const closeBoth = ({readFd, writeFd}: OutputPipe): void => {
  closeSync(readFd);
  closeSync(writeFd);
};

const openFds = (): number => readdirSync('/proc/self/fd').length;

test('a pipe carries bytes, has no name any more, and is known by its link', async () => {
  const fifos = startFifos();
  const pipe = (await fifos.outputPipe())!;
  expect(() => readSync(pipe.readFd, Buffer.alloc(9))).toThrow('EAGAIN');
  writeSync(pipe.writeFd, 'hello');
  const buffer = Buffer.alloc(9);
  expect(readSync(pipe.readFd, buffer)).toBe(5);
  expect(buffer.toString('latin1', 0, 5)).toBe('hello');
  expect(pipe.link).toBe(readlinkSync(`/proc/self/fd/${pipe.writeFd}`));
  expect(pipe.link).toMatch(new RegExp(`^${fifos.folder}/\\d+ \\(deleted\\)$`));
  expect([fstatSync(pipe.readFd).isFIFO(), fstatSync(pipe.readFd).mode & 0o777]).toEqual([true, 0o600]);
  closeSync(pipe.writeFd);
  expect(readSync(pipe.readFd, buffer)).toBe(0);
  closeSync(pipe.readFd);
});

test('they lie in a folder of our own, and nothing is left of it', async () => {
  const fifos = startFifos();
  await fifos.prefetch(3);
  expect(statSync(fifos.folder!).mode & 0o777).toBe(0o700);
  expect(readdirSync(fifos.folder!)).toHaveLength(3);
  await fifos.close();
  expect(existsSync(fifos.folder!)).toBe(false);
  expect(await fifos.outputPipe()).toBeNull();
});

test('any number may be asked for at once; each is another one, and no descriptor is left', async () => {
  const before = openFds();
  const fifos = startFifos();
  const pipes = await Promise.all(Array.from({length: 100}, () => fifos.outputPipe()));
  expect(new Set(pipes.map(pipe => pipe!.link)).size).toBe(100);
  for (const pipe of pipes) closeBoth(pipe!);
  expect(openFds()).toBe(before);
});

describe('there are none', () => {
  test.each([
    ['without a place for the folder', () => startFifos('/nowhere/at/all')],
    ['without the program', () => startFifos(undefined, 'no-such-mkfifo')],
    ['when it fails', () => startFifos(undefined, 'false')],
  ])('%s', async (_title, start) => {
    const fifos = start();
    await fifos.prefetch(2);
    expect(await fifos.outputPipe()).toBeNull();
    expect(await fifos.outputPipe()).toBeNull();
  });

  test('where something else stands in their place; those beside it work', async () => {
    const fifos = startFifos();
    for (const name of ['1', '3']) mkdirSync(path.join(fifos.folder!, name));
    writeFileSync(path.join(fifos.folder!, '2'), '');
    const pipe = await fifos.outputPipe();
    expect(pipe).not.toBeNull();
    closeBoth(pipe!);
  });
});
