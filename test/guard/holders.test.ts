import {closeSync} from 'node:fs';
import {afterAll, expect, test} from 'vitest';
import {Fifos} from '../../src/guard/fifos.ts';
import {Holders} from '../../src/guard/holders.ts';
import {eventually} from '../support/eventually.ts';
import {startLoose} from '../support/loose-processes.ts';
import {tempFolder} from '../support/parser-module.ts';

const fifos = new Fifos(tempFolder());
afterAll(() => fifos.close());

test('who can write to a pipe is found; who only reads it, and we, are not', async () => {
  const holders = new Holders(fifos.folder, () => performance.now());
  const [pipe, other] = [(await fifos.outputPipe())!, (await fifos.outputPipe())!];
  const writer = startLoose('exec sleep 1000', {}, ['ignore', pipe.writeFd, 'ignore']);
  const stranger = startLoose('exec sleep 1000', {}, ['ignore', other.writeFd, 'ignore']);
  startLoose('exec sleep 1000', {}, ['ignore', pipe.readFd, 'ignore']);
  await eventually(() => holders.holders([pipe.link]), pids => pids.join() === String(writer.pid));
  const both = [writer.pid, stranger.pid].toSorted((a, b) => a - b);
  expect(holders.holders([pipe.link, other.link])).toEqual(both);
  expect(holders.holders([])).toEqual([]);
  for (const {readFd, writeFd} of [pipe, other]) for (const fd of [readFd, writeFd]) closeSync(fd);
});

test('without a folder nobody is found', () => {
  expect(new Holders(null, () => 0).holders(['x'])).toEqual([]);
});
