import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {describe, expect, test, vi} from 'vitest';
import type {DisplayLine} from '../../src/model/display-line.ts';
import type {ProcessSnapshot} from '../../src/model/snapshot.ts';
import type {Connection} from '../../src/wire/connection.ts';
import {MAX_CONNECTIONS, PROTOCOL, type EngineMessage} from '../../src/wire/protocol.ts';
import {ending} from '../support/ending.ts';
import {createFakeMonitor} from '../support/fake-monitor.ts';
import {greeted, hearUpdate, rawClient, refusal, until, wireRig, type RawClient} from '../support/wire-rig.ts';

const overWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

// A busy machine may take its time.
vi.setConfig({testTimeout: 120_000});

describe('the handshake', () => {
  test('tells a probe what the run is, and no more', async () => {
    const {dial, views, monitor} = wireRig();
    const {socket} = await dial();
    const client = rawClient(socket);
    client.say({kind: 'hello', keepup: PROTOCOL, role: 'probe'});
    const {totals, wallMs} = monitor.snapshot();
    const run = {
      name: 'demo', runName: 'demo', pid: process.pid, startedAtWallMs: wallMs - 761_000, processes: 2,
      states: {running: 2}, linesIn: totals.ledger.linesIn, linesPerSec: totals.rates.linesPerSec10, views: 1,
      detachable: false,
    };
    expect(await client.hear()).toEqual({kind: 'welcome', keepup: PROTOCOL, run});
    client.say({kind: 'leave', how: 'close'});
    expect((await client.connection.next()).kind).toBe('closed');
    expect(views).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    ['another version', {kind: 'hello', keepup: 0, role: 'ui'}, /protocol 1, got one of protocol 0; use the keepup/],
    ['a version that knows more roles', {kind: 'hello', keepup: 7, role: 'poet'}, /got one of protocol 7;/],
    ['a hello without one', {kind: 'hello'}, /got one without a protocol;/],
    ['no hello', {kind: 'taken', seq: 1}, /got another message;/],
    ['no object', null, /got another message;/],
  ])('%s is refused with a sentence', async (_what, message, sentence) => {
    const {dial, server} = wireRig();
    const client = rawClient((await dial()).socket);
    client.say(message);
    expect(await refusal(client)).toMatch(sentence);
    expect(server.views).toBe(0);
  });

  test('garbage is refused', async () => {
    const {socket} = await wireRig().dial();
    const client = rawClient(socket);
    socket.write('GET / HTTP/1.1\r\n\r\n');
    expect(await refusal(client)).toMatch(/got something else: expected a frame of at most 65536 bytes, got one/);
  });

  test('silence is refused after a while', async () => {
    const {dial} = wireRig({limits: {helloMs: 30}});
    expect(await refusal(rawClient((await dial()).socket))).toMatch(/got nothing for 30 ms/);
  });

  test('one too many is refused, and another gets its place', async () => {
    const rig = wireRig();
    const enter = async (): Promise<{client: RawClient; far: Connection}> => {
      const {socket, far} = await rig.dial();
      return {client: await greeted(socket, 'ctl'), far};
    };
    const clients = await Promise.all(Array.from({length: MAX_CONNECTIONS}, enter));
    const tooMany = rawClient((await rig.dial()).socket);
    expect(await refusal(tooMany)).toMatch(/expected at most 32 connections to a run, got one more/);
    clients[0]!.client.connection.destroy();
    await clients[0]!.far.closed;
    await enter();
  });
});

const lastThree = ({tail}: ProcessSnapshot): DisplayLine[] =>
  tail.filter(({kind}, at) => at >= tail.length - 3 || kind === 'stderr');

