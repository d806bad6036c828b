import type {ColorDepth} from '../model/color.ts';
import {ansiText} from './ansi.ts';
import {sanitize} from './sanitize.ts';
import {fit} from './width.ts';

/** What a line is, as its mark shows: `│` a record or plain line, `✗` a failure, `!` from stderr. */
export type PlainMark = 'record' | 'failure' | 'stderr';

/**
 * The name in front of a process's lines.
 *
 * @param width Columns; shorter names are padded, longer ones cut.
 * @param colorIndex Any non-negative integer, such as the process's id; colours come round again.
 */
export const plainPrefix = (name: string, width: number, colorIndex: number, depth: ColorDepth): string => {
  const padded = fit(sanitize(name), width);
  const palette = PREFIX_COLORS[depth];
  const color = palette[colorIndex % palette.length];
  return color === undefined ? padded : `\x1b[${color}m${padded}\x1b[0m`;
};

/**
 * One whole line of plain output: `prefix │ text\n`.
 *
 * @param prefix From {@link plainPrefix}.
 * @param text Raw; it is sanitized here, so the result has one newline, its last character.
 * @param color Whether the mark of a failure is red.
 * @param ansi How many of the colours that the text asks for are shown; none by default.
 */
export const plainLine = (
  prefix: string,
  mark: PlainMark,
  text: string,
  color: boolean,
  ansi: ColorDepth = 'none',
): string => `${prefix} ${color ? COLORED_MARKS[mark] : MARKS[mark]} ${ansiText(text, ansi)}\n`;

const MARKS: Readonly<Record<PlainMark, string>> = {record: '│', failure: '✗', stderr: '!'};
const COLORED_MARKS: Readonly<Record<PlainMark, string>> = {
  record: '│',
  failure: '\x1b[31m✗\x1b[0m',
  stderr: '\x1b[2m!\x1b[0m',
};

// Neither red, yellow nor green, which mean something; the last of `256` are all readable on dark and light ground.
const RICH = ['38;5;38', '38;5;133', '38;5;68', '38;5;73', '38;5;140', '38;5;31', '38;5;175', '38;5;103'];
const PREFIX_COLORS: Readonly<Record<ColorDepth, readonly string[]>> = {
  none: [],
  '16': ['36', '35', '94', '96', '95', '34'],
  '256': RICH,
  true: RICH,
};
