import {describe, expect, test} from 'vitest';
import type {Monitor} from '../../src/model/monitor.ts';
import {askRun} from '../../src/wire/ask-run.ts';
import {attachMonitor} from '../../src/wire/client.ts';
import {Connection} from '../../src/wire/connection.ts';
import {MAX_FRAME_TO_CLIENT, PROTOCOL} from '../../src/wire/protocol.ts';
import {ending} from '../support/ending.ts';
import {socketPair} from '../support/socket-pair.ts';
import {rawClient, until, wireRig, type RawClient, type WireRig} from '../support/wire-rig.ts';

const overWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** An engine that says only what a test tells it to, and our end of the line to it. */
const scripted = async (): Promise<{engine: RawClient; near: Connection}> => {
  const [near, far] = await socketPair();
  return {engine: rawClient(far), near: new Connection(near, MAX_FRAME_TO_CLIENT)};
};

describe('as a monitor', () => {
  test('shows what the engine shows, and the same object until something changes', async () => {
    const {attach, monitor} = wireRig();
    const view: Monitor = await attach();
    const first = view.snapshot();
    expect(first).toEqual(overWire(monitor.snapshot()));
    expect(view.snapshot()).toBe(first);
    const changed = new Promise<void>(resolve => view.subscribe(resolve));
    monitor.advance(100);
    await changed;
    expect(view.snapshot()).toEqual(overWire(monitor.snapshot()));
  });

  test('held, takes one more snapshot at the most; then the newest at once', async () => {
    const {attach, monitor} = wireRig();
    const view = await attach();
    let heard = 0;
    view.subscribe(() => heard++);
    view.hold?.(true);
    for (let step = 0; step < 5; step++) {
      monitor.advance(100);
      // An answer comes behind all that was sent before it.
      await view.page({kind: 'groups', process: 0});
    }
    // The one may come late, and then it is the newest.
    await until(() => heard === 1);
    monitor.advance(100);
    await view.page({kind: 'groups', process: 0});
    expect(heard).toBe(1);
    expect(view.snapshot().seq).toBeLessThan(monitor.snapshot().seq);
    view.hold?.(false);
    await until(() => view.snapshot().seq === monitor.snapshot().seq);
    expect(view.snapshot()).toEqual(overWire(monitor.snapshot()));
  });

  test('calls nobody who has unsubscribed', async () => {
    const {attach, monitor} = wireRig();
    const view = await attach();
    const calls: string[] = [];
    const end = view.subscribe(() => calls.push('ended'));
    view.subscribe(() => calls.push('stays'));
    end();
    monitor.advance(100);
    await until(() => calls.length > 0);
    expect(calls).toEqual(['stays']);
  });

  test('pages are the engine’s, each for its question', async () => {
    const {attach, monitor} = wireRig();
    const view = await attach();
    const queries = [
      {kind: 'lines-before', process: 0, before: 'end', count: 3},
      {kind: 'lines-after', process: 1, after: [2, 0], count: 2},
      {kind: 'groups', process: 0},
      {kind: 'line', process: 0, key: monitor.snapshot().processes[0]!.tail[3]!.key},
      {kind: 'groups', process: 9},
    ] as const;
    const pages = await Promise.all(queries.map(query => view.page(query)));
    expect(pages).toEqual(overWire(await Promise.all(queries.map(query => monitor.page(query)))));
  });

  test('commands and requests go to the engine', async () => {
    const {attach, monitor, asked} = wireRig();
    const view = await attach();
    view.dispatch({kind: 'restart', target: 0});
    expect(await view.control({kind: 'status'})).toEqual({ok: true, value: 'status'});
    expect([monitor.commands, asked]).toEqual([[{kind: 'restart', target: 0}], [{kind: 'status'}]]);
  });

  test('knows the time on the engine’s clock', async () => {
    const {attach, monitor} = wireRig();
    const sentAtMs = performance.now();
    const view = await attach();
    const now = view.nowMs();
    const tookMs = performance.now() - sentAtMs;
    expect(now - monitor.snapshot().nowMs).toBeGreaterThanOrEqual(0);
    expect(now - monitor.snapshot().nowMs).toBeLessThanOrEqual(tookMs);
  });
});

