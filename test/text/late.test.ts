import {expect, test} from 'vitest';
import {late} from '../../src/text/late.ts';

test('makes a value once, when it is asked for, even one that is nothing', () => {
  let made = 0;
  const value = late(() => {
    made += 1;
    return undefined;
  });
  expect(made).toBe(0);
  expect([value(), value(), made]).toEqual([undefined, undefined, 1]);
});
