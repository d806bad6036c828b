import {describe, expect, it} from 'vitest';
import {headerRow} from '../../src/ui/header.ts';
import {footerRow} from '../../src/ui/footer.ts';
import {noticeRow} from '../../src/ui/notice.ts';
import type {UiState} from '../../src/ui/ui-model.ts';
import {FOLLOWING} from '../../src/ui/zoom-state.ts';
import {FIVE, STATES} from '../support/fake-scripts.ts';
import {contextFor, monitorOf, plain, sceneOf} from '../support/scene.ts';

describe('the header', () => {
  it('tells run, time, states and throughput', () => {
    const text = plain(headerRow(sceneOf(monitorOf(...FIVE)), 200));
    expect(text).toMatch(/^ keepup {2}demo {2}00:12:41 {2}5 processes /);
    expect(text).toContain('  1 ◌ restarting  1 ‖ paused  3 ● running ');
    expect(text).toMatch(/lines\/s .*B\/s .*✗\/s {2}lag .* pool 71 % {2}cpu 96 % {3}168 MB $/);
  });

  it('keeps shares of 100 % and more apart from their labels', () => {
    const scene = sceneOf(monitorOf(...FIVE));
    const {workers, self} = scene.live;
    const live = {...scene.live, workers: {...workers, busy: 1}, self: {...self, cpu: 1.53}};
    expect(plain(headerRow({...scene, live}, 200))).toContain('  pool 100 %  cpu 153 %  ');
    expect(plain(headerRow({...scene, live: {...live, self: {...self, cpu: 12}}}, 200))).toContain('cpu >999%');
  });

  it('names what fails first', () => {
    const text = plain(headerRow(sceneOf(monitorOf('held', 'failed', 'paused', 'exited-0')), 160));
    expect(text).toMatch(/1 ✗ failed to start {2}1 ‖ paused {2}1 ● running {2}1 ■ exited 0/);
  });

  it.each<[number, string[], string[]]>([
    [200, ['keepup', 'demo', 'cpu', '5 processes'], []],
    [120, ['demo', '00:12:41', 'lines/s', '✗/s', 'running'], ['keepup', 'cpu']],
    [80, ['00:12:41', 'restarting', 'lines/s', '✗/s'], ['keepup', 'cpu', 'lag']],
    [40, ['lines/s'], ['cpu', 'processes', '…']],
  ])('keeps what matters most at %i columns', (width, present, absent) => {
    const text = plain(headerRow(sceneOf(monitorOf(...FIVE)), width));
    for (const word of present) expect(text).toContain(word);
    for (const word of absent) expect(text).not.toContain(word);
  });

  it('says how much is new while the view is frozen', () => {
    const monitor = monitorOf({name: 'x', linesPerSec: 100_000, before: 5000});
    const frozen = monitor.snapshot();
    monitor.advance(500);
    const more = (monitor.snapshot().processes[0]?.ledger.linesIn ?? 0) - 5000;
    const written = `${Math.floor(more / 1000)} ${String(more % 1000).padStart(3, '0')}`;
    expect(plain(headerRow(sceneOf(monitor, {frozen}), 80))).toContain(`frozen · +${written} new`);
  });

  it('says that everything is being stopped', () => {
    expect(plain(headerRow(sceneOf(monitorOf('held'), {quitAtMs: 1}), 60))).toContain('stopping everything…');
  });
});

const attached = (views: number, width: number): string => {
  const monitor = monitorOf('held');
  monitor.patchRun({attachName: 'demo', views});
  return plain(headerRow(sceneOf(monitor), width));
};

describe('the header of a run with a socket', () => {
  it('tells how to attach, and how many look on', () => {
    expect(attached(1, 200)).toMatch(/demo {2}00:12:41 {2}attach demo {2}1 process /);
    expect(attached(2, 200)).toMatch(/attach demo {2}2 views {2}1 process /);
    expect(attached(1, 200)).not.toContain('views');
  });

  it('leaves that out first', () => {
    expect(attached(2, 130)).toContain('2 views');
    expect(attached(2, 130)).not.toContain('attach');
  });
});

const footer = (name: string, state: Partial<UiState> = {}, width = 160): string => {
  const scene = sceneOf(monitorOf(...STATES), {focus: STATES.findIndex((script) => script.name === name), ...state});
  return plain(footerRow(scene, contextFor(scene), width)).trim();
};

describe('the footer', () => {
  it.each<[string, string, Partial<UiState>, string[], string[]]>([
    ['a running process', 'held', {}, ['⏎ zoom', 'p pause', 'r restart', 'x stop', 'q quit'], ['s start']],
    ['a paused one', 'paused', {}, ['p resume', 'x stop'], ['p pause']],
    ['one that waits to be restarted', 'restarting', {}, ['x give up', 's start now'], ['p pause']],
    ['one that ended', 'exited-1', {}, ['s start'], ['p pause', 'x stop', 'r restart']],
    ['a frozen view', 'held', {frozen: monitorOf('held').snapshot()}, ['space go on'], ['space freeze']],
    ['the zoom', 'held', {zoom: FOLLOWING}, ['⏎ inspect', 'Esc back', '↑ ↓ scroll'], ['G follow', 'arrows']],
    ['help', 'held', {overlay: {kind: 'help', top: 0}}, ['Esc close'], ['p pause', '? help']],
    ['the question', 'held', {asksQuit: true}, ['y stop and quit', 'n go on'], ['p pause', 'q quit']],
    ['a run being stopped', 'held', {quitAtMs: 1}, ['q kill now'], ['q quit']],
  ])('shows the keys that work: %s', (_, name, state, present, absent) => {
    const text = footer(name, state);
    for (const word of present) expect(text).toContain(word);
    for (const word of absent) expect(text).not.toContain(word);
  });

  it('offers to detach where the run would go on', () => {
    const monitor = monitorOf('held');
    const shown = (): string => plain(footerRow(sceneOf(monitor), contextFor(sceneOf(monitor)), 200));
    expect(shown()).not.toContain('detach');
    monitor.patchRun({detachable: true});
    expect(shown()).toContain('d detach');
  });

  it.each([120, 80, 60, 40])('keeps the most important keys, whole, at %i columns', (width) => {
    const text = footer('held', {}, width);
    expect(text).toContain('q quit');
    expect(text).toContain('? help');
    expect(text).not.toContain('…');
  });
});

describe('a notice', () => {
  it('shows for ten seconds and says how many others there are', () => {
    const monitor = monitorOf('held');
    expect(noticeRow(sceneOf(monitor), 80)).toBeNull();
    monitor.notify('one');
    monitor.notify('could not write the log');
    expect(plain(noticeRow(sceneOf(monitor), 80) ?? '')).toMatch(/keepup: could not write the log \(and 1 more\)/);
    monitor.advance(10_000);
    expect(noticeRow(sceneOf(monitor), 80)).toBeNull();
  });
});
