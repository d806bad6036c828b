/** A colour as SGR names it: one of the 256 of a terminal's palette, or its parts from 0 to 255. */
export type AnsiColor =
  | {readonly kind: 'palette'; readonly index: number}
  | {readonly kind: 'rgb'; readonly red: number; readonly green: number; readonly blue: number};

/** What SGR sequences have set so far; null colours are the terminal's own. */
export type AnsiStyle = {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
  readonly strike: boolean;
  readonly foreground: AnsiColor | null;
  readonly background: AnsiColor | null;
};

/** Nothing set: how every line begins. */
export const PLAIN_STYLE: AnsiStyle = {
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
  strike: false,
  foreground: null,
  background: null,
};

/**
 * The style behind an SGR sequence.
 *
 * @param parameters What stands between `[` and `m`: numbers separated by `;`, with `:` between those that belong
 *   together (`38:2::255:0:0`). Unknown ones are passed over, and so are those that would hide text or move in it:
 *   conceal (8), blinking (5, 6), other fonts.
 * @returns {@link PLAIN_STYLE} itself where nothing is set.
 */
export const applySgr = (style: AnsiStyle, parameters: string): AnsiStyle => {
  const fields = parameters.split(';');
  let next = style;
  for (let at = 0; at < fields.length; at += 1) {
    const numbers = (fields[at] ?? '').split(':').map(Number);
    const code = numbers[0] ?? 0;
    const target = COLOR_TARGETS.get(code);
    if (target === undefined) {
      next = withCode(next, code, numbers[1] ?? null);
      continue;
    }

    const isJoined = numbers.length > 1;
    const [color, used] = isJoined ? [joinedColor(numbers.slice(1)), 0] : separateColor(fields.slice(at + 1, at + 5));
    at += used;
    if (color !== null && target !== 'underline') {
      next = {...next, [target]: color};
    }
  }

  return isPlain(next) ? PLAIN_STYLE : next;
};

const isPlain = (style: AnsiStyle): boolean => Object.values(style).every((value) => value === false || value === null);

/** Codes that a colour follows. That of underlines is read, so that its numbers are not taken for codes. */
const COLOR_TARGETS: ReadonlyMap<number, 'foreground' | 'background' | 'underline'> = new Map([
  [38, 'foreground'],
  [48, 'background'],
  [58, 'underline'],
]);

/** `4:0` to `4:5` are underlines of several kinds, the first of them none. */
const withCode = (style: AnsiStyle, code: number, variant: number | null): AnsiStyle => {
  if (code === 4 && variant !== null) {
    return {...style, underline: variant !== 0};
  }

  const set = CODES.get(code);
  return set === undefined ? withBasicColor(style, code) : {...style, ...set};
};

const CODES: ReadonlyMap<number, Partial<AnsiStyle>> = new Map<number, Partial<AnsiStyle>>([
  [0, PLAIN_STYLE],
  [1, {bold: true}],
  [2, {dim: true}],
  [3, {italic: true}],
  [4, {underline: true}],
  [7, {inverse: true}],
  [9, {strike: true}],
  [21, {underline: true}],
  [22, {bold: false, dim: false}],
  [23, {italic: false}],
  [24, {underline: false}],
  [27, {inverse: false}],
  [29, {strike: false}],
  [39, {foreground: null}],
  [49, {background: null}],
]);

const withBasicColor = (style: AnsiStyle, code: number): AnsiStyle => {
  for (const [first, target, index] of BASIC_COLORS) {
    if (code >= first && code < first + 8) {
      return {...style, [target]: palette(code - first + index)};
    }
  }

  return style;
};

/** The first of eight codes, what they colour, and the palette's index of the first. */
const BASIC_COLORS = [
  [30, 'foreground', 0],
  [40, 'background', 0],
  [90, 'foreground', 8],
  [100, 'background', 8],
] as const;

const palette = (index: number): AnsiColor => ({kind: 'palette', index});

/** `5:n`, `2:r:g:b` or `2:space:r:g:b`. */
const joinedColor = ([mode, ...parts]: readonly number[]): AnsiColor | null => {
  if (mode === 5) {
    return paletteColor(parts[0]);
  }

  return mode === 2 ? rgbColor(parts.length > 3 ? parts.slice(1, 4) : parts) : null;
};

/** `5;n` or `2;r;g;b`, and how many fields that takes. */
const separateColor = ([mode, ...parts]: readonly string[]): readonly [AnsiColor | null, number] => {
  if (mode === '5') {
    return [paletteColor(Number(parts[0])), 2];
  }

  return mode === '2' ? [rgbColor(parts.map(Number)), 4] : [null, 1];
};

const paletteColor = (index: number | undefined): AnsiColor | null => (isByte(index) ? palette(index) : null);

const rgbColor = ([red, green, blue]: readonly number[]): AnsiColor | null =>
  isByte(red) && isByte(green) && isByte(blue) ? {kind: 'rgb', red, green, blue} : null;

const isByte = (value: number | undefined): value is number => value !== undefined && value >= 0 && value <= 255;
