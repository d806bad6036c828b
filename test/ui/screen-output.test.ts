import {Writable} from 'node:stream';
import {describe, expect, it} from 'vitest';
import {createOutput} from '../../src/ui/screen-output.ts';
import type {ScreenOutput} from '../../src/ui/screen-output.ts';

/** A terminal that takes what it is given when it is told to. */
const open = (): {output: ScreenOutput; taken: string[]; take: () => void; frames: () => number} => {
  let frames = 0;
  const taken: string[] = [];
  let done: (() => void) | null = null;
  const stdout = new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, callback) => {
      taken.push(text);
      if (text === '') return callback();
      done = () => callback();
    },
  });
  const take = (): void => {
    const next = done;
    done = null;
    next?.();
  };
  const output = createOutput(stdout as unknown as NodeJS.WriteStream, () => (frames += 1));
  return {output, taken, take, frames: () => frames};
};

describe('the output to a terminal that is behind', () => {
  it('takes no frame, but the modes', async () => {
    const {output, taken, take} = open();
    output.stream.write('frame');
    expect(output.canvas.writableNeedDrain).toBe(true);
    output.stream.write('\u001B[?2026h');
    output.stream.write('another frame');
    output.stream.write('\u001B[?2026l');
    output.stream.write('\u001B[?1049l');
    const flushed = output.flushed(10_000);
    for (let time = 0; time < 3; time++) {
      take();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await flushed).toBe(true);
    expect(taken).toEqual(['frame', '\u001B[?2026l', '\u001B[?1049l', '']);
  });

  it('calls whoever waits for a drop of frames as if they were written, and for a drain when all is taken', async () => {
    const {output, take} = open();
    const events: string[] = [];
    output.stream.write('frame', () => events.push('written'));
    output.canvas.once('drain', () => events.push('drained'));
    await new Promise<void>((resolve) => {
      output.stream.write('dropped', () => resolve());
    });
    expect(events).toEqual([]);
    take();
    expect(await output.flushed(10_000)).toBe(true);
    expect(events).toEqual(['written', 'drained']);
  });

  it('waits for it only so long', async () => {
    const {output} = open();
    output.stream.write('frame');
    expect(await output.flushed(1)).toBe(false);
  });
});

describe('a frame of Ink\'s', () => {
  it('is told of when it was written, unlike modes, what is dropped, and what the painter writes', () => {
    const {output, take, frames} = open();
    output.stream.write('\u001B[?25l');
    take();
    output.canvas.write('painted');
    expect(output.canvas.writableNeedDrain).toBe(true);
    output.stream.write('dropped');
    take();
    expect(frames()).toBe(0);
    output.stream.write('frame');
    expect(frames()).toBe(1);
  });
});

describe('the output when it has ended', () => {
  it('takes nothing more', async () => {
    const {output, taken} = open();
    output.end();
    output.stream.write('\u001B[?1049l');
    output.canvas.write('painted');
    expect(await output.flushed(10_000)).toBe(false);
    expect(taken).toEqual([]);
  });
});
