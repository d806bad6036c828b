import type {Glyphs} from './style.ts';

/**
 * A throughput curve of exactly `width` columns, the newest value at the right.
 *
 * Columns before the first value are spaces; zero is the lowest step, anything
 * above zero at least the second. Only the newest `width` values count.
 *
 * @param max What the highest step stands for; by default the largest value shown.
 */
export const sparkline = (
  values: readonly number[],
  width: number,
  glyphs: Pick<Glyphs, 'sparks'>,
  max?: number,
): string => {
  const shown = width > 0 ? values.slice(-width) : [];
  const top = max ?? shown.reduce((highest, value) => (value > highest ? value : highest), 0);
  return shown.map((value) => glyphs.sparks[stepOf(value, top, glyphs.sparks.length)] ?? ' ').join('')
    .padStart(width);
};

const stepOf = (value: number, top: number, steps: number): number => {
  if (!(value > 0) || !(top > 0)) {
    return 0;
  }

  return value >= top ? steps - 1 : Math.min(steps - 1, Math.max(1, Math.ceil((value / top) * (steps - 1))));
};
