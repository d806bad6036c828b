import {sanitize} from '../text/sanitize.ts';
import type {Span} from '../text/style.ts';
import {prefixWithin, sliceWhole} from '../text/width.ts';

/** Breaks raw text into rows of at most `width` columns, at its newlines and where a row is full. */
export const wrapText = (text: string, width: number): string[] =>
  text.split('\n').flatMap((line) => wrapLine(sanitize(line), Math.max(2, width)));

/** The same for a line in pieces that may look different. */
export const wrapSpans = (spans: readonly Span[], width: number): Span[][] => {
  const clean = spans.map((one) => ({...one, text: sanitize(one.text)}));
  const rows = wrapLine(clean.map(({text}) => text).join(''), Math.max(2, width));
  let piece = 0;
  let used = 0;
  return rows.map((row) => {
    const inRow: Span[] = [];
    for (let left = row.length; left > 0; ) {
      const {text, ...look} = clean[piece]!;
      const taken = text.slice(used, used + left);
      if (taken !== '') inRow.push({...look, text: taken});
      left -= taken.length;
      used += taken.length;
      if (used === text.length) [piece, used] = [piece + 1, 0];
    }
    return inRow;
  });
};

const wrapLine = (line: string, width: number): string[] => {
  const endOf = line.length > EXACT_CHARS ? roughEnd : exactEnd;
  const rows: string[] = [];
  let at = 0;
  do {
    const end = endOf(line, at, width);
    rows.push(line.slice(at, end));
    at = end;
  } while (at < line.length);
  return rows;
};

/** Longer lines are broken without asking how wide each cluster is, which takes up to 20 microseconds. */
const EXACT_CHARS = 4096;

const exactEnd = (line: string, at: number, width: number): number => {
  const {end} = prefixWithin(sliceWhole(line.slice(at), width * 4 + 16), width);
  return end === 0 ? line.length : at + end;
};

/** Takes whatever is not ASCII for two columns, the most that it can be. */
const roughEnd = (line: string, at: number, width: number): number => {
  let end = at;
  for (let room = width; end < line.length; ) {
    const code = line.codePointAt(end) ?? 0;
    room -= code < 0x80 ? 1 : 2;
    if (room < 0) break;
    end += code > 0xffff ? 2 : 1;
  }
  return end;
};
