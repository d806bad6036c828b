import {expect, test} from 'vitest';
import {areFilesScarce, readLimits} from '../../src/run/scarce-files.ts';

const limits = (soft: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${soft.padEnd(20)} 4096                 files\n`;

test.each([
  [30, '64', true],
  [1, '103', true],
  [1, '104', false],
  [1000, '4096', true],
  [1000, '1048576', false],
  [1000, 'unlimited', false],
])('%i processes under a limit of %s', (processes, soft, expected) => {
  expect(areFilesScarce(processes, limits(soft))).toBe(expected);
});

test('where nobody tells the limit, nothing is known to be scarce', () => {
  expect(areFilesScarce(1000, null)).toBe(false);
  expect(areFilesScarce(1e9, readLimits())).toBe(process.platform === 'linux');
});
