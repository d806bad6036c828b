/** One thing that a campaign has shown, or failed to. */
export type Figure = {readonly what: string; readonly got: string; readonly limit: string; readonly isWell: boolean};

/** A part of the campaign. `scale` 1 is the whole of it, less is a taste. */
export type Part = (scale: number, say: (progress: string) => void) => Promise<readonly Figure[]>;

/** A number of things that must be. */
export const exactly = (what: string, got: number, wanted: number): Figure => ({
  what,
  got: String(got),
  limit: `= ${wanted}`,
  isWell: got === wanted,
});

/** At most so much, in a unit. */
export const atMost = (what: string, got: number, most: number, unit: string): Figure => ({
  what,
  got: `${rounded(got)} ${unit}`,
  limit: `≤ ${most} ${unit}`,
  isWell: got <= most,
});

/** At least so much, in a unit. */
export const atLeast = (what: string, got: number, least: number, unit: string): Figure => ({
  what,
  got: `${rounded(got)} ${unit}`,
  limit: `≥ ${least} ${unit}`,
  isWell: got >= least,
});

/** Said for its own sake. */
export const justSo = (what: string, got: string): Figure => ({what, got, limit: '', isWell: true});

const rounded = (value: number): string => String(Math.round(value * 100) / 100);