describe('updates', () => {
  test('the whole first, then one change at a time, each from what was taken', async () => {
    const {dial, monitor} = wireRig();
    const client = await greeted((await dial()).socket, 'ui');
    const first = await hearUpdate(client, null);
    expect(first).toEqual(overWire(monitor.snapshot()));
    for (let tick = 0; tick < 10; tick++) monitor.advance(100);
    client.say({kind: 'taken', seq: first.seq});
    expect(await hearUpdate(client, first)).toEqual(overWire(monitor.snapshot()));
  });

  test('a wrong number takes nothing in', async () => {
    const {dial, monitor} = wireRig();
    const client = await greeted((await dial()).socket, 'ui');
    await client.hear();
    client.say({kind: 'taken', seq: 999});
    monitor.advance(100);
    client.say({kind: 'page', id: 1, query: {kind: 'groups', process: 0}});
    expect((await client.hear()).kind).toBe('page');
  });

  test('have no more lines of a process than its view shows, and all of them as soon as it shows more', async () => {
    const {dial, monitor} = wireRig();
    const client = await greeted((await dial()).socket, 'ui');
    const first = await hearUpdate(client, null);
    client.say({kind: 'taken', seq: first.seq, lines: 3});
    monitor.advance(100);
    const few = await hearUpdate(client, first);
    const newest = overWire(monitor.snapshot());
    expect(few).toEqual({...newest, processes: newest.processes.map(one => ({...one, tail: lastThree(one)}))});
    client.say({kind: 'taken', seq: few.seq, lines: 3});
    // Nothing has changed but what is wanted.
    client.say({kind: 'taken', seq: few.seq, lines: 64});
    expect(await hearUpdate(client, few)).toEqual(newest);
  });

  test('five views at once all follow', async () => {
    const {attach, monitor, views} = wireRig();
    const clients = await Promise.all(Array.from({length: 5}, attach));
    expect(views).toEqual([1, 2, 3, 4, 5]);
    for (let tick = 0; tick < 30; tick++) {
      monitor.advance(100);
      await new Promise(setImmediate);
    }
    const wanted = overWire(monitor.snapshot());
    for (const client of clients) {
      await until(() => client.snapshot().seq === wanted.seq);
      expect(client.snapshot()).toEqual(wanted);
    }
  });

  test('a client that never reads costs one update, however much passes, and is right at once afterwards', async () => {
    const scripts = Array.from({length: 4}, (_, n) => ({name: `p${n}`, linesPerSec: 200, before: 100}));
    const monitor = createFakeMonitor(scripts);
    const {dial, attach, left} = wireRig({monitor});
    const {socket, far, farSocket} = await dial();
    const client = await greeted(socket, 'ui');
    const watcher = await attach();
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    gc();
    const before = process.memoryUsage();
    let mostQueued = 0;
    for (let tick = 0; tick < 1000; tick++) {
      monitor.advance(100);
      mostQueued = Math.max(mostQueued, farSocket.writableLength);
      if (tick % 50 === 0) await until(() => watcher.snapshot().seq === monitor.snapshot().seq);
    }
    gc();
    const after = process.memoryUsage();
    const whole = JSON.stringify(monitor.snapshot()).length;
    expect(mostQueued).toBeLessThan(2 * whole);
    expect(far.queuedBytes).toBeLessThan(2 * whole);
    // The scripted processes' own history, kept to 4000 lines each, is most of it.
    expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(60_000_000);

    const first = await hearUpdate(client, null);
    client.say({kind: 'taken', seq: first.seq});
    expect(await hearUpdate(client, first)).toEqual(overWire(monitor.snapshot()));
    expect(left).toEqual([]);
  });
});

describe('views leave', () => {
  test('with a goodbye, or lost in the middle of a message', async () => {
    const {dial, left, views, server} = wireRig();
    const one = await greeted((await dial()).socket, 'ui');
    const two = await greeted((await dial()).socket, 'ui');
    const {socket} = await dial();
    await greeted(socket, 'ui');
    one.say({kind: 'leave', how: 'detach'});
    await until(() => left.length === 1);
    two.say({kind: 'leave', how: 'close'});
    await until(() => left.length === 2);
    socket.end(Buffer.from([0, 0, 0, 99, 0x7b]));
    await until(() => left.length === 3);
    expect(left).toEqual(['detach', 'close', 'lost']);
    expect(views).toEqual([1, 2, 3, 2, 1, 0]);
    expect(server.views).toBe(0);
  });

  test('nothing is asked of the monitor while nobody watches', async () => {
    const monitor = createFakeMonitor([{name: 'web', linesPerSec: 1}]);
    let subscribers = 0;
    const subscribe = monitor.subscribe.bind(monitor);
    monitor.subscribe = listener => {
      subscribers++;
      const end = subscribe(listener);
      return () => {
        subscribers--;
        end();
      };
    };
    const {attach, left} = wireRig({monitor});
    const [one, two] = [await attach(), await attach()];
    expect(subscribers).toBe(1);
    await Promise.all([one.leave('close'), two.leave('close')]);
    await until(() => left.length === 2);
    expect(subscribers).toBe(0);
  });
});

describe('the end', () => {
  test('is told to all; who is late is told, too', async () => {
    const {attach, dial, server, left} = wireRig();
    const view = await attach();
    const ctl = await greeted((await dial()).socket, 'ctl');
    const shy = rawClient((await dial()).socket);
    const ended = server.end(ending);
    expect(await view.over).toEqual({kind: 'ended', ending});
    expect(await ctl.hear()).toEqual({kind: 'end', ending} satisfies EngineMessage);
    expect(await refusal(shy)).toMatch(/the run is over/);
    const late = rawClient((await dial()).socket);
    expect(await refusal(late)).toMatch(/the run is over/);
    ctl.connection.destroy();
    await ended;
    expect(left).toEqual([]);
  });

  test('does not wait for ever for who reads nothing', async () => {
    const {dial, server} = wireRig({limits: {endMs: 100}});
    const {socket, far} = await dial();
    await greeted(socket, 'ui');
    await server.end({...ending, said: ['x'.repeat(10_000_000)]});
    expect(await far.closed).toEqual({kind: 'destroyed'});
  });
});
