import {describe, expect, it} from 'vitest';
import {reduceUi} from '../../src/ui/ui-state.ts';
import {shownProcess} from '../../src/ui/scene.ts';
import type {Action, UiState} from '../../src/ui/ui-model.ts';
import {FOLLOWING} from '../../src/ui/zoom-state.ts';
import type {FakeMonitor} from '../support/fake-monitor.ts';
import {FIVE} from '../support/fake-scripts.ts';
import {contextFor, monitorOf, sceneOf} from '../support/scene.ts';

const run = (monitor: FakeMonitor, from: Partial<UiState>, ...actions: Action[]): UiState => {
  let {state} = sceneOf(monitor, from);
  for (const action of actions) state = reduceUi(state, action, contextFor(sceneOf(monitor, state)));
  return state;
};
const five = (): FakeMonitor => monitorOf(...FIVE);

describe('opening and closing', () => {
  it('closes one thing at a time, the topmost first', () => {
    const open: Action[] = [{kind: 'zoom'}, {kind: 'help'}, {kind: 'ask-quit'}];
    const all = run(five(), {}, ...open);
    const one = run(five(), all, {kind: 'back'});
    const two = run(five(), one, {kind: 'back'});
    const three = run(five(), two, {kind: 'back'});
    expect(all).toMatchObject({asksQuit: true, overlay: {kind: 'help'}, zoom: FOLLOWING});
    expect(one).toMatchObject({asksQuit: false, overlay: {kind: 'help'}, zoom: FOLLOWING});
    expect(two).toMatchObject({overlay: null, zoom: FOLLOWING});
    expect(three).toMatchObject({overlay: null, zoom: null});
  });

  it('goes to another process without leaving the zoom, following it', () => {
    const state = run(five(), {zoom: FOLLOWING}, {kind: 'scroll', move: 'up'}, {kind: 'focus', move: {kind: 'next'}});
    expect(state).toMatchObject({focus: 1, zoom: {window: null}});
  });

  it('shows the errors of the process that is gone to', () => {
    const errors = {kind: 'errors', groups: [], selected: 'x'} as const;
    const state = run(five(), {overlay: errors}, {kind: 'focus', move: {kind: 'next'}});
    expect(state).toMatchObject({focus: 1, overlay: {kind: 'errors', groups: null, selected: null}});
  });
});

describe('freezing', () => {
  it('keeps the snapshot of that moment, and lets it go again', () => {
    const monitor = five();
    const then = monitor.snapshot();
    const frozen = run(monitor, {}, {kind: 'freeze'});
    monitor.advance(1000);
    expect(run(monitor, frozen, {kind: 'snapshot'}).frozen).toBe(then);
    expect(run(monitor, frozen, {kind: 'freeze'}).frozen).toBeNull();
  });
});

const linesShown = (monitor: FakeMonitor, state: UiState): number | undefined =>
  shownProcess({...sceneOf(monitor), state}, 0)?.ledger.linesIn;

