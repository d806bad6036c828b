/**
 * Wall-clock ms that a record's time field stands for.
 *
 * ISO 8601 (a space for the T, a comma for the dot and a missing zone, then local, are allowed), or seconds,
 * milli-, micro- or nanoseconds since 1970 by their magnitude, as numbers or as digits in a string.
 *
 * @returns null for anything else, and outside of the years 1990 to 2099, where it is no log's time.
 */
export const timeOf = (value: unknown): number | null => {
  if (typeof value === 'number' || typeof value === 'bigint') return fromEpoch(Number(value));
  if (typeof value !== 'string' || value.length > LONGEST) return null;
  return EPOCH.test(value) ? fromEpoch(Number(value)) : fromIso(value);
};

const fromEpoch = (since1970: number): number | null => {
  for (let perMs = 1 / 1000; perMs <= 1e6; perMs *= 1000) {
    const ms = plausible(since1970 / perMs);
    if (ms !== null) return ms;
  }
  return null;
};

const fromIso = (text: string): number | null => {
  const parts = ISO.exec(text);
  if (parts === null) return null;
  const [, day, clock = '', fraction = '', zone = '', zoneMinutes = ''] = parts;
  const offset = zone === '' || /z/i.test(zone) ? zone.toUpperCase() : `${zone}:${zoneMinutes || '00'}`;
  const iso = clock === '' ? `${day}` : `${day}T${clock}${fraction && `.${fraction.slice(0, 3)}`}${offset}`;
  // oxlint-disable-next-line no-restricted-globals -- Date.parse reads a text, not the clock
  return plausible(Date.parse(iso));
};

const plausible = (ms: number): number | null => (ms >= EARLIEST_MS && ms < END_MS ? Math.floor(ms) : null);

const LONGEST = 40;
const EPOCH = /^\d{9,20}(?:\.\d{1,12})?$/;
const ISO =
  /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,12}))? ?(?:([Zz]|[+-]\d\d)(?::?(\d\d))?)?)?$/;
/** 1990 and 2100, in UTC: between them the four magnitudes do not overlap. */
const EARLIEST_MS = 631_152_000_000;
const END_MS = 4_102_444_800_000;
