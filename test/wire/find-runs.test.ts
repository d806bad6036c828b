import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {attachMonitor} from '../../src/wire/client.ts';
import {connectRun, findRuns} from '../../src/wire/find-runs.ts';
import {refuse} from '../../src/wire/handshake.ts';
import {listenRun} from '../../src/wire/listen-run.ts';
import {tempFolder} from '../support/parser-module.ts';
import {crash, startRun} from '../support/run-children.ts';

/** Processes start and answer when a busy machine lets them. */
vi.setConfig({testTimeout: 120_000});
const PATIENT_MS = 60_000;

describe('finding runs', () => {
  test('an empty folder has none', async () => {
    expect(await findRuns(tempFolder())).toEqual([]);
  });

  test('live ones with their facts; dead ones’ sockets go, other files stay', async () => {
    const folder = tempFolder();
    const [dead, live] = await Promise.all([startRun(folder, 'dead'), startRun(folder, 'my app')]);
    await crash(dead);
    for (const file of ['notes.txt', 'file.sock', '.hidden.sock']) writeFileSync(path.join(folder, file), '');
    const found = await findRuns(folder, PATIENT_MS);
    const run = {pid: live.pid, processes: 1, states: {running: 1}};
    expect(found).toMatchObject([{kind: 'live', name: 'my app', run}]);
    const socket = path.basename(found[0]!.path);
    expect(new Set(readdirSync(folder))).toEqual(new Set(['.hidden.sock', 'file.sock', socket, 'notes.txt']));
  });

  test('a stopped one is silent, keeps its socket and keeps nobody waiting', async () => {
    const folder = tempFolder();
    const [stopped, live] = await Promise.all([startRun(folder, 'stopped'), startRun(folder, 'live')]);
    stopped.child.kill('SIGSTOP');
    const found = await findRuns(folder, 1500);
    const silent = {kind: 'silent', sentence: /^no answer within 1500 ms/};
    expect(found.find(({name}) => name === 'stopped')).toMatchObject(silent);
    expect(found.map(({name}) => name)).toEqual([live.name, stopped.name]);
    expect(existsSync(path.join(folder, 'stopped.sock'))).toBe(true);
    // A new run of its name stays out of its way.
    const {name, close} = await listenRun(folder, 'stopped', () => {});
    expect(name).toBe('stopped-2');
    close();
    stopped.child.kill('SIGCONT');
    expect(await findRuns(folder, PATIENT_MS)).toMatchObject([{kind: 'live'}, {kind: 'live', name: 'stopped'}]);
  });

  test('one that refuses us is silent, with its sentence', async () => {
    const folder = tempFolder();
    const {close} = await listenRun(folder, 'old', connection => void refuse(connection, 'we speak protocol 0'));
    onTestFinished(close);
    const found = await findRuns(folder, PATIENT_MS);
    expect(found).toMatchObject([{kind: 'silent', name: 'old', sentence: 'we speak protocol 0'}]);
  });

  test('something that is no keepup is silent', async () => {
    const folder = tempFolder();
    const server = net.createServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>(resolve => server.listen(path.join(folder, 'x.sock'), resolve));
    onTestFinished(() => void server.close());
    const found = await findRuns(folder, PATIENT_MS);
    expect(found).toMatchObject([{kind: 'silent', name: 'x', sentence: /^it is no keepup/}]);
  });
});

describe('connecting', () => {
  test('to a name, or to the only run', async () => {
    const folder = tempFolder();
    const run = await startRun(folder, 'my/app');
    for (const name of ['my/app', null]) {
      const reached = await connectRun(folder, name, PATIENT_MS);
      if (reached.kind !== 'connected') throw new Error(reached.kind);
      const view = await attachMonitor(reached.connection, PATIENT_MS);
      expect(view.run).toMatchObject({name: 'my/app', pid: run.pid});
      await view.leave('detach');
    }
  });

  test('what stands in the way is a value', async () => {
    const folder = tempFolder();
    expect(await connectRun(folder, null, PATIENT_MS)).toEqual({kind: 'none'});
    expect(await connectRun(folder, 'web', PATIENT_MS)).toEqual({kind: 'none'});
    const dead = await startRun(folder, 'dead');
    await Promise.all([startRun(folder, 'web'), startRun(folder, 'db')]);
    await crash(dead);
    expect(await connectRun(folder, 'dead', PATIENT_MS)).toEqual({kind: 'unknown', names: ['db', 'web']});
    expect(await connectRun(folder, null, PATIENT_MS)).toEqual({kind: 'several', names: ['db', 'web']});
  });

  test('a name whose path is too long is refused', async () => {
    await expect(connectRun(path.join(tempFolder(), 'd'.repeat(100)), 'web')).rejects.toThrow(/at most/);
  });
});
