import {isNarrow} from '../text/width.ts';

/** A row taken apart: a code unit and the SGR parameters of its style for each column. */
export type Cells = {readonly text: string; readonly styles: readonly string[]};

/**
 * Takes a composed row apart into its cells.
 *
 * @returns Null where a column is not a code unit, or not for sure: wide and joining glyphs, moves to a column.
 */
export const cellsOf = (row: string): Cells | null => {
  const styles: string[] = [];
  let text = '';
  let style = '';
  let at = 0;
  for (;;) {
    const escape = row.indexOf(ESC, at);
    const end = escape === -1 ? row.length : escape;
    text += row.slice(at, end);
    for (let i = at; i < end; i++) styles.push(style);
    if (escape === -1) return isNarrow(text) ? {text, styles} : null;
    const last = row.indexOf('m', escape);
    const codes = row.slice(escape + CSI.length, last);
    if (last === -1 || !row.startsWith(CSI, escape) || !CODES.test(codes)) return null;
    style = styleAfter(style, codes);
    at = last + 1;
  }
};

const ESC = '\u001B';
const CSI = '\u001B[';
const CODES = /^[\d;]*$/;

const styleAfter = (style: string, codes: string): string => {
  if (codes === '' || codes === '0') return '';
  if (codes.startsWith('0;')) return codes.slice(2);
  return style === '' ? codes : `${style};${codes}`;
};
