/**
 * ISO 8601 in UTC with milliseconds.
 *
 * @param wallMs Wall-clock ms; what is no date at all becomes 1970.
 */
export const isoTime = (wallMs: number): string => {
  const ms = Math.abs(wallMs) <= FURTHEST_MS ? wallMs : 0;
  // oxlint-disable-next-line no-restricted-globals -- writes a given time, does not ask the clock
  return new Date(ms).toISOString();
};

/** The furthest time that a Date can hold, from 1970. */
const FURTHEST_MS = 8.64e15;
