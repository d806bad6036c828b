import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {MIN_COLS, PANE_MIN_HEIGHT, PANE_MIN_WIDTH, layoutFor} from '../../src/ui/layout.ts';
import type {Layout} from '../../src/ui/layout.ts';
import type {Rect} from '../../src/ui/painter.ts';

/** Sizes are of the whole terminal; header and footer take a row each. */
const layoutIn = (count: number, cols: number, rows: number, focus = 0): Layout =>
  layoutFor(count, focus, cols, rows - 2);

const rectsOf = (layout: Layout): readonly Rect[] => {
  switch (layout.kind) {
    case 'too-small':
      return [];
    case 'panes':
    case 'compact':
      return layout.rects;
    case 'list':
      return [layout.list, layout.pane ?? layout.brief].filter((rect) => rect !== null);
  }
};

describe('which layout a terminal gets', () => {
  it.each([
    [1, 200, 50, 'panes'],
    [5, 200, 50, 'panes'],
    [15, 200, 50, 'panes'],
    [16, 200, 50, 'list'],
    [60, 200, 50, 'list'],
    [5, 120, 40, 'panes'],
    [8, 120, 40, 'panes'],
    [9, 120, 40, 'list'],
    [1, 80, 24, 'panes'],
    [2, 80, 24, 'panes'],
    [3, 80, 24, 'compact'],
    [5, 80, 24, 'compact'],
    [7, 80, 24, 'compact'],
    [8, 80, 24, 'list'],
    [1, 60, 15, 'panes'],
    [3, 60, 15, 'list'],
    [1, 40, 10, 'list'],
    [20, 40, 10, 'list'],
    [1, 39, 10, 'too-small'],
    [1, 40, 9, 'too-small'],
    [176, 500, 200, 'panes'],
  ])('%i processes in %ix%i: %s', (count, cols, rows, kind) => {
    expect(layoutIn(count, cols, rows).kind).toBe(kind);
  });

  it('gives five processes on a wide screen two columns, the last across the whole row', () => {
    const rects = rectsOf(layoutIn(5, 200, 50));
    expect(rects.map(({left, top, width}) => [left, top, width])).toEqual([
      [0, 0, 100],
      [100, 0, 100],
      [0, 16, 100],
      [100, 16, 100],
      [0, 32, 200],
    ]);
  });

  it('makes the focused compact pane the tallest', () => {
    const heights = rectsOf(layoutIn(5, 80, 24, 2)).map(({height}) => height);
    expect(heights).toEqual([4, 4, 6, 4, 4]);
  });

  it('keeps all five rows of a list in 60x15 and shows newest lines beneath', () => {
    const layout = layoutIn(5, 60, 15);
    expect(layout).toMatchObject({kind: 'list', list: {height: 6}, pane: null, brief: {top: 6, height: 7}});
  });
});

describe('every layout', () => {
  const cases = fc.record({
    count: fc.integer({min: 1, max: 200}),
    cols: fc.integer({min: 1, max: 520}),
    rows: fc.integer({min: 1, max: 210}),
    focus: fc.nat(),
  });

  it('fills the body without gap or overlap', () => {
    fc.assert(
      fc.property(cases, ({count, cols, rows, focus}) => {
        const layout = layoutIn(count, cols, rows, focus % count);
        if (layout.kind === 'too-small') return;
        const area = rectsOf(layout).reduce((sum, {width, height}) => sum + width * height, 0);
        expect(area).toBe(cols * (rows - 2));
        for (const rect of rectsOf(layout)) {
          expect(rect.left + rect.width).toBeLessThanOrEqual(cols);
          expect(rect.top + rect.height).toBeLessThanOrEqual(rows - 2);
        }
        expect(overlapping(rectsOf(layout))).toBe(false);
      }),
    );
  });

  it('gives full panes the room they need, and every process a place', () => {
    fc.assert(
      fc.property(cases, ({count, cols, rows, focus}) => {
        const layout = layoutIn(count, cols, rows, focus % count);
        const rects = rectsOf(layout);
        if (layout.kind === 'panes' || layout.kind === 'compact') expect(rects).toHaveLength(count);
        if (layout.kind === 'panes') {
          for (const {width, height} of rects) {
            expect(width).toBeGreaterThanOrEqual(PANE_MIN_WIDTH);
            expect(height).toBeGreaterThanOrEqual(PANE_MIN_HEIGHT);
          }
        }
        if (layout.kind === 'list') expect(layout.list.height).toBeGreaterThanOrEqual(2);
        if (cols >= MIN_COLS && rows >= 10) expect(layout.kind).not.toBe('too-small');
      }),
    );
  });
});

const overlapping = (rects: readonly Rect[]): boolean =>
  rects.some((a, i) =>
    rects
      .slice(i + 1)
      .some(
        (b) =>
          a.left < b.left + b.width &&
          b.left < a.left + a.width &&
          a.top < b.top + b.height &&
          b.top < a.top + a.height,
      ),
  );
