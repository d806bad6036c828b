import {describe, expect, test} from 'vitest';
import {Connection, type Received} from '../../src/wire/connection.ts';
import {frameOf} from '../../src/wire/frames.ts';
import {socketPair} from '../support/socket-pair.ts';

const connections = async (): Promise<[Connection, Connection]> => {
  const [near, far] = await socketPair();
  return [new Connection(near, 10_000), new Connection(far, 10_000)];
};

/** What comes until the end. */
const listenToEnd = (connection: Connection): Promise<Received[]> =>
  new Promise(resolve => {
    const received: Received[] = [];
    connection.listen(one => {
      received.push(one);
      if (one.kind === 'closed') resolve(received);
    });
  });

const message = (value: unknown): Received => ({kind: 'message', message: value});

describe('taking what comes', () => {
  test('one by one first, then all, without a loss in between', async () => {
    const [near, far] = await connections();
    for (const value of [1, 2, 3, 4]) near.send(value);
    expect([await far.next(), await far.next()]).toEqual([message(1), message(2)]);
    const rest = listenToEnd(far);
    near.send(5);
    await near.end(30_000);
    expect(await rest).toEqual([message(3), message(4), message(5), {kind: 'closed', closing: {kind: 'ended'}}]);
  });

  test('nothing is read while nobody takes anything', async () => {
    const [near, far] = await connections();
    const large = 'x'.repeat(9000);
    for (let n = 0; n < 1000; n++) near.send(large);
    expect(await far.next()).toEqual(message(large));
    // What the kernel and one stream buffer hold is out; the rest waits where it was made.
    expect(near.queuedBytes).toBeGreaterThan(4_000_000);
  });

  test('held, it gives nothing; released, all in order', async () => {
    const [near, far] = await connections();
    const got: unknown[] = [];
    let isHeld: () => void;
    const held = new Promise<void>(resolve => (isHeld = resolve));
    const all = new Promise<void>(resolve => {
      far.listen(received => {
        got.push(received.kind === 'message' ? received.message : received.kind);
        if (got.length === 1) far.hold();
        if (got.length === 1) isHeld();
        if (got.length === 3) resolve();
      });
    });
    for (const value of [1, 2, 3]) near.send(value);
    await Promise.all([near.flushed(), held]);
    expect(got).toEqual([1]);
    far.release();
    await all;
    expect(got).toEqual([1, 2, 3]);
  });

  test('a limit that is set later holds for what comes then', async () => {
    const [near, far] = await connections();
    near.send('x'.repeat(5000));
    expect(await far.next()).toMatchObject({kind: 'message'});
    far.limit(100);
    near.send('x'.repeat(5000));
    expect(await far.next()).toMatchObject({kind: 'bad'});
  });
});

describe('ends', () => {
  test('a clean one between two messages', async () => {
    const [near, far] = await connections();
    near.send(1);
    void near.end(30_000);
    expect(await far.next()).toEqual(message(1));
    expect(await far.next()).toEqual({kind: 'closed', closing: {kind: 'ended'}});
    expect(await near.closed).toEqual({kind: 'ended'});
  });

  test('one in the middle of a message is a loss', async () => {
    const [near, far] = await socketPair();
    const connection = new Connection(far, 10_000);
    near.end(frameOf('a message').subarray(0, 7));
    expect(await connection.next()).toMatchObject({kind: 'closed', closing: {kind: 'lost', reason: /middle/}});
  });

  test('bytes that are no frame are bad, and nothing follows', async () => {
    const [near, far] = await socketPair();
    const connection = new Connection(far, 10_000);
    const got: Received[] = [];
    connection.listen(received => {
      got.push(received);
      if (received.kind === 'bad') void connection.end(30_000);
    });
    near.end(Buffer.concat([Buffer.from('GET / HTTP/1.1\r\n\r\n'), frameOf(1)]));
    expect(await connection.closed).toMatchObject({kind: 'lost', reason: /at most 10000 bytes/});
    expect(got).toMatchObject([{kind: 'bad'}]);
  });

  test('writing to one that is gone throws nothing and is over', async () => {
    const [near, far] = await socketPair();
    const connection = new Connection(near, 10_000);
    const closed = connection.closed;
    far.destroy();
    for (let n = 0; n < 100; n++) connection.send('x'.repeat(5000));
    await connection.flushed();
    expect((await closed).kind).toMatch(/ended|lost/);
    connection.send(1);
    await connection.flushed();
    expect(await connection.next()).toMatchObject({kind: 'closed'});
  });

  test('a stream that was over before is over', async () => {
    const [near] = await socketPair();
    near.destroy();
    await new Promise(resolve => near.once('close', resolve));
    const connection = new Connection(near, 10_000);
    expect(await connection.next()).toMatchObject({kind: 'closed'});
    expect(await connection.closed).toMatchObject({kind: 'ended'});
  });

  test('ending waits until the other side has read all, though it writes on', async () => {
    const [near, far] = await connections();
    const large = 'x'.repeat(9000);
    for (let n = 0; n < 300; n++) near.send(large);
    const ended = near.end(30_000);
    let count = 0;
    far.listen(received => {
      if (received.kind !== 'message') return;
      count++;
      far.send('and you?');
    });
    expect(await far.closed).toEqual({kind: 'ended'});
    expect(count).toBe(300);
    expect(await ended).toMatchObject({kind: 'ended'});
  });

  test('ending does not wait for ever for who does not read', async () => {
    const [near] = await socketPair();
    const connection = new Connection(near, 10_000);
    connection.send('x'.repeat(5_000_000));
    expect(await connection.end(50)).toEqual({kind: 'destroyed'});
  });
});
