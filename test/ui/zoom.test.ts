import {describe, expect, it} from 'vitest';
import {shownProcess} from '../../src/ui/scene.ts';
import type {Zoom} from '../../src/ui/ui-model.ts';
import {zoomLineRows, zoomRows} from '../../src/ui/zoom.ts';
import {FOLLOWING} from '../../src/ui/zoom-state.ts';
import type {FakeMonitor} from '../support/fake-monitor.ts';
import {FIVE} from '../support/fake-scripts.ts';
import {monitorOf, plain, sceneOf} from '../support/scene.ts';

const show = (monitor: FakeMonitor, zoom: Partial<Zoom> = {}, width = 140, height = 46): string[] => {
  const scene = sceneOf(monitor, {zoom: {...FOLLOWING, ...zoom}});
  const process = shownProcess(scene, 0);
  if (process === undefined) throw new Error('no process');
  return zoomRows(process, {left: 0, top: 0, width, height}, scene).map(plain);
};
const worker = (): FakeMonitor => monitorOf(...FIVE.slice(-1));

describe('one process in full size', () => {
  it('shows the books as an equation', () => {
    expect(show(worker()).join('\n')).toMatch(
      /in 9\.00 k = records 8\.10 k \+ failures +900 \+ blank +0 \+ dropped +0 \+ pending +0/,
    );
  });

  it('leaves out what is zero in the books of a narrow one', () => {
    const text = show(worker(), {}, 80, 22).join('\n');
    expect(text).toMatch(/in 9\.00 k = records 8\.10 k \+ failures 900 +┃/);
  });

  it('tells command, format, policy, rates, levels, classes of failures and delays', () => {
    const text = show(worker()).join('\n');
    for (const word of [
      'format json',
      'overload block',
      'command node worker.js',
      '10 s',
      '60 s',
      'peak',
      'bytes',
      'held',
      'longest',
      'stderr',
      'warn',
      'fatal',
      'invalid-json    900',
    ]) {
      expect(text).toContain(word);
    }
  });

  it('tells the books of the newest generation apart', () => {
    expect(show(monitorOf(...FIVE.slice(0, 1))).join('\n')).toContain('in generation 3');
  });

  it.each([
    [200, 48],
    [118, 38],
    [78, 22],
    [58, 13],
    [40, 8],
  ])('leaves lines a good part of %ix%i', (width, height) => {
    const scene = sceneOf(worker(), {zoom: FOLLOWING});
    const process = shownProcess(scene, 0);
    if (process === undefined) throw new Error('no process');
    const lines = zoomLineRows(process, {left: 0, top: 0, width, height}, scene);
    expect(lines).toBeGreaterThanOrEqual(Math.floor(height * 0.35));
    expect(lines).toBeLessThanOrEqual(height - 4);
  });
});

describe('its lines', () => {
  const monitor = worker();
  const all = monitor.snapshot().processes[0]?.tail ?? [];
  const window = {lines: all, atStart: true, atEnd: true, selected: 3, top: 0};

  it('have the newest at the bottom while it follows', () => {
    const rows = show(monitor);
    expect(rows.some((row) => row.includes('─ newest lines'))).toBe(true);
    expect(rows.at(-2)?.slice(0, 60)).toContain((all.at(-1)?.message ?? '').trim().slice(0, 8));
    expect(rows.join('').match(/▶/g)).toHaveLength(1);
  });

  it('have a marker, a place and a way back while it is scrolled', () => {
    const rows = show(monitor, {window, leftAt: 8990});
    const marked = rows.filter((row) => row.startsWith('┃▶'));
    expect(marked).toHaveLength(1);
    expect(rows.join('\n')).toMatch(/─ line 8940 of generation 1 ─+ \+10 new · G follows ─/);
  });

  it('have a divider between two generations', () => {
    const lines = all.map((line, i) => (i < 2 ? line : {...line, generation: 2}));
    expect(show(monitor, {window: {...window, lines}}).join('\n')).toMatch(/─ generation 2 ─/);
  });

  it('can be shifted to see the end of long ones, their times staying', () => {
    const lines = all.map((line) => ({...line, kind: 'record' as const, message: '0123456789abcdef', fields: []}));
    const rows = show(monitor, {window: {...window, lines}, column: 12});
    expect(rows.join('\n')).toMatch(/\d\d:\d\d:\d\d\.\d{3} …\S*def/);
    expect(rows.join('\n')).toContain('from column 13');
  });
});
