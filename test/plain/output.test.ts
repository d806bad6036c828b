import {Writable} from 'node:stream';
import {describe, expect, test} from 'vitest';
import {Output} from '../../src/plain/output.ts';

/** A stream whose reader takes a chunk only when told to. */
class SlowReader extends Writable {
  readonly taken: string[] = [];
  #next: ((error?: Error) => void) | null = null;

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.taken.push(chunk.toString());
    this.#next = done;
  }

  read(error?: Error): void {
    const next = this.#next;
    this.#next = null;
    next?.(error);
  }
}

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Whether the promise has resolved by now. */
const isDone = async (promise: Promise<void>): Promise<boolean> => {
  let done = false;
  void promise.then(() => (done = true));
  await turn();
  return done;
};

describe('a slow reader', () => {
  test('holds back who writes, write by write and in order', async () => {
    const reader = new SlowReader();
    const output = new Output(reader);
    const [first, second] = [output.write('one\n'), output.write(Buffer.from('two\n'))];
    expect([await isDone(first), await isDone(second), output.isBehind]).toEqual([false, false, true]);
    reader.read();
    expect([await isDone(first), await isDone(second), output.isBehind]).toEqual([true, false, true]);
    reader.read();
    expect([await isDone(second), output.isBehind]).toEqual([true, false]);
    expect(reader.taken).toEqual(['one\n', 'two\n']);
  });

  test('is waited for at the end', async () => {
    const reader = new SlowReader();
    const output = new Output(reader);
    expect(await isDone(output.flush())).toBe(true);
    void output.write('one\n');
    const flushed = output.flush();
    expect(await isDone(flushed)).toBe(false);
    reader.read();
    expect(await isDone(flushed)).toBe(true);
  });
});

describe('a reader that goes away', () => {
  test.each([
    [
      'in the middle of a write',
      (reader: SlowReader) => reader.read(Object.assign(new Error('gone'), {code: 'EPIPE'})),
    ],
    ['between two', (reader: SlowReader) => reader.destroy()],
  ])('%s lets all writes go, those to come too, and says so once', async (_title, leave) => {
    const reader = new SlowReader();
    const output = new Output(reader);
    const writes = [output.write('one\n'), output.write('two\n')];
    expect(await isDone(output.closed)).toBe(false);
    leave(reader);
    await turn();
    expect(await Promise.all([...writes, output.closed, output.flush()].map(isDone))).toEqual([true, true, true, true]);
    expect(await isDone(output.write('three\n'))).toBe(true);
    expect([reader.taken, output.isBehind, output.problem]).toEqual([['one\n'], false, null]);
  });
});

test('what keeps us from writing besides that has its words', async () => {
  const reader = new SlowReader();
  const output = new Output(reader);
  const write = output.write('one\n');
  reader.read(Object.assign(new Error('ENOSPC: no space left'), {code: 'ENOSPC'}));
  await write;
  await output.closed;
  expect(output.problem).toBe('ENOSPC: no space left');
});

test('a stream that can block is told not to', () => {
  const told: boolean[] = [];
  const stream = Object.assign(new SlowReader(), {_handle: {setBlocking: (blocking: boolean) => told.push(blocking)}});
  expect(new Output(stream).isBehind).toBe(false);
  expect(told).toEqual([false]);
});
