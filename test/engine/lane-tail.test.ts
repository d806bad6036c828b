import {expect, test} from 'vitest';
import {LaneTail} from '../../src/engine/lane-tail.ts';
import {TAIL_LINES} from '../../src/model/display-line.ts';

const ALONE = {batches: 0, lines: 0};
const NOTHING = {tailLines: 0, samples: false};
const ALL = {tailLines: TAIL_LINES, samples: true};

const tailOf = (viewLines = 8): LaneTail => new LaneTail(() => viewLines);

test('a batch that was not full is shown, unless many lines wait behind it', () => {
  const tail = tailOf();
  expect(tail.wants(false, ALONE, 0)).toEqual(ALL);
  expect(tail.wants(false, {batches: 1, lines: 199}, 1)).toEqual(ALL);
  expect(tail.wants(false, {batches: 1, lines: 200}, 2)).toEqual(NOTHING);
  expect(tail.wants(false, {batches: 2, lines: 1}, 3)).toEqual(NOTHING);
});

test('full ones are shown five times a second, as far as views show them', () => {
  const tail = tailOf();
  const wanted = Array.from({length: 100}, (_, index) => ({nowMs: 10 * index, ...tail.wants(true, ALONE, 10 * index)}));
  const shown = wanted.filter(({tailLines}) => tailLines > 0);
  expect(shown.map(({nowMs}) => nowMs)).toEqual([0, 200, 400, 600, 800]);
  expect(shown.every(({tailLines, samples}) => tailLines === 8 && samples)).toBe(true);
  expect(tailOf(Infinity).wants(true, ALONE, 0)).toEqual(ALL);
});

test('where nobody looks, error groups get a sample once a second, and with what is last', () => {
  const tail = tailOf(0);
  const wanted = Array.from({length: 25}, (_, index) => tail.wants(true, ALONE, 100 * index));
  expect(wanted.every(({tailLines}) => tailLines === 0)).toBe(true);
  expect(wanted.flatMap(({samples}, index) => (samples ? [index] : []))).toEqual([0, 10, 20]);
  expect(tail.wants(false, ALONE, 2401)).toEqual({tailLines: 0, samples: true});
});

test('what was judged last tells whether the newest lines are shown, whatever the order of the answers', () => {
  const tail = tailOf();
  expect(tail.isUnshown).toBe(false);
  tail.judged(2000, NOTHING);
  tail.judged(1, ALL);
  expect(tail.isUnshown).toBe(true);
  tail.markShown();
  expect(tail.isUnshown).toBe(false);
  tail.judged(3000, NOTHING);
  tail.judged(4000, ALL);
  expect(tail.isUnshown).toBe(false);
});
