import xterm from '@xterm/headless';
import {describe, expect, it, vi} from 'vitest';
import {createPainter} from '../../src/ui/painter.ts';
import type {Painter} from '../../src/ui/painter.ts';
import {randomOf} from '../support/fake-lines.ts';

const COLS = 30;
const ROWS = 10;

type Bench = {
  readonly painter: Painter;
  readonly writes: string[];
  readonly errors: unknown[];
  /** What the painter told of the terminal being behind. */
  readonly behinds: boolean[];
  behind: boolean;
  nowMs: number;
  /** How much was written when the painter told of its first frame, each time it did. */
  readonly firstFrames: number[];
  drain(): void;
  /** Lets immediates run, and timers up to so far. */
  settle(ms?: number): void;
  screen(): Promise<string[]>;
};

const setUp = (): Bench => {
  vi.useFakeTimers();
  const terminal = new xterm.Terminal({cols: COLS, rows: ROWS, allowProposedApi: true});
  let waiting: (() => void)[] = [];
  const bench: Bench = {
    writes: [],
    errors: [],
    behinds: [],
    behind: false,
    nowMs: 0,
    firstFrames: [],
    drain: () => {
      bench.behind = false;
      const called = waiting;
      waiting = [];
      for (const listener of called) listener();
    },
    settle: (ms = 0) => {
      bench.nowMs += ms;
      vi.advanceTimersByTime(ms);
    },
    screen: async () => {
      vi.useRealTimers();
      for (const text of bench.writes) await new Promise<void>((resolve) => terminal.write(text, resolve));
      return Array.from({length: ROWS}, (_, y) => terminal.buffer.active.getLine(y)?.translateToString() ?? '');
    },
    painter: createPainter({
      out: {
        get writableNeedDrain() {
          return bench.behind;
        },
        write: (text) => bench.writes.push(text),
        once: (_, listener) => waiting.push(listener),
      },
      nowMs: () => bench.nowMs,
      onError: (error) => bench.errors.push(error),
      onBehind: (behind) => bench.behinds.push(behind),
      onFirstFrame: () => bench.firstFrames.push(bench.writes.length),
    }),
  };
  return bench;
};

const WHOLE = {left: 0, top: 0, width: COLS, height: ROWS};

describe('painting', () => {
  it('leaves on the terminal what was composed, after any number of changes', async () => {
    const bench = setUp();
    const random = randomOf(7);
    let rows = Array.from({length: 6}, () => '.'.repeat(12));
    const rect = {left: 5, top: 2, width: 12, height: 6};
    bench.painter.mount(rect, () => rows);
    for (let i = 0; i < 200; i++) {
      rows = rows.map((row) =>
        random() < 0.4 ? Array.from({length: 12}, () => 'ab日'[Math.floor(random() * 2)]).join('') : row,
      );
      if (random() < 0.1) bench.painter.invalidate();
      bench.painter.request(random() < 0.5 ? 'now' : 'data');
      bench.settle(Math.floor(random() * 80));
    }
    bench.settle(200);
    const screen = await bench.screen();
    expect(screen.slice(2, 8).map((line) => line.slice(5, 17))).toEqual(rows);
    expect(screen[1]?.trim()).toBe('');
  });

  it('writes only rows that changed, in one synchronized write', () => {
    const bench = setUp();
    let word = 'one';
    bench.painter.mount(WHOLE, (width) => ['same'.padEnd(width), word.padEnd(width)]);
    bench.settle();
    bench.writes.length = 0;
    word = 'two';
    bench.painter.request('now');
    bench.settle();
    expect(bench.writes).toHaveLength(1);
    expect(bench.writes[0]).toContain('two');
    expect(bench.writes[0]).not.toContain('same');
    expect(bench.writes[0]?.startsWith('\u001B[?2026h')).toBe(true);
    expect(bench.writes[0]?.endsWith(`\u001B[${ROWS};1H\u001B[?2026l`)).toBe(true);
  });

  it('tells once that the first frame was written', () => {
    const bench = setUp();
    bench.settle(500);
    expect(bench.firstFrames).toEqual([]);
    bench.painter.mount(WHOLE, (width) => [String(bench.nowMs).padEnd(width)]);
    bench.settle();
    bench.settle(1);
    bench.painter.request('now');
    bench.settle(500);
    expect(bench.writes).toHaveLength(2);
    expect(bench.firstFrames).toEqual([1]);
  });

  it('writes nothing when nothing changed', () => {
    const bench = setUp();
    bench.painter.mount(WHOLE, () => []);
    bench.settle();
    bench.writes.length = 0;
    for (let i = 0; i < 20; i++) {
      bench.painter.request('data');
      bench.settle(100);
    }
    expect(bench.writes).toEqual([]);
  });
});

const counting = (): {bench: Bench; frames: () => number} => {
  const bench = setUp();
  let frames = 0;
  bench.painter.mount(WHOLE, (width) => {
    frames += 1;
    return [String(frames).padEnd(width)];
  });
  bench.settle();
  frames = 0;
  return {bench, frames: () => frames};
};

describe('when a frame is due', () => {
  it('paints data ten times a second at the most', () => {
    const {bench, frames} = counting();
    for (let i = 0; i < 100; i++) {
      bench.painter.request('data');
      bench.settle(10);
    }
    expect(frames()).toBeGreaterThanOrEqual(9);
    expect(frames()).toBeLessThanOrEqual(10);
  });

  it('answers a key at once, whatever data is waiting', () => {
    const {bench, frames} = counting();
    bench.painter.request('data');
    bench.painter.request('now');
    bench.settle(0);
    expect(frames()).toBe(1);
  });

  it('skips frames while the terminal is behind, and paints the newest when it has caught up', async () => {
    const {bench, frames} = counting();
    bench.behind = true;
    for (let i = 0; i < 50; i++) {
      bench.painter.request('now');
      bench.settle(20);
    }
    expect(frames()).toBe(0);
    expect(bench.behinds).toEqual([true]);
    bench.drain();
    bench.settle();
    expect(frames()).toBe(1);
    expect(bench.behinds).toEqual([true, false]);
  });

  it('paints no more after it was stopped, nor on a surface that was taken back', () => {
    const {bench, frames} = counting();
    bench.painter.request('data');
    bench.painter.stop();
    bench.settle(500);
    expect(frames()).toBe(0);
    const other = setUp();
    other.painter.mount(WHOLE, () => ['x'])();
    other.settle();
    expect(other.writes).toEqual([]);
  });

  it('reports what a view throws, once, and stops', () => {
    const bench = setUp();
    bench.painter.mount(WHOLE, () => {
      throw new Error('a bug');
    });
    bench.settle();
    bench.painter.request('now');
    bench.settle(200);
    expect(bench.errors).toEqual([new Error('a bug')]);
  });
});
