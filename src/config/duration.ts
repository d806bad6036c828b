/** Longest duration taken, in ms: what a timer can hold, just under 25 days. */
export const MAX_DURATION_MS = 2_147_483_647;

/**
 * Reads `250ms`, `5s`, `1.5s`, `2m`, `1h`, `1d` or a sum of them from the
 * largest unit down, as in `1m30s`. A bare `0` needs no unit.
 *
 * @returns Whole milliseconds, or null for anything else and for what is
 *   longer than {@link MAX_DURATION_MS}.
 */
export const parseDuration = (text: string): number | null => {
  if (text === '0') return 0;
  const match = DURATION.exec(text);
  if (match === null || text === '') return null;
  const ms = Math.round(match.slice(1).reduce((sum, part, unit) => sum + Number(part ?? 0) * (UNITS_MS[unit] ?? 0), 0));
  return ms <= MAX_DURATION_MS ? ms : null;
};

const UNITS_MS = [86_400_000, 3_600_000, 60_000, 1000, 1];
const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
const DURATION = new RegExp(`^${['d', 'h', 'm(?!s)', 's', 'ms'].map(unit => `(?:${NUMBER}${unit})?`).join('')}$`);
