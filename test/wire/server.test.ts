import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {describe, expect, test} from 'vitest';
import {emptyPage, type Page} from '../../src/model/page.ts';
import type {Connection} from '../../src/wire/connection.ts';
import {applyDelta} from '../../src/wire/delta.ts';
import {MAX_CONNECTIONS, MAX_REQUESTS, PROTOCOL, type EngineMessage} from '../../src/wire/protocol.ts';
import {createFakeMonitor} from '../support/fake-monitor.ts';
import {ending, greeted, rawClient, until, wireRig, type RawClient} from '../support/wire-rig.ts';

const overWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The sentence with which a client is sent away; the connection must be closed behind it. */
const refusal = async (client: RawClient): Promise<string> => {
  const message = await client.hear();
  expect(message.kind).toBe('refused');
  expect((await client.connection.next()).kind).toBe('closed');
  return message.kind === 'refused' ? message.sentence : '';
};

describe('the handshake', () => {
  test('tells a probe what the run is, and no more', async () => {
    const {dial, views, monitor} = wireRig();
    const {socket} = await dial();
    const client = rawClient(socket);
    client.say({kind: 'hello', keepup: PROTOCOL, role: 'probe'});
    const {totals, views: viewCount} = monitor.snapshot();
    expect(await client.hear()).toEqual({
      kind: 'welcome',
      keepup: PROTOCOL,
      run: {
        name: 'demo', runName: 'demo', pid: process.pid, startedAtWallMs: expect.any(Number) as number, processes: 2,
        states: {running: 2}, linesIn: totals.ledger.linesIn, linesPerSec: totals.rates.linesPerSec10, views: viewCount, detachable: false,
      },
    });
    client.say({kind: 'leave', how: 'close'});
    expect((await client.connection.next()).kind).toBe('closed');
    expect(views).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    ['another version', {kind: 'hello', keepup: 0, role: 'ui'}, /expected a hello of keepup's protocol 1, got one of protocol 0; use the keepup that/],
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
    expect(await refusal(client)).toMatch(/got something else: expected a frame of at most 65536 bytes, got one of \d+;/);
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
    expect(await refusal(rawClient((await rig.dial()).socket))).toMatch(/expected at most 32 connections to a run, got one more/);
    clients[0]!.client.connection.destroy();
    await clients[0]!.far.closed;
    await enter();
  });
});

describe('updates', () => {
  test('the whole first, then one change at a time, each from what was taken', async () => {
    const {dial, monitor} = wireRig();
    const client = await greeted((await dial()).socket, 'ui');
    const first = await client.hear();
    if (first.kind !== 'snapshot') throw new Error(first.kind);
    expect(first.snapshot).toEqual(overWire(monitor.snapshot()));
    for (let tick = 0; tick < 10; tick++) monitor.advance(100);
    client.say({kind: 'taken', seq: first.snapshot.seq});
    const second = await client.hear();
    if (second.kind !== 'delta') throw new Error(second.kind);
    expect(applyDelta(first.snapshot, second.delta)).toEqual(overWire(monitor.snapshot()));
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
    const monitor = createFakeMonitor(Array.from({length: 8}, (_, n) => ({name: `p${n}`, linesPerSec: 400, before: 100})));
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

    const first = await client.hear();
    if (first.kind !== 'snapshot') throw new Error(first.kind);
    client.say({kind: 'taken', seq: first.snapshot.seq});
    const second = await client.hear();
    if (second.kind !== 'delta') throw new Error(second.kind);
    expect(applyDelta(first.snapshot, second.delta)).toEqual(overWire(monitor.snapshot()));
    expect(left).toEqual([]);
  });
});

describe('what a client says', () => {
  test('commands reach the engine, those for no process do not', async () => {
    const {dial, monitor} = wireRig();
    const client = await greeted((await dial()).socket, 'ui');
    for (const command of [{kind: 'pause', target: 1}, {kind: 'stop', target: 2}, {kind: 'clear', target: 'all'}, {kind: 'quit', signal: 'SIGHUP'}]) {
      client.say({kind: 'command', command});
    }
    await until(() => monitor.commands.length === 3);
    expect(monitor.commands).toEqual([{kind: 'pause', target: 1}, {kind: 'clear', target: 'all'}, {kind: 'quit', signal: 'SIGHUP'}]);
  });

  test.each<[string, unknown, RegExp]>([
    ['an unknown kind', {kind: 'sing'}, /expected hello, taken, page, command, control or leave/],
    ['a second hello', {kind: 'hello', keepup: PROTOCOL, role: 'ui'}, /expected no hello of a ui/],
    ['a command without a target', {kind: 'command', command: {kind: 'stop'}}, /expected a command of a known kind/],
    ['a target that is no number', {kind: 'command', command: {kind: 'stop', target: 1.5}}, /expected a command/],
    ['an unknown signal', {kind: 'command', command: {kind: 'quit', signal: 'SIGKILL'}}, /expected a command/],
    ['an odd page', {kind: 'page', id: 1, query: {kind: 'line', process: 0, key: [1]}}, /expected a page of/],
    ['a leave without how', {kind: 'leave'}, /expected leave with how/],
  ])('%s is refused with a sentence', async (_what, message, sentence) => {
    const {dial, monitor} = wireRig();
    const client = await greeted((await dial()).socket, 'ui');
    await client.hear();
    client.say(message);
    expect(await refusal(client)).toMatch(sentence);
    expect(monitor.commands).toEqual([]);
  });

  test('a frame over the limit is refused', async () => {
    const {dial} = wireRig();
    const client = await greeted((await dial()).socket, 'ctl');
    client.say({kind: 'control', id: 1, request: {kind: 'act', action: 'stop', names: ['x'.repeat(70_000)]}});
    expect(await refusal(client)).toMatch(/at most 65536 bytes/);
  });

  test('a ctl may ask and not steer', async () => {
    const {dial} = wireRig();
    const client = await greeted((await dial()).socket, 'ctl');
    client.say({kind: 'command', command: {kind: 'stop', target: 0}});
    expect(await refusal(client)).toMatch(/expected no command of a ctl/);
  });

  test('requests are answered, odd and failing ones with a sentence', async () => {
    const {dial, asked} = wireRig({
      control: request => {
        if (request.kind === 'report') throw new Error('no report yet');
        return request.kind === 'quit' ? {ok: true, value: 'x'.repeat(65 * 1024 * 1024)} : {ok: true, value: [1]};
      },
    });
    const client = await greeted((await dial()).socket, 'ctl');
    const answerTo = async (request: unknown): Promise<unknown> => {
      client.say({kind: 'control', id: 5, request});
      const message = await client.hear();
      return message.kind === 'answer' && message.id === 5 ? message.answer : message;
    };
    expect(await answerTo({kind: 'act', action: 'stop', names: ['web'], more: 1})).toEqual({ok: true, value: [1]});
    expect(await answerTo({kind: 'report'})).toEqual({ok: false, sentence: 'report failed: no report yet'});
    expect(await answerTo({kind: 'act', action: 'sing', names: []})).toMatchObject({ok: false, sentence: /^expected status, report, act/});
    expect(await answerTo({kind: 'quit', force: true})).toEqual({ok: false, sentence: 'the answer is larger than a message may be'});
    expect(asked).toEqual([{kind: 'act', action: 'stop', names: ['web']}, {kind: 'report'}, {kind: 'quit', force: true}]);
  });
});

describe('pages', () => {
  const query = {kind: 'groups', process: 0} as const;

  test('one at a time, a bounded number waits, the rest gets empty ones at once', async () => {
    const monitor = createFakeMonitor([{name: 'web', linesPerSec: 1}]);
    const open: ((page: Page) => void)[] = [];
    monitor.page = () => new Promise(resolve => open.push(resolve));
    const {dial} = wireRig({monitor});
    const client = await greeted((await dial()).socket, 'ui');
    await client.hear();
    for (let id = 0; id < MAX_REQUESTS + 5; id++) client.say({kind: 'page', id, query});
    // The first is being answered, so many wait behind it; the last four are too many.
    for (let id = MAX_REQUESTS + 1; id < MAX_REQUESTS + 5; id++) {
      expect(await client.hear()).toEqual({kind: 'page', id, page: emptyPage(query)});
    }
    for (let id = 0; id <= MAX_REQUESTS; id++) {
      expect(open).toHaveLength(id + 1);
      open[id]!({kind: 'groups', groups: []});
      expect(await client.hear()).toMatchObject({kind: 'page', id});
      await until(() => open.length > id + 1 || id === MAX_REQUESTS);
    }
  });

  test('no more are begun for a client that does not read, nor is more heard of it', async () => {
    const monitor = createFakeMonitor([{name: 'web', linesPerSec: 1}]);
    const detail = {line: {} as never, text: 'x'.repeat(1_500_000), pretty: null, message: ''};
    let count = 0;
    monitor.page = async () => {
      count++;
      return {kind: 'line', detail};
    };
    const {dial} = wireRig({monitor});
    const {socket, far} = await dial();
    const client = await greeted(socket, 'ui');
    await client.hear();
    for (let id = 0; id < 5000; id++) client.say({kind: 'page', id, query});
    await until(() => far.queuedBytes > 8 * 1024 * 1024);
    const begun = count;
    expect(begun).toBeLessThan(10);
    expect(far.queuedBytes).toBeLessThan(20_000_000);
    // All are answered, some emptily, once it reads.
    for (let n = 0; n < 5000; n++) expect((await client.hear()).kind).toBe('page');
    expect(count).toBeGreaterThan(begun);
  });

  test('a page that fails is an empty one', async () => {
    const monitor = createFakeMonitor([{name: 'web', linesPerSec: 1}]);
    monitor.page = () => Promise.reject(new Error('no'));
    const {dial} = wireRig({monitor});
    const client = await greeted((await dial()).socket, 'ui');
    await client.hear();
    client.say({kind: 'page', id: 1, query: {kind: 'lines-before', process: 0, before: 'end', count: 1e6}});
    expect(await client.hear()).toEqual({kind: 'page', id: 1, page: {kind: 'lines', lines: [], atStart: true, atEnd: true}});
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

  test('all, sent away by the run', async () => {
    const {attach, dial, server, left, views} = wireRig();
    const [one, two] = [await attach(), await attach()];
    const ctl = await greeted((await dial()).socket, 'ctl');
    server.detachViews();
    expect([await one.over, await two.over]).toEqual([{kind: 'detached'}, {kind: 'detached'}]);
    expect([left, views]).toEqual([['detach', 'detach'], [1, 2, 1, 0]]);
    ctl.say({kind: 'control', id: 1, request: {kind: 'status'}});
    expect((await ctl.hear()).kind).toBe('answer');
  });

  test('nothing is asked of the monitor while nobody watches', async () => {
    const monitor = createFakeMonitor([{name: 'web', linesPerSec: 1}]);
    let subscribers = 0;
    const {subscribe} = monitor;
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
    const {dial, server, attach} = wireRig({limits: {endMs: 100}});
    const {socket, far} = await dial();
    const client = rawClient(socket);
    client.say({kind: 'hello', keepup: PROTOCOL, role: 'ui'});
    const view = await attach();
    const large = {...ending, said: ['x'.repeat(10_000_000)]};
    await server.end(large);
    expect((await view.over).kind).toBe('ended');
    expect(await far.closed).toEqual({kind: 'destroyed'});
  });

  test('of a report that is too large comes with its largest groups', async () => {
    const {attach, server} = wireRig();
    const view = await attach();
    const group = {
      kind: 'error', template: 't', count: 1, firstSeen: '', lastSeen: '', sample: 'x'.repeat(1_000_000), sampleLine: 1,
      sampleOffset: 1, sampleGeneration: 1,
    };
    const totals = {...ending.report.totals, errorGroups: Array.from({length: 100}, (_, count) => ({...group, count}))};
    void server.end({...ending, report: {...ending.report, totals}});
    const over = await view.over;
    expect(over.kind === 'ended' && over.ending.report.totals.errorGroups.map(({count}) => count)).toEqual([...Array(16).keys()]);
  });
});
