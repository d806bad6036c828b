import {describe, expect, it} from 'vitest';
import type {DisplayLine} from '../../src/model/display-line.ts';
import type {Page} from '../../src/model/page.ts';
import {reduceUi} from '../../src/ui/ui-state.ts';
import type {Action, ScrollMove, UiState} from '../../src/ui/ui-model.ts';
import {wishesOf} from '../../src/ui/wishes.ts';
import {FOLLOWING, newestLines} from '../../src/ui/zoom-state.ts';
import type {FakeMonitor} from '../support/fake-monitor.ts';
import {contextFor, monitorOf, sceneOf} from '../support/scene.ts';

const slow = (): FakeMonitor => monitorOf({name: 'slow', linesPerSec: 10, before: 400});
const scroll = (move: ScrollMove): Action => ({kind: 'scroll', move});

/** Performs actions and answers every wish, as the session does. */
const perform = async (monitor: FakeMonitor, from: Partial<UiState>, ...actions: Action[]): Promise<UiState> => {
  let {state} = sceneOf(monitor, {zoom: FOLLOWING, ...from});
  for (const action of actions) {
    state = reduceUi(state, action, contextFor(sceneOf(monitor, state)));
    for (let round = 0; round < 20; round++) {
      const wishes = wishesOf(state, contextFor(sceneOf(monitor, state))).filter(({againMs}) => againMs === null);
      if (wishes.length === 0) break;
      for (const wish of wishes) {
        const page: Page = await monitor.page(wish.query);
        state = reduceUi(state, {kind: 'page', wish, page}, contextFor(sceneOf(monitor, state)));
      }
    }
  }
  return state;
};
const selected = (state: UiState): DisplayLine | undefined => state.zoom?.window?.lines[state.zoom.window.selected];

describe('scrolling a process', () => {
  it('leaves the newest line upwards', async () => {
    const state = await perform(slow(), {}, scroll('up'), scroll('up'));
    expect(selected(state)?.line).toBe(398);
  });

  it('does not leave it downwards', async () => {
    expect((await perform(slow(), {}, scroll('down'))).zoom?.window).toBeNull();
  });

  it('goes far back through history, page by page', async () => {
    const pages = Array.from({length: 30}, () => scroll('page-up'));
    const state = await perform(slow(), {}, ...pages);
    expect(selected(state)?.line).toBe(1);
    expect(state.zoom?.window?.atStart).toBe(true);
  });

  it('goes to the oldest line at once', async () => {
    const state = await perform(slow(), {}, scroll('start'));
    expect(selected(state)?.line).toBe(1);
    expect(state.zoom?.seeksStart).toBe(false);
  });

  it('reads on from the oldest line to the newest and follows again', async () => {
    const pages = Array.from({length: 40}, () => scroll('page-down'));
    const state = await perform(slow(), {}, scroll('start'), ...pages);
    expect(state.zoom?.window).toBeNull();
  });

  it('follows again with G', async () => {
    expect((await perform(slow(), {}, scroll('page-up'), scroll('end'))).zoom?.window).toBeNull();
  });

  it('stands still while new lines come, and says how many', async () => {
    const monitor = slow();
    const before = await perform(monitor, {}, scroll('page-up'));
    monitor.advance(5000);
    const after = await perform(monitor, before, {kind: 'snapshot'});
    expect(selected(after)).toBe(selected(before));
    expect(after.zoom?.leftAt).toBe(400);
  });

  it('does not show what was cleared', async () => {
    const monitor = slow();
    const cleared = await perform(monitor, {}, {kind: 'clear'});
    monitor.advance(2000);
    const state = await perform(monitor, cleared, {kind: 'snapshot'}, scroll('start'));
    expect(selected(state)?.line).toBe(401);
    expect(state.zoom?.window?.atStart).toBe(true);
  });
});

describe('inspecting', () => {
  it('opens the newest line while following, and stays there', async () => {
    const state = await perform(slow(), {}, {kind: 'inspect'});
    expect(state.overlay).toMatchObject({kind: 'inspector', line: {line: 400}, detail: {text: expect.any(String)}});
    expect(selected(state)?.line).toBe(400);
  });

  it('goes from line to line', async () => {
    const state = await perform(slow(), {}, {kind: 'inspect'}, {kind: 'inspect-next', by: -1});
    expect(state.overlay).toMatchObject({kind: 'inspector', line: {line: 399}, detail: {line: {line: 399}}});
  });

  it('says so when history has lost the line', async () => {
    const monitor = slow();
    const opened = reduceUi(
      sceneOf(monitor, {zoom: FOLLOWING}).state,
      {kind: 'inspect'},
      contextFor(sceneOf(monitor, {zoom: FOLLOWING})),
    );
    const wish = wishesOf(opened, contextFor(sceneOf(monitor, opened))).find(({purpose}) => purpose === 'line');
    if (wish === undefined) throw new Error('no wish');
    const page: Page = {kind: 'line', detail: null};
    const state = reduceUi(opened, {kind: 'page', wish, page}, contextFor(sceneOf(monitor, opened)));
    expect(state.overlay).toMatchObject({kind: 'inspector', detail: 'gone'});
  });
});

describe('the newest lines on a tall screen', () => {
  const process = slow().snapshot().processes[0];
  if (process === undefined) throw new Error('no process');
  const lineAt = (n: number): DisplayLine => ({...(process.tail[0] as DisplayLine), key: [n, 0], line: n});
  const stretch = (from: number, to: number): DisplayLine[] =>
    Array.from({length: to - from + 1}, (_, i) => lineAt(from + i));
  const shown = (feed: DisplayLine[], tail: DisplayLine[]): number[] =>
    newestLines({...sceneOf(slow()).state, zoom: {...FOLLOWING, feed}}, {...process, tail}).map(({line}) => line);

  it.each([
    ['nothing fetched', [], stretch(3, 6), [3, 4, 5, 6]],
    ['fetched and newer lines that meet', stretch(1, 4), stretch(3, 6), [1, 2, 3, 4, 5, 6]],
    ['a gap: only what was fetched', stretch(1, 6), stretch(9, 10), [1, 2, 3, 4, 5, 6]],
  ])('%s', (_, feed, tail, lines) => {
    expect(shown(feed, tail)).toEqual(lines);
  });
});
