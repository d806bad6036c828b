import {sanitize} from '../text/sanitize.ts';
import {prefixWithin} from '../text/width.ts';

/** Breaks raw text into rows of at most `width` columns, at its newlines and where a row is full. */
export const wrapText = (text: string, width: number): string[] =>
  text.split('\n').flatMap((line) => wrapLine(sanitize(line), Math.max(2, width)));

const wrapLine = (line: string, width: number): string[] => {
  const rows: string[] = [];
  let rest = line;
  do {
    const {end} = prefixWithin(rest.slice(0, width * 4 + 16), width);
    const taken = end === 0 ? rest.length : end;
    rows.push(rest.slice(0, taken));
    rest = rest.slice(taken);
  } while (rest !== '');
  return rows;
};
