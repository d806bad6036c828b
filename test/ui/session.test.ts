import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {TAIL_LINES} from '../../src/model/display-line.ts';
import type {Monitor} from '../../src/model/monitor.ts';
import type {Page, PageQuery} from '../../src/model/page.ts';
import type {Painter} from '../../src/ui/painter.ts';
import {createSession} from '../../src/ui/session.ts';
import type {Session} from '../../src/ui/session.ts';
import type {FakeMonitor} from '../support/fake-monitor.ts';
import {FIVE} from '../support/fake-scripts.ts';
import {PLAIN_LOOK, monitorOf, plain} from '../support/scene.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Bench = {
  readonly session: Session;
  readonly monitor: FakeMonitor;
  readonly asked: PageQuery[];
  readonly frames: ('now' | 'data' | 'all')[];
  readonly errors: unknown[];
  readonly told: string[];
  readonly screen: () => string;
};

const open = (change: Partial<Monitor> = {}): Bench => {
  const monitor = monitorOf(...FIVE);
  const asked: PageQuery[] = [];
  const frames: Bench['frames'] = [];
  const errors: unknown[] = [];
  const told: string[] = [];
  const painter: Painter = {
    mount: () => () => undefined,
    request: (urgency) => frames.push(urgency),
    invalidate: () => frames.push('all'),
    suspend: () => undefined,
    resume: () => undefined,
    stop: () => undefined,
  };
  const page = (query: PageQuery): Promise<Page> => {
    asked.push(query);
    return monitor.page(query);
  };
  const session = createSession({
    monitor: {...monitor, page, ...change},
    painter,
    look: PLAIN_LOOK,
    nowMs: () => performance.now(),
    detach: () => told.push('detach'),
    suspend: () => told.push('suspend'),
    onError: (error) => errors.push(error),
  });
  session.body(118, 38);
  return {session, monitor, asked, frames, errors, told, screen: () => session.body(118, 38).map(plain).join('\n')};
};

describe('a session', () => {
  it('tells the monitor how many lines of a process it shows', () => {
    const wanted: number[] = [];
    const {session} = open({want: lines => wanted.push(lines)});
    session.body(200, 48);
    session.press('z');
    session.body(200, 48);
    expect(wanted[0]).toBeLessThan(TAIL_LINES);
    expect(wanted.at(-1)).toBe(TAIL_LINES);
  });

  it('sends commands to the monitor and asks for a frame at once', () => {
    const {session, monitor, frames} = open();
    session.press('x');
    expect(monitor.commands).toEqual([{kind: 'stop', target: 0}]);
    expect(frames).toEqual(['now']);
  });

  it('does nothing for a key that means nothing here', () => {
    const {session, monitor, frames} = open();
    session.press('s');
    session.press('é');
    expect(monitor.commands).toEqual([]);
    expect(frames).toEqual([]);
  });

  it('tells of detaching and suspending', () => {
    const {session, monitor, told} = open();
    session.press('d');
    session.press('ctrl-z');
    expect(told).toEqual(['detach', 'suspend']);
    expect(monitor.commands).toEqual([]);
  });

  it('paints everything again on Ctrl-L', () => {
    const {session, frames} = open();
    session.press('ctrl-l');
    expect(frames).toEqual(['all']);
  });

  it('asks for a frame when data comes, and every second when none does', () => {
    const {session, monitor, frames} = open();
    const end = session.start();
    monitor.advance(100);
    expect(frames).toEqual(['data']);
    vi.advanceTimersByTime(3000);
    expect(frames).toHaveLength(4);
    end();
    monitor.advance(100);
    vi.advanceTimersByTime(3000);
    expect(frames).toHaveLength(4);
  });

  it('lets time go on between snapshots', () => {
    const {session} = open();
    expect(plain(session.header(118)[0] ?? '')).toContain('00:12:41');
    vi.advanceTimersByTime(5000);
    expect(plain(session.header(118)[0] ?? '')).toContain('00:12:46');
  });

  it('asks for a page once, however often it is painted, and shows it when it comes', async () => {
    const {session, asked, screen} = open();
    session.press('5');
    session.press('enter');
    session.press('g');
    session.press('g');
    expect(screen()).toContain('going to the oldest line kept…');
    expect(asked.filter(({kind}) => kind === 'lines-after')).toHaveLength(1);
    await vi.runOnlyPendingTimersAsync();
    expect(screen()).toContain('(the oldest kept)');
  });

  it('asks for all error groups again while they are looked at, once a second at the most', async () => {
    const {session, monitor, asked} = open();
    session.start();
    session.press('e');
    for (let i = 0; i < 30; i++) {
      monitor.advance(100);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  it('keeps its own bugs from the engine', () => {
    const {session, monitor, errors} = open();
    session.start();
    session.press('enter');
    monitor.patch(0, {tail: undefined as never});
    expect(errors).toHaveLength(1);
    expect(() => session.press('enter')).not.toThrow();
  });

  it('survives a monitor that is closed', async () => {
    const {session, errors} = open({page: () => Promise.reject(new Error('closed'))});
    session.press('e');
    await vi.runOnlyPendingTimersAsync();
    expect(errors).toEqual([]);
  });
});