describe('clearing from outside', () => {
  it('clears what is shown of the process, and of no other', () => {
    const monitor = five();
    const before = run(monitor, {}, {kind: 'snapshot'});
    monitor.patch(0, {clears: 1});
    const after = run(monitor, before, {kind: 'snapshot'});
    expect([...after.cleared.keys()]).toEqual([0]);
    expect(linesShown(monitor, after)).toBe(0);
    expect(run(monitor, after, {kind: 'snapshot'}).cleared).toBe(after.cleared);
  });

  it('takes what was cleared before the first snapshot for no news', () => {
    const monitor = five();
    monitor.patch(0, {clears: 7});
    const state = run(monitor, {}, {kind: 'snapshot'});
    expect(state.cleared.size).toBe(0);
    monitor.patch(0, {clears: 8});
    expect(run(monitor, state, {kind: 'snapshot'}).cleared.size).toBe(1);
  });

  it('lets the open process follow its newest line again', () => {
    const monitor = five();
    const reading = run(monitor, {zoom: FOLLOWING}, {kind: 'snapshot'}, {kind: 'scroll', move: 'up'});
    monitor.patch(1, {clears: 1});
    expect(run(monitor, reading, {kind: 'snapshot'}).zoom).toEqual(reading.zoom);
    monitor.patch(0, {clears: 1});
    expect(run(monitor, reading, {kind: 'snapshot'}).zoom).toMatchObject({window: null});
  });

  it('leaves a view that stands still alone until it goes on', () => {
    const monitor = five();
    const frozen = run(monitor, {}, {kind: 'snapshot'}, {kind: 'freeze'});
    monitor.advance(1000);
    const linesThen = linesShown(monitor, frozen);
    monitor.patch(0, {clears: 1});
    const cleared = run(monitor, frozen, {kind: 'snapshot'});
    expect(linesShown(monitor, cleared)).toBe(linesThen);
    expect(linesShown(monitor, run(monitor, cleared, {kind: 'freeze'}))).toBe(0);
  });

  it('by key clears what a view shows that stands still', () => {
    const monitor = five();
    const frozen = run(monitor, {}, {kind: 'freeze'});
    monitor.advance(1000);
    const cleared = run(monitor, frozen, {kind: 'clear'});
    expect(linesShown(monitor, cleared)).toBe(0);
    expect(linesShown(monitor, run(monitor, cleared, {kind: 'freeze'}))).toBeGreaterThan(0);
  });
});

describe('feedback for commands', () => {
  const stop: Action = {kind: 'command', command: {kind: 'stop', target: 0}};

  it('shows at once what was asked', () => {
    expect(run(five(), {}, stop).asked.get(0)?.word).toBe('stopping…');
  });

  it('notes it only where it will change something', () => {
    const state = run(five(), {}, {kind: 'command', command: {kind: 'pause', target: 'all'}});
    expect([...state.asked.keys()]).toEqual([0, 1, 4]);
  });

  it('gives way to the state itself', () => {
    const monitor = five();
    const asked = run(monitor, {}, stop);
    monitor.dispatch({kind: 'stop', target: 0});
    expect(run(monitor, asked, {kind: 'snapshot'}).asked.size).toBe(0);
  });

  it('is given up when nothing follows', () => {
    const monitor = five();
    const asked = run(monitor, {}, stop);
    monitor.advance(1900);
    expect(run(monitor, asked, {kind: 'snapshot'}).asked.size).toBe(1);
    monitor.advance(200);
    expect(run(monitor, asked, {kind: 'snapshot'}).asked.size).toBe(0);
  });

  it('says that the run is being stopped, from the first time on', () => {
    const monitor = five();
    const first = run(monitor, {asksQuit: true}, {kind: 'command', command: {kind: 'quit'}});
    expect(first).toMatchObject({asksQuit: false, quitAtMs: monitor.snapshot().nowMs});
    monitor.advance(500);
    expect(run(monitor, first, {kind: 'command', command: {kind: 'quit'}}).quitAtMs).toBe(first.quitAtMs);
  });
});

describe('clearing', () => {
  it('sets a baseline for the focused process alone', () => {
    const state = run(five(), {focus: 4}, {kind: 'clear'});
    expect([...state.cleared.keys()]).toEqual([4]);
    expect(state.cleared.get(4)?.ledger.linesIn).toBe(9000);
  });
});

describe('actions without a meaning', () => {
  it.each([
    [{kind: 'scroll', move: 'up'}],
    [{kind: 'pan', columns: 16}],
    [{kind: 'inspect'}],
    [{kind: 'inspect-next', by: 1}],
    [{kind: 'redraw'}],
  ] as const)('%o changes nothing on the grid', (action) => {
    const {state} = sceneOf(five());
    expect(run(five(), state, action)).toEqual(state);
  });
});
