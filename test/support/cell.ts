import type xterm from '@xterm/headless';

/** A colour as the child asked for it: the terminal's own, one of 256, or `0xRRGGBB`. */
export type CellColor =
  | {readonly kind: 'default'}
  | {readonly kind: 'palette'; readonly index: number}
  | {readonly kind: 'rgb'; readonly rgb: number};

/** One cell of a terminal's screen. */
export type Cell = {
  /** The grapheme; empty in the right half of a wide one. */
  readonly chars: string;
  /** 2 for a wide glyph, 0 for its right half. */
  readonly width: number;
  readonly fg: CellColor;
  readonly bg: CellColor;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
};

/** The cell at column `x` and row `y`, both 0-based; a blank one outside the screen. */
export const readCell = (screen: xterm.Terminal, x: number, y: number): Cell => {
  const cell = lineAt(screen, y)?.getCell(x);
  if (cell === undefined) return BLANK;
  return {
    chars: cell.getChars(),
    width: cell.getWidth(),
    fg: colorOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
    bg: colorOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
    inverse: cell.isInverse() !== 0,
  };
};

/** The row of the screen; where the alternate screen has shrunk, the model keeps rows above it, and cells beyond it. */
export const lineAt = (screen: xterm.Terminal, y: number): xterm.IBufferLine | undefined =>
  screen.buffer.active.getLine(screen.buffer.active.baseY + y);

const DEFAULT: CellColor = {kind: 'default'};

const BLANK: Cell = {
  chars: '',
  width: 1,
  fg: DEFAULT,
  bg: DEFAULT,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
};

const colorOf = (isDefault: boolean, isRgb: boolean, value: number): CellColor => {
  if (isDefault) return DEFAULT;
  return isRgb ? {kind: 'rgb', rgb: value} : {kind: 'palette', index: value};
};
