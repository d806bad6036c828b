import {describe, expect, it} from 'vitest';
import {briefRows, listRows} from '../../src/ui/list.ts';
import {shownProcesses} from '../../src/ui/scene.ts';
import {STATES, many} from '../support/fake-scripts.ts';
import {createFakeMonitor} from '../support/fake-monitor.ts';
import {monitorOf, plain, sceneOf} from '../support/scene.ts';

const list = (count: number, width: number, height: number, focus = 0): string[] => {
  const scene = sceneOf(createFakeMonitor(many(count)), {focus});
  return listRows(shownProcesses(scene), {left: 0, top: 0, width, height}, scene).map(plain);
};

describe('the list', () => {
  it('has a row for each process under the heads of its columns', () => {
    const rows = list(3, 120, 10);
    expect(rows[0]).toMatch(/process +state +lines +failed +records +lag +bottleneck/);
    expect(rows[1]).toMatch(/^▶ 1 web#1 +● running/);
    expect(rows[2]).toMatch(/^ {2}2 web#2 +● running/);
  });

  it('aligns its columns, whatever the numbers and states are', () => {
    const scene = sceneOf(createFakeMonitor(STATES.slice(0, 15)));
    const rows = listRows(shownProcesses(scene), {left: 0, top: 0, width: 120, height: 16}, scene).map(plain);
    const [head = '', ...processes] = rows;
    const end = head.indexOf('lines') + 'lines'.length;
    expect(processes.map((row) => row.slice(end - 2, end + 1))).toEqual(processes.map(() => '/s '));
    const state = head.indexOf('state');
    expect(processes.map((row) => /[●◌‖✗■] \S/u.exec(row)?.index)).toEqual(processes.map(() => state));
  });

  it.each<[number, string[], string[]]>([
    [120, ['lines', 'failed', 'records', 'lag', 'bottleneck', 'bytes'], []],
    [64, ['lines', 'failed', 'records'], ['bytes']],
    [60, ['lines', 'failed', 'records'], ['lag']],
    [40, ['lines'], ['records']],
  ])('shows the columns that fit in %i', (width, present, absent) => {
    const head = list(5, width, 8)[0] ?? '';
    for (const word of present) expect(head).toContain(word);
    for (const word of absent) expect(head).not.toContain(word);
  });

  it('scrolls so that the focused process is in view, and says what is above and below', () => {
    const rows = list(50, 80, 11, 25);
    expect(rows.find((row) => row.startsWith('▶'))).toMatch(/web#26/);
    expect(rows[0]).toMatch(/^ {2}↑20 ↓20 +state/);
    expect(list(50, 80, 11, 49).at(-1)).toMatch(/^▶ 50 web#50/);
    expect(list(50, 80, 11, 0)[0]).toMatch(/^ {2}↓40 +state/);
  });

  it('cuts a long name with an ellipsis', () => {
    const scene = sceneOf(monitorOf({name: 'a-name-that-is-much-too-long-for-a-list', linesPerSec: 1}));
    const rows = listRows(shownProcesses(scene), {left: 0, top: 0, width: 60, height: 3}, scene).map(plain);
    expect(rows[1]).toMatch(/^▶ 1 a-name\S*… /);
  });
});

const brief = (name: string, height: number): string[] => {
  const scene = sceneOf(monitorOf(name));
  const rect = {left: 0, top: 0, width: 60, height};
  return shownProcesses(scene)
    .flatMap((process) => briefRows(process, rect, scene))
    .map(plain);
};

describe('the focused process beneath a list', () => {
  it('shows name and state, then the newest lines', () => {
    const rows = brief('paused', 5);
    expect(rows[0]).toMatch(/^─ paused {2}paused ─+$/);
    expect(rows[1]).toMatch(/paused since/);
    expect(rows[4]).toMatch(/\d\d:\d\d:\d\d\.\d{3}/);
  });

  it('says why a process could not be started', () => {
    expect(brief('failed', 3)[1]).toMatch(/no such program on PATH/);
  });
});
