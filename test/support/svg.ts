import {createRequire} from 'node:module';
import {Resvg} from '@resvg/resvg-js';
import type {Cell, CellColor} from './cell.ts';

/** A screen to be drawn. */
export type ScreenCells = {
  readonly cols: number;
  readonly rows: number;
  cellAt(x: number, y: number): Cell;
};

/**
 * Draws a screen: one rectangle for each run of equal background, one text
 * element for each run of equal style, stretched to its cells.
 */
export const screenToSvg = (screen: ScreenCells): string => {
  const width = screen.cols * CELL_W + 2 * MARGIN;
  const height = screen.rows * CELL_H + 2 * MARGIN;
  const body = Array.from({length: screen.rows}, (_, y) => rowToSvg(screen, y)).join('\n');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    `<g transform="translate(${MARGIN} ${MARGIN})" font-family="DejaVu Sans Mono" font-size="${FONT}">`,
    body,
    '</g></svg>',
  ].join('\n');
};

/** Renders an SVG document with the fonts of dejavu-fonts-ttf alone, so that it looks the same everywhere. */
export const svgToPng = (svg: string, scale = 1): Uint8Array =>
  new Resvg(svg, {
    fitTo: {mode: 'zoom', value: scale},
    font: {loadSystemFonts: false, fontFiles: FONT_FILES, defaultFontFamily: 'DejaVu Sans Mono'},
  })
    .render()
    .asPng();

const FONT = 14;
const CELL_W = 8.43;
const CELL_H = 17;
const MARGIN = 12;
const BACKGROUND = '#12151a';
const FOREGROUND = '#d0d4da';

const fontFile = (name: string): string => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
const FONT_FILES = ['DejaVuSansMono', 'DejaVuSansMono-Bold', 'DejaVuSans'].map(fontFile);

type Run = {readonly x: number; width: number; text: string; readonly style: Style};
type Style = {
  readonly fg: string;
  readonly bg: string;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly underline: boolean;
};

const rowToSvg = (screen: ScreenCells, y: number): string =>
  runsOf(screen, y)
    .flatMap((run) => [backOf(run, y), textOf(run, y)])
    .filter((part) => part !== '')
    .join('\n');

const runsOf = (screen: ScreenCells, y: number): Run[] => {
  const runs: Run[] = [];
  for (let x = 0; x < screen.cols; x++) {
    const cell = screen.cellAt(x, y);
    if (cell.width === 0) continue;
    const style = styleOf(cell);
    const last = runs.at(-1);
    const chars = cell.chars === '' ? ' ' : cell.chars;
    const joins =
      last !== undefined && cell.width === 1 && sameStyle(last.style, style) && isPlain(chars) && isPlain(last.text);
    if (joins) {
      last.text += chars;
      last.width += cell.width;
    } else {
      runs.push({x, width: cell.width, text: chars, style});
    }
  }
  return runs;
};

/** Text of one advance a character; others are drawn alone, so that they never push their neighbours. */
const isPlain = (text: string): boolean => /^[\u0020-\u007E\u00A0-\u00FF\u2500-\u259F\u2022\u2026\u00B7]*$/u.test(text);

const backOf = ({style, x, width}: Run, y: number): string => {
  if (style.bg === BACKGROUND) return '';
  const place = `x="${at(x * CELL_W)}" y="${at(y * CELL_H)}"`;
  return `<rect ${place} width="${at(width * CELL_W)}" height="${CELL_H}" fill="${style.bg}"/>`;
};

const textOf = ({style, text, x, width}: Run, y: number): string => {
  if (text.trim() === '') return '';
  const attributes = [
    `x="${at(x * CELL_W)}" y="${at(y * CELL_H + BASELINE)}"`,
    `textLength="${at(width * CELL_W)}" lengthAdjust="spacingAndGlyphs" fill="${style.fg}"`,
    ...(style.bold ? ['font-weight="bold"'] : []),
    ...(style.dim ? [`opacity="${DIM}"`] : []),
    ...(style.underline ? ['text-decoration="underline"'] : []),
  ];
  return `<text ${attributes.join(' ')}>${escapeXml(text)}</text>`;
};

/** From the top of a cell to the foot of its letters. */
const BASELINE = 13;
const DIM = 0.55;

const at = (value: number): string => value.toFixed(2);

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00A0');

const styleOf = (cell: Cell): Style => {
  const fg = cssOf(cell.fg, FOREGROUND);
  const bg = cssOf(cell.bg, BACKGROUND);
  return {
    fg: cell.inverse ? bg : fg,
    bg: cell.inverse ? fg : bg,
    bold: cell.bold,
    dim: cell.dim,
    underline: cell.underline,
  };
};

const sameStyle = (a: Style, b: Style): boolean =>
  a.fg === b.fg && a.bg === b.bg && a.bold === b.bold && a.dim === b.dim && a.underline === b.underline;

const cssOf = (color: CellColor, fallback: string): string => {
  switch (color.kind) {
    case 'default':
      return fallback;
    case 'rgb':
      return `#${color.rgb.toString(16).padStart(6, '0')}`;
    case 'palette':
      return paletteCss(color.index);
  }
};

const BASE_16 = [
  '#1d2026',
  '#e0565b',
  '#79b56a',
  '#d9a94e',
  '#5f93d6',
  '#b07cc6',
  '#4fb3bf',
  '#c9ccd1',
  '#6b7078',
  '#f2777a',
  '#99cc8a',
  '#f0c674',
  '#81aee8',
  '#cc99dd',
  '#70cfd9',
  '#ffffff',
];

const paletteCss = (index: number): string => {
  if (index < 16) return BASE_16[index] ?? FOREGROUND;
  if (index >= 232) return greyCss(8 + (index - 232) * 10);
  const cube = index - 16;
  const [r, g, b] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((step) =>
    step === 0 ? 0 : 55 + step * 40,
  );
  return `rgb(${r},${g},${b})`;
};

const greyCss = (value: number): string => `rgb(${value},${value},${value})`;
