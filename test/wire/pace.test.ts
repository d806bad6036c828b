import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {Pace} from '../../src/wire/pace.ts';

/** A pace whose work takes so long. */
const paced = (workMs: number): {pace: Pace; times: number[]} => {
  let nowMs = 1000;
  const times: number[] = [];
  const startedAt = Date.now();
  const clock = (): number => nowMs + (Date.now() - startedAt);
  const pace = new Pace(() => {
    times.push(clock() - 1000);
    nowMs += workMs;
  }, clock);
  return {pace, times};
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('work that is asked for', () => {
  test('is done at once', () => {
    const {pace, times} = paced(5);
    pace.ask();
    expect(times).toEqual([0]);
  });

  test('again after a rest nine times as long as it took, however often it was asked for', () => {
    const {pace, times} = paced(5);
    for (let n = 0; n < 4; n++) pace.ask();
    vi.advanceTimersByTime(44);
    expect(times).toEqual([0]);
    vi.advanceTimersByTime(1);
    expect(times).toEqual([0, 50]);
    vi.advanceTimersByTime(10_000);
    expect(times).toEqual([0, 50]);
    pace.ask();
    expect(times).toHaveLength(3);
  });

  test('does not wait for more than half a second', () => {
    const {pace, times} = paced(2000);
    pace.ask();
    pace.ask();
    vi.advanceTimersByTime(500);
    expect(times).toEqual([0, 2500]);
  });

  test('is not done once stopped', () => {
    const {pace, times} = paced(5);
    pace.ask();
    pace.ask();
    pace.stop();
    vi.advanceTimersByTime(10_000);
    expect(times).toEqual([0]);
  });
});
