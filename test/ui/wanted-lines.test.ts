import {expect, test} from 'vitest';
import {TAIL_LINES} from '../../src/model/display-line.ts';
import {layoutFor} from '../../src/ui/layout.ts';
import {INITIAL_STATE} from '../../src/ui/ui-model.ts';
import {wantedLines} from '../../src/ui/wanted-lines.ts';
import {openErrors} from '../../src/ui/overlay-state.ts';

const CLOSED = {zoom: null, overlay: null};

test('panes show as many lines as the highest of them has rows', () => {
  const layout = layoutFor(8, 0, 200, 48);
  expect(layout.kind).toBe('panes');
  expect(wantedLines(CLOSED, layout)).toBe(16);
  expect(wantedLines(CLOSED, layoutFor(1, 0, 200, 200))).toBe(TAIL_LINES);
});

test('all that a snapshot has is wanted by a list, an overlay, a zoom', () => {
  const panes = layoutFor(8, 0, 200, 48);
  const list = layoutFor(40, 0, 80, 22);
  expect(list.kind).toBe('list');
  expect(wantedLines(CLOSED, list)).toBe(TAIL_LINES);
  expect(wantedLines({...CLOSED, overlay: openErrors()}, panes)).toBe(TAIL_LINES);
  const zoomed = {...INITIAL_STATE, zoom: {} as never};
  expect(wantedLines(zoomed, panes)).toBe(TAIL_LINES);
});
