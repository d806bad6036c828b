import {sanitize} from './sanitize.ts';
import {displayWidth} from './width.ts';

/** Which side of its column a cell stands on. */
export type Align = 'left' | 'right';

/**
 * A plain text table with gutters of two spaces: a header line and one line a row.
 *
 * @param rows Cells as raw text; they are sanitized here. Missing cells are empty.
 * @param aligns One for each column; left where missing.
 * @returns Lines without newline and without trailing spaces.
 */
export const table = (
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  aligns: readonly Align[],
): string[] => {
  const lines = [headers, ...rows].map((cells) => headers.map((_, column) => sanitize(cells[column] ?? '')));
  const widths = headers.map((_, column) =>
    lines.reduce((widest, cells) => Math.max(widest, displayWidth(cells[column] ?? '')), 0));
  return lines.map((cells) =>
    cells.map((cell, column) => pad(cell, widths[column] ?? 0, aligns[column] ?? 'left')).join('  ').trimEnd());
};

const pad = (cell: string, width: number, align: Align): string => {
  const spaces = ' '.repeat(Math.max(0, width - displayWidth(cell)));
  return align === 'left' ? cell + spaces : spaces + cell;
};
