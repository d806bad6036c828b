import {expect, it} from 'vitest';
import {isoTime} from '../../src/state/iso-time.ts';

it.each([
  [0, '1970-01-01T00:00:00.000Z'],
  [1714558830456, '2024-05-01T10:20:30.456Z'],
  [1714558830456.9, '2024-05-01T10:20:30.456Z'],
  [Number.NaN, '1970-01-01T00:00:00.000Z'],
  [Infinity, '1970-01-01T00:00:00.000Z'],
  [9e15, '1970-01-01T00:00:00.000Z'],
])('writes %d as %s', (ms, iso) => expect(isoTime(ms)).toBe(iso));
