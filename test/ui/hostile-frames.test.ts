import {describe, expect, test} from 'vitest';
import {frameOf, detailOf, inspecting, leastMs, processOf, sceneFor, VIEWS} from '../support/frame-time.ts';
import type {Reading} from '../support/frame-time.ts';
import {hostileLines} from '../support/hostile-lines.ts';
import {paintedWidth, plain} from '../support/scene.ts';

/** What a frame may take at the most, with any line that there is. */
const FRAME_MS = 50;

const readingOf = (kind: 'json' | 'text', ansi: boolean, stream: Reading['stream'] = 'stdout'): Reading => ({
  stream,
  format: {kind},
  ansi,
  maxLineBytes: 2 * 1024 * 1024,
});
const READINGS: readonly (readonly [string, Reading])[] = [
  ['JSON', readingOf('json', false)],
  ['text', readingOf('text', false)],
  ['JSON with colours', readingOf('json', true)],
  ['text with colours', readingOf('text', true)],
  ['stderr with colours', readingOf('text', true, 'stderr')],
];

const short = [...hostileLines(300, 11, {longEvery: 0})];
/** One of each kind of long line, of about 100 KB to 1 MB. */
const long = [
  ...new Map([...hostileLines(150, 12, {longEvery: 1})].map((line) => [`${line.subarray(0, 16).toString()}${line.length}`, line])).values(),
];

describe.each(READINGS)('read as %s, hostile lines', (_, reading) => {
  const batches = [short, long.slice(0, long.length / 2), long.slice(long.length / 2)];

  test.each(VIEWS)('show in %s within the time of a frame, in exact rows without a control character', (_view, state) => {
    for (const batch of batches) {
      const one = processOf(0, batch, reading);
      const scene = sceneFor(Array.from({length: 8}, (_process, id) => ({...one, id})), state);
      expect(leastMs(() => frameOf(scene))).toBeLessThan(FRAME_MS);
      expect(frameOf(scene).map(paintedWidth)).toEqual(Array.from({length: 48}, () => 200));
    }
  });

  test('of up to a megabyte open in the inspector within that time, and stay there', () => {
    for (const line of long) {
      const process = processOf(0, [line], reading);
      const detail = detailOf(line, reading);
      const name = `${line.subarray(0, 24).toString()}, ${line.length} bytes`;
      // Each time a detail that was never seen, as when it has just come.
      expect(leastMs(() => frameOf(sceneFor([process], inspecting(detail.line, {...detail})))), name).toBeLessThan(FRAME_MS);
      const scene = sceneFor([process], inspecting(detail.line, detail));
      expect(frameOf(scene).map(paintedWidth)).toEqual(Array.from({length: 48}, () => 200));
      expect(leastMs(() => frameOf(scene)), name).toBeLessThan(FRAME_MS);
    }
  });
});

test('hostile lines show the same with colours and without', () => {
  for (const kind of ['json', 'text'] as const) {
    const rows = [true, false].map((ansi) => frameOf(sceneFor([processOf(0, short, readingOf(kind, ansi))])));
    expect(rows[0]!.map(plain)).toEqual(rows[1]!.map(plain));
  }
});
