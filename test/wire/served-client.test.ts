import {describe, expect, test, vi} from 'vitest';
import {emptyPage, type Page} from '../../src/model/page.ts';
import {MAX_REQUESTS, MAX_UNSENT_BYTES, PROTOCOL} from '../../src/wire/protocol.ts';
import {createFakeMonitor} from '../support/fake-monitor.ts';
import {greeted, refusal, until, wireRig} from '../support/wire-rig.ts';

// A busy machine may take its time.
vi.setConfig({testTimeout: 120_000});

/** Longer than any string can be. */
const tooLarge = {
  toJSON: () => {
    throw new RangeError('Invalid string length');
  },
};
const no = (sentence: unknown): unknown => ({ok: false, sentence});

describe('what a client says', () => {
  test('commands reach the engine, those for no process do not', async () => {
    const {dial, monitor} = wireRig();
    const client = await greeted((await dial()).socket, 'ui');
    const sensible = [{kind: 'pause', target: 1}, {kind: 'clear', target: 'all'}, {kind: 'quit', signal: 'SIGHUP'}];
    for (const command of [{kind: 'stop', target: 2}, ...sensible]) client.say({kind: 'command', command});
    await until(() => monitor.commands.length === 3);
    expect(monitor.commands).toEqual(sensible);
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
        return {ok: true, value: request.kind === 'quit' ? tooLarge : [1]};
      },
    });
    const client = await greeted((await dial()).socket, 'ctl');
    const answerTo = async (request: unknown): Promise<unknown> => {
      client.say({kind: 'control', id: 5, request});
      const message = await client.hear();
      return message.kind === 'answer' && message.id === 5 ? message.answer : message;
    };
    const stop = {kind: 'act', action: 'stop', names: ['web']};
    expect(await answerTo({...stop, more: 1})).toEqual({ok: true, value: [1]});
    expect(await answerTo({kind: 'report'})).toEqual(no('report failed: no report yet'));
    const odd: unknown = expect.stringMatching(/^expected status, report, act/);
    expect(await answerTo({...stop, action: 'sing'})).toEqual(no(odd));
    expect(await answerTo({kind: 'quit', force: true})).toEqual(no('the answer is larger than a message may be'));
    expect(asked).toEqual([stop, {kind: 'report'}, {kind: 'quit', force: true}]);
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
    for (let id = 0; id < 20; id++) client.say({kind: 'page', id, query});
    await until(() => far.queuedBytes > MAX_UNSENT_BYTES);
    const begun = count;
    expect(begun).toBeLessThan(10);
    const queued = far.queuedBytes;
    expect(queued).toBeLessThan(MAX_UNSENT_BYTES + 4_000_000);
    // Answered with a sentence each, these would pile up.
    for (let id = 20; id < 1000; id++) client.say({kind: 'control', id, request: null});
    await client.connection.flushed();
    expect(far.queuedBytes).toBeLessThan(queued + 1000);
    for (let n = 0; n < 1000; n++) expect((await client.hear()).kind).toMatch(/page|answer/);
    expect(count).toBe(20);
  });

  test('a page that fails is an empty one', async () => {
    const monitor = createFakeMonitor([{name: 'web', linesPerSec: 1}]);
    monitor.page = () => Promise.reject(new Error('no'));
    const {dial} = wireRig({monitor});
    const client = await greeted((await dial()).socket, 'ui');
    await client.hear();
    client.say({kind: 'page', id: 1, query: {kind: 'lines-before', process: 0, before: 'end', count: 1e6}});
    const page = {kind: 'lines', lines: [], atStart: true, atEnd: true};
    expect(await client.hear()).toEqual({kind: 'page', id: 1, page});
  });
});
