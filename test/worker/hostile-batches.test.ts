import {describe, expect, test} from 'vitest';
import {parseBatch, parseStderr} from '../../src/worker/parse-batch.ts';
import {loadScannedLines} from '../support/scanned-lines.ts';
import {leastMs} from '../support/frame-time.ts';
import {hostileLines} from '../support/hostile-lines.ts';
import {parseTask} from '../support/parse-task.ts';

const lines = [...hostileLines(2000, 21, {longEvery: 40})];
const plain = {kind: 'plain', prefix: 'p', color: true, ansi: '256'} as const;

describe.each(['json', 'text'] as const)('hostile lines as %s', (kind) => {
  test('are each judged, whatever is done with them', () => {
    const scanned = loadScannedLines();
    for (const emit of [null, plain, {kind: 'json', process: 'p'} as const]) {
      const task = parseTask(Buffer.concat(lines), {format: {kind}, maxLineBytes: 2 ** 21, ansi: true, emit});
      const {tally, lines: judged} = parseBatch(task, scanned);
      expect(judged).toBe(lines.length);
      expect(tally.records + tally.failures + tally.blank).toBe(lines.length);
    }
  });

  test('take time in proportion to their length', () => {
    for (const line of lines.filter(({length}) => length > 50_000).slice(0, 40)) {
      const task = parseTask(line, {format: {kind}, maxLineBytes: 2 ** 21, ansi: true, emit: plain});
      const perMegabyteMs = leastMs(() => parseBatch(task)) / Math.max(1, line.length / 1e6);
      // A few tens on a quiet machine; what is quadratic takes minutes.
      expect(perMegabyteMs, `${line.subarray(0, 24).toString()}, ${line.length} bytes`).toBeLessThan(1000);
    }
  });
});

test('hostile lines on stderr are all shown', () => {
  const task = parseTask(Buffer.concat(lines), {stream: 'stderr', format: {kind: 'text'}, ansi: true, emit: plain});
  expect(parseStderr(task).lines).toBe(lines.length);
});
