import {describe, expect, it} from 'vitest';
import {KEYS, actionFor, availableKeys, scopeOf} from '../../src/ui/keymap.ts';
import {ALL_SCOPES} from '../../src/ui/key-binding.ts';
import {keyTableMarkdown} from '../../src/ui/help.ts';
import type {Action, UiContext, UiState} from '../../src/ui/ui-model.ts';
import {INITIAL_STATE} from '../../src/ui/ui-model.ts';
import {FOLLOWING} from '../../src/ui/zoom-state.ts';
import {STATES} from '../support/fake-scripts.ts';
import {contextFor, monitorOf, sceneOf} from '../support/scene.ts';

const monitor = monitorOf(...STATES);
const idOf = (name: string): number => STATES.findIndex((script) => script.name === name);
const at = (name: string, change: Partial<UiState> = {}): [UiState, UiContext] => {
  const scene = sceneOf(monitor, {focus: idOf(name), ...change});
  return [scene.state, contextFor(scene)];
};
const command = (kind: string, name: string): unknown => ({kind: 'command', command: {kind, target: idOf(name)}});
const line = monitor.snapshot().processes[2]?.tail[0];
if (line === undefined) throw new Error('no line');

const SCREENS: readonly Partial<UiState>[] = [
  {},
  {zoom: FOLLOWING},
  {overlay: {kind: 'help', top: 0}},
  {overlay: {kind: 'errors', groups: null, selected: null}},
  {overlay: {kind: 'inspector', line, detail: null, top: 0}},
  {asksQuit: true},
];

describe('what a key does to a process', () => {
  it.each([
    ['p', 'held', command('pause', 'held')],
    ['p', 'paused', command('resume', 'paused')],
    ['p', 'exited-1', null],
    ['r', 'held', command('restart', 'held')],
    ['r', 'paused', command('restart', 'paused')],
    ['r', 'exited-1', command('restart', 'exited-1')],
    ['x', 'held', command('stop', 'held')],
    ['x', 'restarting', command('stop', 'restarting')],
    ['x', 'exited-1', null],
    ['s', 'crash-loop', command('start', 'crash-loop')],
    ['s', 'failed', command('start', 'failed')],
    ['s', 'restarting', command('start', 'restarting')],
    ['s', 'held', null],
    ['X', 'held', {kind: 'command', command: {kind: 'stop', target: 'all'}}],
    ['P', 'held', {kind: 'command', command: {kind: 'pause', target: 'all'}}],
  ])('%s on %s', (key, name, action) => {
    expect(actionFor(key, ...at(name))).toEqual(action);
    expect(actionFor(key, ...at(name, {zoom: FOLLOWING}))).toEqual(action);
  });

  it('resumes all when none runs any more', () => {
    const paused = monitorOf('paused', 'exited-0');
    const scene = sceneOf(paused);
    expect(actionFor('P', scene.state, contextFor(scene))).toMatchObject({command: {kind: 'resume', target: 'all'}});
  });
});

describe('quitting', () => {
  const quit = {kind: 'command', command: {kind: 'quit'}};
  const ended = sceneOf(monitorOf('exited-0', 'failed', 'crash-loop'));

  it.each(['q', 'ctrl-c'])('%s asks while something runs', (key) => {
    expect(actionFor(key, ...at('held'))).toEqual({kind: 'ask-quit'});
  });
  it.each(['q', 'ctrl-c', 'y', 'enter'])('%s says yes to the question', (key) => {
    expect(actionFor(key, ...at('held', {asksQuit: true}))).toEqual(quit);
  });
  it.each(['n', 'esc'])('%s says no to the question', (key) => {
    expect(actionFor(key, ...at('held', {asksQuit: true}))).toEqual({kind: 'keep-running'});
  });
  it('goes at once when nothing runs', () => {
    expect(actionFor('q', ended.state, contextFor(ended))).toEqual(quit);
  });
  it('forces what is being stopped', () => {
    expect(actionFor('q', ...at('held', {quitAtMs: 1}))).toEqual(quit);
  });
});

describe('detaching', () => {
  it.each<[string, Partial<UiState>]>([
    ['the grid', {}],
    ['one process', {zoom: FOLLOWING}],
  ])('d detaches from %s, whether the run is detachable yet or not', (_, change) => {
    expect(actionFor('d', ...at('held', change))).toEqual({kind: 'detach'});
  });

  it('is an answer to the question only where the run would go on', () => {
    const detachable = monitorOf('held');
    const scene = (): Parameters<typeof actionFor>[1] => sceneOf(detachable, {asksQuit: true}).state;
    expect(actionFor('d', scene(), contextFor(sceneOf(detachable)))).toBeNull();
    detachable.patchRun({detachable: true});
    expect(actionFor('d', scene(), contextFor(sceneOf(detachable)))).toEqual({kind: 'detach'});
  });
});

describe('the key table', () => {
  it('suspends from everywhere', () => {
    for (const change of SCREENS) expect(actionFor('ctrl-z', ...at('held', change))).toEqual({kind: 'suspend'});
  });

  it('gives a key one meaning on each screen', () => {
    for (const change of SCREENS) {
      for (const {name} of STATES) {
        const keys = availableKeys(...at(name, change)).flatMap((binding) => binding.keys);
        expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
      }
    }
  });

  it('hangs nothing that acts on processes on Esc', () => {
    const kinds = SCREENS.map((change) => actionFor('esc', ...at('held', change))?.kind);
    expect(kinds).toEqual([undefined, 'back', 'back', 'back', 'back', 'keep-running'] satisfies (
      Action['kind'] | undefined
    )[]);
  });

  it('leaves alone the keys that terminals and multiplexers take', () => {
    const taken = /^(f\d+|ctrl-[absq])$/;
    expect(KEYS.flatMap(({keys}) => keys).filter((key) => taken.test(key))).toEqual([]);
  });

  it('lets one quit from everywhere', () => {
    for (const change of SCREENS) expect(actionFor('q', ...at('held', change))).not.toBeNull();
  });

  it('knows which screen has the keys', () => {
    expect(SCREENS.map((change) => scopeOf({...INITIAL_STATE, ...change}))).toEqual([
      'grid',
      'zoom',
      'help',
      'errors',
      'inspector',
      'question',
    ]);
  });

  it('becomes a table for the README, a row a binding', () => {
    const rows = keyTableMarkdown().split('\n');
    expect(rows).toHaveLength(KEYS.length + 2);
    expect(rows).toContain('| `p` | all processes, one process | pause the process (SIGSTOP), or let it go on |');
    expect(rows.every((row) => row.split('|').length === 5)).toBe(true);
    expect(ALL_SCOPES).toHaveLength(6);
  });
});
