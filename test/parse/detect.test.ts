import {expect, it} from 'vitest';
import {isJsonObjectLine} from '../../src/parse/detect.ts';

it.each([
  ['{"a":1}', true],
  [' {} \r', true],
  ['[1]', false],
  ['"text"', false],
  ['7', false],
  ['starting {"a":1}', false],
  ['{"a":1', false],
])('of %j: %s', (text, expected) => expect(isJsonObjectLine(text)).toBe(expected));
