import type {ColorDepth} from '../model/color.ts';
import type {AnsiColor} from './ansi-style.ts';

/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour as a terminal of a depth can show it: the same, or the one that is nearest. */
export const reduceColor = (color: AnsiColor, depth: Exclude<ColorDepth, 'none'>): AnsiColor => {
  if (depth === 'true' || (color.kind === 'palette' && (depth === '256' || color.index < BASIC))) {
    return color;
  }

  const wanted = rgbOf(color);
  return {kind: 'palette', index: depth === '256' ? nearestOf256(wanted) : nearestIn(wanted, 0, BASIC)};
};

/** What a colour looks like: of the palette, as xterm has it; users may have chosen others for the first 16. */
export const rgbOf = (color: AnsiColor): Rgb =>
  color.kind === 'rgb' ? [color.red, color.green, color.blue] : (PALETTE[color.index] ?? BLACK);

/** How bright a colour is, from 0 to 1, as eyes see it (WCAG's relative luminance). */
export const luminanceOf = ([red, green, blue]: Rgb): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** How much two colours differ in brightness: 1 (not at all) to 21 (black and white). */
export const contrastOf = (a: Rgb, b: Rgb): number => {
  const [low = 0, high = 0] = [luminanceOf(a), luminanceOf(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

const linear = (part: number): number => {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const BASIC = 16;
const BLACK: Rgb = [0, 0, 0];
/** Steps of the 6 × 6 × 6 cube that follows the 16 colours; 24 greys follow it. */
const STEPS: readonly number[] = [0, 95, 135, 175, 215, 255];
const GREYS = 232;

const BASIC_COLORS: readonly Rgb[] = [
  BLACK, [205, 0, 0], [0, 205, 0], [205, 205, 0], [0, 0, 238], [205, 0, 205], [0, 205, 205], [229, 229, 229],
  [127, 127, 127], [255, 0, 0], [0, 255, 0], [255, 255, 0], [92, 92, 255], [255, 0, 255], [0, 255, 255],
  [255, 255, 255],
];
const CUBE: readonly Rgb[] = STEPS.flatMap((red) => STEPS.flatMap((green) => STEPS.map((blue): Rgb =>
  [red, green, blue])));
const PALETTE: readonly Rgb[] = [
  ...BASIC_COLORS,
  ...CUBE,
  ...Array.from({length: 24}, (_, i): Rgb => [8 + 10 * i, 8 + 10 * i, 8 + 10 * i]),
];

/** Of the cube and the greys alone: those look the same on every terminal. */
const nearestOf256 = (wanted: Rgb): number => {
  const [red, green, blue] = wanted.map(nearestStep);
  const inCube = BASIC + 36 * (red ?? 0) + 6 * (green ?? 0) + (blue ?? 0);
  const grey = nearestIn(wanted, GREYS, PALETTE.length);
  return distanceTo(wanted, grey) < distanceTo(wanted, inCube) ? grey : inCube;
};

const nearestStep = (part: number): number =>
  STEPS.reduce((best, step, i) => (Math.abs(step - part) < Math.abs((STEPS[best] ?? 0) - part) ? i : best), 0);

const nearestIn = (wanted: Rgb, from: number, to: number): number => {
  let best = from;
  for (let index = from + 1; index < to; index += 1) {
    best = distanceTo(wanted, index) < distanceTo(wanted, best) ? index : best;
  }

  return best;
};

const distanceTo = ([red, green, blue]: Rgb, index: number): number => {
  const [otherRed, otherGreen, otherBlue] = PALETTE[index] ?? BLACK;
  return (red - otherRed) ** 2 + (green - otherGreen) ** 2 + (blue - otherBlue) ** 2;
};
