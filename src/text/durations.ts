/**
 * Reads a duration as users write it: `250ms`, `5s`, `1.5s`, `2m`, `1h`, `1d`,
 * or several from large to small, `1m30s`.
 *
 * @returns Whole milliseconds; null where the text is no duration: a bare
 *   number other than `0`, a negative one, or more than can be counted exactly.
 */
export const parseDuration = (text: string): number | null => {
  if (text === '0') {
    return 0;
  }

  const parts = DURATION.exec(text);
  if (parts === null || text === '') {
    return null;
  }

  const ms = UNITS_MS.reduce((sum, unitMs, i) => sum + Number(parts[i + 1] ?? 0) * unitMs, 0);
  return ms <= Number.MAX_SAFE_INTEGER ? Math.round(ms) : null;
};

/** An uptime: `12:41`, from one hour `1:02:03`, from one day `2d 03:04`. NaN is `—`. */
export const clock = (ms: number): string => {
  if (Number.isNaN(ms)) {
    return NONE;
  }

  const {days, hours, minutes, seconds} = split(ms);
  if (days > 0) {
    return `${days}d ${two(hours)}:${two(minutes)}`;
  }

  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
};

/** The header's elapsed time, `00:12:41`; hours go on beyond 24. NaN is `—`. */
export const longClock = (ms: number): string => {
  if (Number.isNaN(ms)) {
    return NONE;
  }

  const {days, hours, minutes, seconds} = split(ms);
  return `${two(days * 24 + hours)}:${two(minutes)}:${two(seconds)}`;
};

/** How long ago: `now` below one second, then `2 s`, `3 m`, `4 h`, `2 d`, rounded down. NaN is `—`. */
export const age = (ms: number): string => {
  if (Number.isNaN(ms)) {
    return NONE;
  }

  return ms < SECOND_MS ? 'now' : largestUnit(ms);
};

/** A short span, such as lag: `8 ms`, `1.2 s`, `12 s`, `3 m`, `4 h`, `2 d`. NaN is `—`. */
export const span = (ms: number): string => {
  if (Number.isNaN(ms)) {
    return NONE;
  }

  if (ms < 999.5) {
    return `${Math.max(0, Math.round(ms))} ms`;
  }

  return ms < 9_950 ? `${(ms / SECOND_MS).toFixed(1)} s` : largestUnit(Math.max(ms, 10 * SECOND_MS));
};

/** Local time of day, always 12 columns: `12:04:31.882`. `--:--:--.---` for what is no date. */
export const timeOfDay = (wallMs: number): string => {
  const date = dateOf(wallMs);
  if (date === null) {
    return '--:--:--.---';
  }

  const seconds = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};

/** ISO 8601 in UTC, with milliseconds; null for what is no date. */
export const isoTime = (wallMs: number): string | null => dateOf(wallMs)?.toISOString() ?? null;

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
const DURATION = new RegExp(`^(?:${NUMBER}d)?(?:${NUMBER}h)?(?:${NUMBER}m(?!s))?(?:${NUMBER}s)?(?:${NUMBER}ms)?$`);
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const UNITS_MS = [DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, 1];
const NONE = '—';

const split = (ms: number): {days: number; hours: number; minutes: number; seconds: number} => {
  const rest = Math.max(0, ms);
  return {
    days: Math.floor(rest / DAY_MS),
    hours: Math.floor((rest % DAY_MS) / HOUR_MS),
    minutes: Math.floor((rest % HOUR_MS) / MINUTE_MS),
    seconds: Math.floor((rest % MINUTE_MS) / SECOND_MS),
  };
};

const two = (value: number): string => String(value).padStart(2, '0');

const largestUnit = (ms: number): string => {
  if (ms < MINUTE_MS) {
    return `${Math.floor(ms / SECOND_MS)} s`;
  }

  if (ms < HOUR_MS) {
    return `${Math.floor(ms / MINUTE_MS)} m`;
  }

  return ms < DAY_MS ? `${Math.floor(ms / HOUR_MS)} h` : `${Math.floor(ms / DAY_MS)} d`;
};

const dateOf = (wallMs: number): Date | null => {
  // oxlint-disable-next-line no-restricted-globals -- formats a given moment; never reads the clock
  const date = new Date(wallMs);
  return Number.isNaN(date.getTime()) ? null : date;
};
