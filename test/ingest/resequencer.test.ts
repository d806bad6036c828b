import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Resequencer} from '../../src/ingest/resequencer.ts';

test('gives results in line order, each once, whatever the order of arrival', () => {
  const sizes = fc.array(fc.integer({min: 1, max: 5}), {minLength: 1, maxLength: 20});
  fc.assert(
    fc.property(sizes, fc.array(fc.nat(), {minLength: 20, maxLength: 20}), (lines, order) => {
      let first = 1;
      const tasks = lines.map((count, id) => {
        const task = {id, first, count};
        first += count;
        return task;
      });
      const shuffled = tasks.toSorted((a, b) => order[a.id]! - order[b.id]!);
      const target = new Resequencer<number>();
      const seen = shuffled.flatMap(task => target.put(task.first, task.count, task.id));
      expect(seen).toEqual(tasks.map(task => task.id));
      expect(target.waiting).toBe(0);
    }),
  );
});

test('waits for a missing line', () => {
  const target = new Resequencer<string>();
  expect(target.put(3, 1, 'c')).toEqual([]);
  expect(target.waiting).toBe(1);
  expect(target.put(1, 2, 'ab')).toEqual(['ab', 'c']);
});
