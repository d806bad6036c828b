import {expect, test} from 'vitest';
import {LaneTail} from '../../src/engine/lane-tail.ts';

const NOTHING = {batches: 0, lines: 0};

test('a batch that was not full is shown, unless many lines wait behind it', () => {
  const tail = new LaneTail();
  expect(tail.wants(false, NOTHING, 0)).toBe(true);
  expect(tail.wants(false, {batches: 1, lines: 199}, 1)).toBe(true);
  expect(tail.wants(false, {batches: 1, lines: 200}, 2)).toBe(false);
  expect(tail.wants(false, {batches: 2, lines: 1}, 3)).toBe(false);
});

test('full ones are shown ten times a second', () => {
  const tail = new LaneTail();
  const shown = Array.from({length: 100}, (_, index) => 10 * index).filter(nowMs => tail.wants(true, NOTHING, nowMs));
  expect(shown).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
});

test('what was judged last tells whether the newest lines are shown, whatever the order of the answers', () => {
  const tail = new LaneTail();
  expect(tail.isUnshown).toBe(false);
  tail.judged(2000, false);
  tail.judged(1, true);
  expect(tail.isUnshown).toBe(true);
  tail.markShown();
  expect(tail.isUnshown).toBe(false);
  tail.judged(3000, false);
  tail.judged(4000, true);
  expect(tail.isUnshown).toBe(false);
});