describe('over', () => {
  test('by the run’s end', async () => {
    const {attach, server} = wireRig();
    const view = await attach();
    void server.end(ending);
    expect(await view.over).toEqual({kind: 'ended', ending});
    await expect(view.page({kind: 'groups', process: 0})).rejects.toThrow('the view is closed');
    expect(await view.control({kind: 'status'})).toMatchObject({ok: false});
  });

  test('by our goodbye', async () => {
    const {attach, left} = wireRig();
    const [one, two] = [await attach(), await attach()];
    await one.leave('detach');
    two.close();
    expect([await one.over, await two.over]).toEqual([{kind: 'left', how: 'detach'}, {kind: 'left', how: 'close'}]);
    await until(() => left.length === 2);
    expect(left.toSorted()).toEqual(['close', 'detach']);
  });

  test('lost: open pages are rejected, requests answered, nobody is called any more', async () => {
    const {engine, near} = await scripted();
    const rig = wireRig();
    const attached = attachMonitor(near, 30_000);
    expect(await engine.hear()).toEqual({kind: 'hello', keepup: PROTOCOL, role: 'ui'});
    engine.say({kind: 'welcome', keepup: PROTOCOL, run: rig.server.facts()});
    engine.say({kind: 'snapshot', snapshot: rig.monitor.snapshot()});
    const view = await attached;
    let calls = 0;
    view.subscribe(() => calls++);
    const page = view.page({kind: 'groups', process: 0});
    const answer = view.control({kind: 'status'});
    engine.connection.destroy();
    await expect(page).rejects.toThrow(/^the connection to the run was lost/);
    expect(await answer).toMatchObject({ok: false, sentence: /^the connection to the run was lost/});
    expect((await view.over).kind).toBe('lost');
    expect(calls).toBe(0);
    view.dispatch({kind: 'stop', target: 0});
    await view.leave('close');
  });

  test('lost where a change fits nothing that we have', async () => {
    const {engine, near} = await scripted();
    const rig = wireRig();
    const attached = attachMonitor(near, 30_000);
    engine.say({kind: 'welcome', keepup: PROTOCOL, run: rig.server.facts()});
    engine.say({kind: 'snapshot', snapshot: rig.monitor.snapshot()});
    const view = await attached;
    engine.say({kind: 'delta', delta: {base: 99, fields: {}}});
    expect(await view.over).toEqual({kind: 'lost', reason: 'expected a change of snapshot 1, got one of 99'});
  });
});

const welcome = {kind: 'welcome', keepup: PROTOCOL, run: {}};

describe('attaching fails', () => {
  test.each<[string, unknown[], RegExp]>([
    ['with the engine’s sentence', [{kind: 'refused', sentence: 'go away'}], /^go away$/],
    ['at another version', [{...welcome, keepup: 9}], /^it speaks protocol 9, we speak 1; use the keepup/],
    ['at something else', [{kind: 'hi'}], /^it is no keepup/],
    ['at no object', [null], /^it is no keepup/],
    ['without a snapshot', [welcome, {kind: 'answer', id: 1, answer: {ok: true, value: 1}}], /^expected a snapshot of the run, got answer/],
    ['where it ends meanwhile', [welcome, {kind: 'refused', sentence: 'the run is over'}], /^the run is over/],
  ])('%s', async (_what, messages, sentence) => {
    const {engine, near} = await scripted();
    for (const message of messages) engine.say(message);
    await expect(attachMonitor(near, 30_000)).rejects.toThrow(sentence);
    expect((await near.closed).kind).toBe('destroyed');
  });

  test('at one that hangs up', async () => {
    const {engine, near} = await scripted();
    engine.connection.destroy();
    await expect(attachMonitor(near, 30_000)).rejects.toThrow(/^it hung up without an answer/);
  });

  test('at one that says nothing', async () => {
    const {near} = await scripted();
    await expect(attachMonitor(near, 30)).rejects.toThrow(/^no answer within 30 ms; is it stopped/);
  });
});

const ask = async (rig: WireRig): Promise<unknown> =>
  askRun(new Connection((await rig.dial()).socket, MAX_FRAME_TO_CLIENT), {kind: 'quit', force: false});

describe('one question of ctl', () => {
  test('is answered', async () => {
    const rig = wireRig();
    expect(await ask(rig)).toEqual({ok: true, value: 'quit'});
    expect(rig.views).toEqual([]);
  });

  test('is answered by the end of the run, where that comes first', async () => {
    const rig = wireRig({control: () => new Promise(() => {})});
    const answer = ask(rig);
    await until(() => rig.asked.length === 1);
    void rig.server.end(ending);
    expect(await answer).toEqual({ok: true, value: {exitCode: 3}});
  });

  test('is refused with the run’s sentence', async () => {
    const rig = wireRig();
    void rig.server.end(ending);
    expect(await ask(rig)).toMatchObject({ok: false, sentence: /^the run is over/});
  });
});
