import {expect, it} from 'vitest';
import {FORMAT_NAMES} from '../../src/model/format.ts';
import {PARSERS} from '../../src/parse/registry.ts';

it('has a parser for every format name but auto, and no other', () => {
  expect(['auto', ...Object.keys(PARSERS)].toSorted()).toEqual([...FORMAT_NAMES].toSorted());
});

it('has parsers that judge', () => {
  expect(PARSERS.json('no').kind).toBe('failure');
  expect(PARSERS.text('no').kind).toBe('record');
});
