import type {ColorDepth} from '../model/color.ts';
import {contrastOf, luminanceOf, reduceColor, rgbOf} from './ansi-colors.ts';
import type {AnsiColor, AnsiStyle} from './ansi-style.ts';

/**
 * SGR parameters for a style that a program asked for, as `1;38;5;208`: written anew from what was understood, never
 * its own text.
 *
 * Text stays readable on any ground: black and white without a background of their own become the terminal's own
 * colour, and a foreground that its background would swallow is replaced by one that it doesn't.
 *
 * @returns Empty where there is nothing to set, and always where the terminal shows no colours.
 */
export const styleCodes = (style: AnsiStyle, depth: ColorDepth): string => {
  if (depth === 'none') {
    return '';
  }

  const {foreground, background} = readable(reduced(style.foreground, depth), reduced(style.background, depth));
  return [
    ...ATTRIBUTES.flatMap(([name, code]) => (style[name] ? [code] : [])),
    ...(foreground === null ? [] : [colorCode(foreground, 30)]),
    ...(background === null ? [] : [colorCode(background, 40)]),
  ].join(';');
};

const ATTRIBUTES = [
  ['bold', '1'],
  ['dim', '2'],
  ['italic', '3'],
  ['underline', '4'],
  ['inverse', '7'],
  ['strike', '9'],
] as const;

const reduced = (color: AnsiColor | null, depth: Exclude<ColorDepth, 'none'>): AnsiColor | null =>
  color === null ? null : reduceColor(color, depth);

type Colors = {readonly foreground: AnsiColor | null; readonly background: AnsiColor | null};

const readable = (foreground: AnsiColor | null, background: AnsiColor | null): Colors => {
  if (background === null) {
    return {foreground: foreground !== null && isNearBlackOrWhite(foreground) ? null : foreground, background};
  }

  const ground = rgbOf(background);
  if (foreground !== null && contrastOf(rgbOf(foreground), ground) >= LEAST_CONTRAST) {
    return {foreground, background};
  }

  return {foreground: luminanceOf(ground) > MIDDLE ? BLACK : WHITE, background};
};

/** Below this, two colours are one to the eye. */
const LEAST_CONTRAST = 1.3;
/** The luminance from which on black can be read better than white. */
const MIDDLE = 0.18;
const BLACK: AnsiColor = {kind: 'palette', index: 0};
const WHITE: AnsiColor = {kind: 'palette', index: 15};

const isNearBlackOrWhite = (color: AnsiColor): boolean => {
  const parts = rgbOf(color);
  return Math.max(...parts) < DARK || Math.min(...parts) > LIGHT;
};

const DARK = 0x30;
const LIGHT = 0xd8;

const colorCode = (color: AnsiColor, base: 30 | 40): string => {
  if (color.kind === 'rgb') {
    return `${base + 8};2;${color.red};${color.green};${color.blue}`;
  }

  const {index} = color;
  if (index < 16) {
    return String(index < 8 ? base + index : base + 60 + index - 8);
  }

  return `${base + 8};5;${index}`;
};
