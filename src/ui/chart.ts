import type {Glyphs} from '../text/style.ts';

/**
 * A throughput curve several rows high, the newest value at the right.
 *
 * @returns `height` rows of exactly `width` columns, the highest first.
 */
export const chartRows = (
  values: readonly number[],
  width: number,
  height: number,
  {sparks}: Pick<Glyphs, 'sparks'>,
): string[] => {
  const shown = width > 0 ? values.slice(-width) : [];
  const top = shown.reduce((highest, value) => Math.max(highest, value), 0);
  const steps = shown.map((value) => stepsOf(value, top, height * sparks.length));
  return Array.from({length: height}, (_, i) => {
    const below = (height - 1 - i) * sparks.length;
    return steps
      .map((step) => signAt(step - below, below === 0, sparks))
      .join('')
      .padStart(width);
  });
};

/** Filled eighths of a column: the lowest is always there, so that the curve has a ground. */
const stepsOf = (value: number, top: number, most: number): number =>
  top > 0 && value > 0 ? Math.max(2, Math.round((value / top) * most)) : 1;

const signAt = (step: number, ground: boolean, sparks: readonly string[]): string => {
  if (step <= 0) return ground ? (sparks[0] ?? ' ') : ' ';
  return sparks[Math.min(step, sparks.length) - 1] ?? ' ';
};
