import {describe, expect, it} from 'vitest';
import {FramePace} from '../../src/ui/frame-pace.ts';

describe('when data may be painted again', () => {
  it('is at once at first, then ten times a second', () => {
    const pace = new FramePace(Infinity);
    expect(pace.waitMs(0)).toBeLessThanOrEqual(0);
    pace.painted(1000, 1001, 50_000);
    expect(pace.waitMs(1030)).toBe(70);
  });

  it('bends to what a frame takes, so that nine tenths of the time are left to others', () => {
    const pace = new FramePace(Infinity);
    pace.painted(0, 40, 100);
    expect(pace.waitMs(0)).toBe(400);
    pace.painted(400, 401, 100);
    expect(pace.waitMs(400)).toBe(100);
  });

  it('is never later than two seconds, though a frame took for ever', () => {
    const pace = new FramePace(Infinity);
    pace.painted(0, 60_000, 100);
    expect(pace.waitMs(0)).toBe(2000);
  });

  it('keeps to a budget of bytes, with the frames that keys asked for', () => {
    const pace = new FramePace(2000);
    pace.painted(0, 1, 1000);
    expect(pace.waitMs(0)).toBe(500);
    // A key, before its time.
    pace.painted(100, 101, 1000);
    expect(pace.waitMs(100)).toBe(900);
  });

  it('saves up no budget while nothing is painted', () => {
    const pace = new FramePace(2000);
    pace.painted(0, 1, 1000);
    pace.painted(60_000, 60_001, 1000);
    expect(pace.waitMs(60_000)).toBe(500);
  });
});
