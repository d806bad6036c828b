import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {GroupedLines, ParsedBatch} from '../../src/model/task.ts';
import {joined} from '../../src/worker/joined-batches.ts';
import {parseBatch} from '../../src/worker/parse-batch.ts';
import {loadScannedLines} from '../support/scanned-lines.ts';
import {parseTask} from '../support/parse-task.ts';

const line = fc.constantFrom('{"level":30}', '{"level":50,"msg":"no route"}', '{"level":60,"msg":"gone 7"}', 'bad 12', '[]', '', '\u00e4');

/** One thread's. */
const scanned = loadScannedLines();

const parsed = (lines: readonly string[]): ParsedBatch => ({
  ...parseBatch(parseTask(lines.map(text => `${text}\n`).join(''), {tailLines: 0, samples: false}), scanned),
  returned: null,
  busyMs: 1,
});

const groupsOf = ({grouped}: ParsedBatch): Map<string, Omit<GroupedLines, 'name'>> =>
  new Map(grouped.map(({name: {key}, ...rest}) => [key, rest]));

test('parts of a batch come to what the whole does', () => {
  fc.assert(
    fc.property(fc.array(line, {minLength: 1, maxLength: 30}), fc.array(line, {minLength: 1, maxLength: 30}), (first, then) => {
      const {grouped: _own, busyMs, ...parts} = joined(parsed(first), parsed(then));
      const {grouped: _all, busyMs: _ms, ...whole} = parsed([...first, ...then]);
      expect(parts).toEqual(whole);
      expect(busyMs).toBe(2);
      expect(groupsOf(joined(parsed(first), parsed(then)))).toEqual(groupsOf(parsed([...first, ...then])));
    }),
  );
});
