import {expect, test} from 'vitest';
import {newRunId, tagName} from '../../src/guard/run-tag.ts';

test('a run has an id of 16 hex digits, and a tag with it in its name', () => {
  const ids = Array.from({length: 100}, newRunId);
  expect(ids.filter(id => !/^[0-9a-f]{16}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(100);
  expect(tagName('00ff00ff00ff00ff')).toBe('KEEPUP_TAG_00ff00ff00ff00ff');
});
