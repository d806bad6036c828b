import {describe, expect, it} from 'vitest';
import {compactRows} from '../../src/ui/compact-pane.ts';
import {paneRows} from '../../src/ui/pane.ts';
import type {Scene} from '../../src/ui/scene.ts';
import {shownProcess} from '../../src/ui/scene.ts';
import type {UiState} from '../../src/ui/ui-model.ts';
import {baselineOf} from '../../src/ui/baseline.ts';
import type {Script} from '../support/fake-process.ts';
import {COLOR_LOOK, monitorOf, plain, sceneOf} from '../support/scene.ts';

const RECT = {left: 0, top: 0, width: 100, height: 16};
const paneOf = (scene: Scene, rect = RECT): string[] => {
  const process = shownProcess(scene, 0);
  if (process === undefined) throw new Error('no process');
  return paneRows(process, rect, scene);
};
const shown = (script: string | Script, state: Partial<UiState> = {}): string =>
  paneOf(sceneOf(monitorOf(script), state))
    .map(plain)
    .join('\n');

describe('every state is shown in words, with what one can do', () => {
  it.each<[string, RegExp[]]>([
    ['starting', [/◌ starting…/, /starting node starting\.js/]],
    ['silent', [/● running/, /nothing printed yet \(12:41\)/, /command node silent\.js/]],
    ['paused', [/‖ paused/, /paused since \d\d:\d\d:\d\d \(01:12\) · p lets it go on/]],
    ['held', [/● running/, /held until its parser catches up · 12 s in all/, /held +┃/, /lag +4\.2 s/]],
    ['restarting', [/◌ restarting in 30 s/, /ended with SIGSEGV · s starts it now, x gives up/]],
    [
      'crash-loop',
      [/✗ crash loop/, /exit 1 · gen 7/, /6 restarts within a minute, the last ended with exit 1/, /s starts it/],
    ],
    [
      'failed',
      [
        /✗ failed to start/,
        /serverd: no such program on PATH \(ENOENT\)/,
        /check the name, or give its path · s tries again/,
      ],
    ],
    ['exited-0', [/■ exited 0/, /exit 0 after 1\.20 k lines · s starts it again/, /ran 12:37/]],
    ['exited-1', [/✗ exited 1/, /exit 1 after 1\.20 k lines/, /! TypeError: Cannot read properties/]],
    ['killed', [/✗ killed by SIGKILL/, /SIGKILL after 20 lines/]],
    ['stopped', [/■ stopped/, /stopped \(SIGTERM\) · s starts it again/]],
    ['stopping', [/◌ stopping… 60 s/, /SIGTERM sent · SIGKILL in 60 s/]],
    ['dropping', [/dropped 1\.50 M/, /1\.50 M lines dropped · overload policy drop-oldest/, /parser behind/]],
    ['kept-open', [/■ exited 0/, /output still held by PID 4711, 4712/]],
    ['undecided', [/format not settled yet: 12 lines wait to be judged/]],
  ])('%s', (name, patterns) => {
    const text = shown(name);
    for (const pattern of patterns) expect(text).toMatch(pattern);
  });

  it('says that a restart is under way while the old run is being stopped', () => {
    const state = {kind: 'stopping', killAtMs: 1_000_000 + 4000, then: 'start'} as const;
    expect(shown({name: 'x', linesPerSec: 0, state})).toMatch(/◌ restarting… 4 s/);
  });

  it('says that it is held for as long as the badge does, so that lines do not jump', () => {
    const texts = [false, true].map(held =>
      shown({name: 'x', linesPerSec: 90_000, over: {held, heldMs: 12_300, badge: 'held'}}),
    );
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).toMatch(/held until its parser catches up/);
  });

  it('says why a start failed that is tried again', () => {
    const failure = {what: 'serverd', errno: 'EMFILE', reason: 'no file descriptors left', next: 'raise the limit'};
    const exit = {code: null, signal: null};
    const text = shown({name: 'x', linesPerSec: 0, state: {kind: 'restarting', atMs: 1_000_000 + 4000, exit, failure}});
    expect(text).toMatch(/◌ restarting in 4 s/);
    expect(text).toMatch(/serverd: no file descriptors left \(EMFILE\) · s starts it now, x gives up/);
    expect(text).not.toContain('exit ?');
  });

  it('shows a command that was just sent instead of the state', () => {
    const asked = new Map([[0, {word: 'stopping…', before: 'running', generation: 1, atMs: 1_000_000}]] as const);
    expect(shown('held', {asked})).toMatch(/◌ stopping…/);
  });

  it('brings back the last lines on stderr that newer output has pushed out', () => {
    const script: Script = {
      name: 'x',
      linesPerSec: 0,
      before: 60,
      state: {kind: 'exited', exit: {code: 2, signal: null}, byUs: false},
    };
    const monitor = monitorOf(script);
    const [process] = monitor.snapshot().processes;
    const [first, ...rest] = process?.tail ?? [];
    if (first === undefined) throw new Error('no lines');
    monitor.patch(0, {tail: [{...first, kind: 'stderr', message: 'the reason'}, ...rest]});
    expect(paneOf(sceneOf(monitor)).map(plain).join('\n')).toMatch(/last on stderr[^]*! the reason/);
  });

  it('counts from the clearing on, and says so', () => {
    const monitor = monitorOf({name: 'x', linesPerSec: 10, before: 700});
    const [process] = monitor.snapshot().processes;
    if (process === undefined) throw new Error('no process');
    const cleared = new Map([[0, baselineOf(process, monitor.snapshot().wallMs)]]);
    monitor.advance(1000);
    const text = paneOf(sceneOf(monitor, {cleared})).map(plain).join('\n');
    expect(text).toMatch(/counted since \d\d:\d\d:31, when it was cleared/);
    expect(text).toMatch(/records {4,}\d{1,2} /);
  });
});

