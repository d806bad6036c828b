import {existsSync, readdirSync, renameSync, statSync, unlinkSync, writeFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {connectRun, findRuns} from '../../src/wire/find-runs.ts';
import {listenRun, type Listening} from '../../src/wire/listen-run.ts';
import {WireServer} from '../../src/wire/server.ts';
import {createFakeMonitor} from '../support/fake-monitor.ts';
import {tempFolder} from '../support/parser-module.ts';
import {crash, startRun} from '../support/run-children.ts';

/** Processes start and answer when a busy machine lets them. */
vi.setConfig({testTimeout: 120_000});
const PATIENT_MS = 60_000;

/** A run in this process, whose facts name it as it is reached. */
const listen = async (folder: string, wantedName: string): Promise<Listening> => {
  const fake = createFakeMonitor([{name: 'web', linesPerSec: 1}]);
  let attachName: string | null = null;
  const server = new WireServer({
    monitor: {...fake, snapshot: () => ({...fake.snapshot(), attachName})},
    control: () => ({ok: true, value: null}),
    viewsChanged: () => {},
    linesChanged: () => {},
    viewLeft: () => {},
  });
  const listening = await listenRun(folder, wantedName, connection => void server.add(connection));
  onTestFinished(() => listening.close());
  attachName = listening.name;
  return listening;
};

/** A socket as a run leaves it that was killed. */
const leaveStale = async (file: string): Promise<void> => {
  const server = net.createServer();
  await new Promise<void>(resolve => server.listen(`${file}.first`, resolve));
  renameSync(`${file}.first`, file);
  await new Promise(resolve => server.close(resolve));
};

const namesIn = async (folder: string): Promise<string[]> => (await findRuns(folder, PATIENT_MS)).map(({name}) => name);

describe('a name', () => {
  test('leads to the run, for this user alone, and leaves nothing else behind', async () => {
    const folder = tempFolder();
    const {name, path: file} = await listen(folder, 'web');
    expect([name, file]).toEqual(['web', path.join(folder, 'web.sock')]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['web.sock']);
    expect(await namesIn(folder)).toEqual(['web']);
  });

  test('leaves the umask as it was', async () => {
    const before = process.umask(0o022);
    try {
      await listen(tempFolder(), 'web');
      expect(process.umask()).toBe(0o022);
    } finally {
      process.umask(before);
    }
  });

  test('that a live run has gets -2, -3', async () => {
    const folder = tempFolder();
    const names = [];
    for (let n = 0; n < 3; n++) names.push((await listen(folder, 'web')).name);
    expect(names).toEqual(['web', 'web-2', 'web-3']);
    expect(await namesIn(folder)).toEqual(['web', 'web-2', 'web-3']);
  });

  test('of a dead run is taken over', async () => {
    const folder = tempFolder();
    await crash(await startRun(folder, 'web'));
    expect(existsSync(path.join(folder, 'web.sock'))).toBe(true);
    expect((await listen(folder, 'web')).name).toBe('web');
    expect(readdirSync(folder)).toEqual(['web.sock']);
  });

  test('of something that is no socket is left alone', async () => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'web.sock'), 'mine');
    expect((await listen(folder, 'web')).name).toBe('web-2');
    expect(statSync(path.join(folder, 'web.sock')).size).toBe(4);
  });

  test('too long a path is refused before anything is made', async () => {
    const folder = tempFolder();
    const long = path.join(folder, 'd'.repeat(100));
    await expect(listen(long, 'web')).rejects.toThrow(/expected a path of at most/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a folder that is not there is refused with a sentence', async () => {
    const folder = path.join(tempFolder(), 'no');
    await expect(listen(folder, 'web')).rejects.toThrow(/no socket can be made in .*; make the folder writable/);
  });
});

describe('at the same time', () => {
  test('runs of one name are all reached, a dead one’s socket being there', async () => {
    const folder = tempFolder();
    const runs = [];
    await leaveStale(path.join(folder, 'web.sock'));
    for (const run of await Promise.all(Array.from({length: 4}, () => startRun(folder, 'web')))) runs.push(run);
    expect(runs.map(({name}) => name).toSorted()).toEqual(['web', 'web-2', 'web-3', 'web-4']);
    const found = await findRuns(folder, PATIENT_MS);
    const pids = new Map(found.map(run => [run.name, run.kind === 'live' ? run.run.pid : 0]));
    expect(runs.map(({name}) => pids.get(name))).toEqual(runs.map(({pid}) => pid));
  });

  test('again and again, within one process', async () => {
    for (let round = 0; round < 20; round++) {
      const folder = tempFolder();
      for (const name of ['web', 'web-2']) await leaveStale(path.join(folder, `${name}.sock`));
      const runs = await Promise.all(Array.from({length: 6}, () => listen(folder, 'web')));
      const names = runs.map(({name}) => name).toSorted();
      expect(new Set(names).size).toBe(6);
      expect(await namesIn(folder)).toEqual(names);
    }
  });
});

describe('closing', () => {
  test('removes the socket, and nobody comes in any more', async () => {
    const folder = tempFolder();
    const {close} = await listen(folder, 'web');
    close();
    expect(readdirSync(folder)).toEqual([]);
    expect(await connectRun(folder, 'web')).toEqual({kind: 'none'});
  });

  test('leaves the socket of who has its path by now', async () => {
    const folder = tempFolder();
    const first = await listen(folder, 'web');
    unlinkSync(first.path);
    const second = await listen(folder, 'web');
    expect(second.path).toBe(first.path);
    first.close();
    expect(await namesIn(folder)).toEqual(['web']);
    second.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});
