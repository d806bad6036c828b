import type {DisplayLine} from '../model/display-line.ts';
import {recordSpans} from '../text/record-line.ts';
import type {Span} from '../text/style.ts';
import type {Look} from './look.ts';
import {row} from './row.ts';

/** The newest lines, the newest at the bottom; at most `height`. */
export const lineRows = (lines: readonly DisplayLine[], width: number, height: number, look: Look): string[] =>
  height <= 0 ? [] : lines.slice(-height).map((line) => knownRow(line, width, look));

/** A line is the same object as long as it is in view, and what it looks like hangs on nothing else. */
const knownRow = (line: DisplayLine, width: number, look: Look): string => {
  const known = KNOWN.get(line);
  if (known?.width === width && known.look === look) return known.text;
  const text = row(lineSpans(line, look, true), width, look);
  KNOWN.set(line, {width, look, text});
  return text;
};

const KNOWN = new WeakMap<DisplayLine, {readonly width: number; readonly look: Look; readonly text: string}>();

/** One line: time, level, message, fields. What is not judged yet is dim. */
export const lineSpans = (line: DisplayLine, look: Look, time: boolean): Span[] => {
  const spans = recordSpans(line, {time, glyphs: look.glyphs});
  return line.kind === 'undecided' ? spans.map((one) => ({...one, role: 'dim'})) : spans;
};
