import {describe, expect, it} from 'vitest';
import {moveFocus} from '../../src/ui/focus.ts';
import {layoutFor} from '../../src/ui/layout.ts';

// 0 1
// 2 3
//  4
const GRID = layoutFor(5, 0, 200, 48);
const LIST = layoutFor(50, 0, 80, 22);

describe('moving the focus in a grid', () => {
  it.each([
    [0, 'right', 1],
    [0, 'down', 2],
    [0, 'left', 0],
    [0, 'up', 0],
    [1, 'left', 0],
    [1, 'down', 3],
    [3, 'down', 4],
    [4, 'up', 2],
    [4, 'right', 4],
    [4, 'next', 0],
    [0, 'previous', 4],
    [2, 'first', 0],
    [2, 'last', 4],
  ] as const)('from %i %s to %i', (from, kind, to) => {
    expect(moveFocus(from, {kind}, 5, GRID)).toBe(to);
  });

  it('goes to a process by its number, and nowhere for one that is not there', () => {
    expect(moveFocus(0, {kind: 'to', process: 3}, 5, GRID)).toBe(3);
    expect(moveFocus(0, {kind: 'to', process: 7}, 5, GRID)).toBe(0);
  });
});

describe('moving the focus in a list', () => {
  it.each([
    [10, 'up', 9],
    [10, 'down', 11],
    [0, 'up', 0],
    [49, 'down', 49],
    [0, 'page-down', 11],
    [45, 'page-down', 49],
    [5, 'page-up', 0],
  ] as const)('from %i %s to %i', (from, kind, to) => {
    expect(moveFocus(from, {kind}, 50, LIST)).toBe(to);
  });
});
