import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {Patience} from '../../src/plain/patience.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** The signal that has ended the patience by now, after so much more time. */
const after = async (ms: number, patience: Patience): Promise<string | null> => {
  let signal: string | null = null;
  void patience.over.then(by => (signal = by));
  await vi.advanceTimersByTimeAsync(ms);
  return signal;
};

test('without a signal there is all the time in the world', async () => {
  expect(await after(1e9, new Patience())).toBeNull();
});

test('a signal leaves two seconds', async () => {
  const patience = new Patience();
  patience.try('SIGTERM');
  expect(await after(1999, patience)).toBeNull();
  expect(await after(1, patience)).toBe('SIGTERM');
});

test('a second one leaves none, and the first counts', async () => {
  const patience = new Patience();
  patience.try('SIGTERM');
  patience.try('SIGINT');
  expect(await after(0, patience)).toBe('SIGTERM');
});
