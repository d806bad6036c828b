import {MIN_COLS, MIN_ROWS} from './layout.ts';
import type {Look} from './look.ts';
import {blankRow, row, span} from './row.ts';

/** The whole screen of a terminal that is too small: says so, and what would do. */
export const tooSmallRows = (width: number, height: number, look: Look): string[] => {
  const says = [`${width}x${height} is too small:`, `keepup needs ${MIN_COLS}x${MIN_ROWS}.`, 'All goes on; q quits.'];
  return Array.from({length: height}, (_, i) => {
    const text = says[i];
    return text === undefined ? blankRow(width) : row([span(text, i === 0 ? 'attention' : 'plain')], width, look);
  });
};
