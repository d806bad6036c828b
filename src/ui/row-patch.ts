import {switchStyle} from '../text/compose-row.ts';
import type {Cells} from './row-cells.ts';

/** Writes what changed in rows; knows which style the terminal is in. */
export class RowPatcher {
  /** The style that the terminal writes in. */
  #style = '';
  #text = '';

  /** The escape sequences so far. */
  get text(): string {
    return this.#text;
  }

  /** Writes a row from its beginning. @param row Opens no style that it does not close. */
  whole(row: string, top: number, left: number): void {
    this.#text += switchStyle(this.#style, '') + place(top, left) + row;
    this.#style = '';
  }

  /** Writes the cells of `next` that differ from those of `old`. Both are of the same row, and of one length. */
  changes(old: Cells, next: Cells, top: number, left: number): void {
    const differs = (i: number): boolean => old.text[i] !== next.text[i] || old.styles[i] !== next.styles[i];
    const {length} = next.text;
    let writtenTo = -1;
    for (let start = 0; start < length; start++) {
      if (!differs(start)) continue;
      let end = start + 1;
      for (let i = end; i < length && i - end < WORTH_A_MOVE; i++) if (differs(i)) end = i + 1;
      this.#text += writtenTo === -1 ? place(top, left + start) : `\u001B[${start - writtenTo}C`;
      this.#cells(next, start, end);
      writtenTo = end;
      start = end;
    }
  }

  #cells({text, styles}: Cells, start: number, end: number): void {
    let at = start;
    while (at < end) {
      const style = styles[at]!;
      let to = at + 1;
      while (to < end && styles[to] === style) to++;
      this.#text += switchStyle(this.#style, style);
      this.#style = style;
      this.#text += style === '' ? text.slice(at, to).replace(BLANKS, erased) : text.slice(at, to);
      at = to;
    }
  }
}

/** So many unchanged cells cost as much as to pass over them. */
const WORTH_A_MOVE = 6;

const place = (top: number, left: number): string => `\u001B[${top + 1};${left + 1}H`;

/** Blanks that are cheaper to erase, and to pass over, than to write. */
const BLANKS = / {12,}/g;
const erased = ({length}: string): string => `\u001B[${length}X\u001B[${length}C`;