describe('a pane', () => {
  const web: Script = {
    name: 'api',
    linesPerSec: 812_000,
    before: 9_810_000_000,
    badShare: 0.00001,
    over: {generation: 3},
  };

  it('has title, counters, curve, lines and errors in their places', () => {
    const rows = paneOf(sceneOf(monitorOf(web))).map(plain);
    expect(rows[0]).toMatch(/^┏━ ▶ 1 api {2}● running ━+ pid 4127 · gen 3 · up 12:41 ━┓$/);
    expect(rows[1]).toMatch(/k\/s .*records 9\.81 G {3}✗ 98\.1 k {3}dropped +0 {3}lag/);
    expect(rows[2]).toMatch(/[▁▂▃▄▅▆▇█]{30}.* peak 1\.01 M\/s {2}keeping up/);
    expect(rows.at(-4)).toMatch(/─ errors ─+ \d kinds? · .*✗\/s ─/);
    expect(rows.at(-2)).toMatch(/newest \d\d:\d\d:\d\d line \d+/);
    expect(rows.at(-1)).toMatch(/^┗━+┛$/);
  });

  it('keeps its numbers in the same columns while they change', () => {
    const monitor = monitorOf(web);
    const places = new Set<string>();
    for (let i = 0; i < 30; i++) {
      monitor.advance(100);
      const row = plain(paneOf(sceneOf(monitor))[1] ?? '');
      places.add(['records', '✗', 'dropped', 'lag'].map((word) => row.indexOf(word)).join());
    }
    expect(places.size).toBe(1);
  });

  it('shows its focus without colour: by border and mark', () => {
    const focused = plain(paneOf(sceneOf(monitorOf(web), {focus: 0}))[0] ?? '');
    const other = plain(paneOf(sceneOf(monitorOf(web), {focus: 1}))[0] ?? '');
    expect(focused).toMatch(/^┏━ ▶ 1 api/);
    expect(other).toMatch(/^╭─ 1 api/);
  });

  it('is calm when all is well: nothing is red or yellow, green is only the dot', () => {
    const scene = {...sceneOf(monitorOf({name: 'x', linesPerSec: 5, voice: 'text', before: 50})), look: COLOR_LOOK};
    const text = paneOf(scene).join('');
    expect(text).not.toContain('229;72;77');
    expect(text).not.toContain('217;152;13');
    expect(
      text
        .split('48;164;108m')
        .slice(1)
        .map((rest) => rest.slice(0, 2)),
    ).toEqual(['● ']);
  });

  it('is red while something fails, and no more when that is long ago', () => {
    const monitor = monitorOf({name: 'x', linesPerSec: 50, badShare: 0.3, before: 300});
    const red = (): boolean =>
      paneOf({...sceneOf(monitor), look: COLOR_LOOK})
        .join('')
        .includes('229;72;77');
    monitor.advance(1000);
    expect(red()).toBe(true);
    const [process] = monitor.snapshot().processes;
    if (process === undefined) throw new Error('no process');
    monitor.patch(0, {state: {kind: 'paused', sinceMs: 0}, tail: [], rates: {...process.rates, failuresPerSec10: 0}});
    monitor.advance(59_000);
    expect(red()).toBe(true);
    monitor.patch(0, {tail: [], rates: {...process.rates, failuresPerSec10: 0}});
    expect(red()).toBe(true);
    monitor.advance(2000);
    monitor.patch(0, {tail: [], rates: {...process.rates, failuresPerSec10: 0}});
    expect(red()).toBe(false);
  });

  it.each([56, 70, 100, 180])('drops facts rather than breaking them at %i columns', (width) => {
    const rows = paneOf(sceneOf(monitorOf(web)), {...RECT, width}).map(plain);
    expect(rows[0]).toMatch(/up 12:41/);
    expect(rows[1]).not.toContain('…');
    expect(rows[1]).toMatch(/k\/s.*✗ 98\.1 k/);
  });
});

const compact = (name: string | Script, height: number): string[] => {
  const scene = sceneOf(monitorOf(name));
  const process = shownProcess(scene, 0);
  if (process === undefined) throw new Error('no process');
  return compactRows(process, {left: 0, top: 0, width: 80, height}, scene).map(plain);
};

describe('a compact pane', () => {
  it('has its state, its counters, its newest line and its newest error', () => {
    const rows = compact({name: 'x', linesPerSec: 50, badShare: 0.2, before: 500}, 4);
    expect(rows[0]).toMatch(/^━ ▶ 1 x {2}● running ━+ pid 4127 · gen 1 · up 12:41 ━$/);
    expect(rows[1]).toMatch(/^┃.*\/s {2}records +400 {2}✗ +100/);
    expect(rows[2]).toMatch(/\d\d:\d\d:\d\d\.\d{3}/);
    expect(rows[3]).toMatch(/invalid-json/);
  });

  it('says why before it shows lines', () => {
    expect(compact('failed', 3)[2]).toMatch(/serverd: no such program/);
    expect(compact('exited-1', 4)[3]).toMatch(/! Node\.js v24/);
  });
});
