import type {LineDetail} from '../model/page.ts';
import {siTrim} from '../text/numbers.ts';
import {styledSpans} from '../text/record-line.ts';
import {sanitize} from '../text/sanitize.ts';
import type {Role, Span} from '../text/style.ts';
import {isNarrow, sliceWhole} from '../text/width.ts';
import {span} from './row.ts';
import {wrapSpans, wrapText} from './wrap.ts';

/** A line in full as rows of spans: what the parser said of it, then the record pretty-printed, or the line. */
export const detailRows = (detail: LineDetail, width: number): readonly (readonly Span[])[] => {
  const known = WRAPPED.get(detail);
  if (known?.width === width) return known.rows;
  const rows = wrapDetail(detail, width);
  WRAPPED.set(detail, {width, rows});
  return rows;
};

/** Raw text in one role as rows. */
export const plainRows = (text: string, role: Role, width: number): Span[][] =>
  wrapText(text, width).map((line) => [span(line, role)]);

/** A frame is painted ten times a second, and a line doesn't change: it is wrapped once. */
const WRAPPED = new WeakMap<LineDetail, {readonly width: number; readonly rows: readonly (readonly Span[])[]}>();

const wrapDetail = ({text, pretty, message}: LineDetail, width: number): Span[][] => {
  const whole = pretty ?? text;
  const shown = beginningOf(whole, pretty === null ? MAX_TEXT_CHARS : MAX_PRETTY_CHARS);
  const missing = whole.length - shown.length;
  return [
    ...(message === '' ? [] : [...plainRows(message, 'bad', width), []]),
    ...(pretty === null ? wrapSpans(styledSpans(shown), width) : jsonRows(shown, width)),
    ...(missing === 0 ? [] : [[span(`… and ${siTrim(missing)} characters more`, 'attention')]]),
  ];
};

/** As much of a text as makes `maxChars` before and when it is shown: a bidi control then takes eight times its length. */
const beginningOf = (text: string, maxChars: number): string => {
  let end = 0;
  for (let shown = 0; end < Math.min(text.length, maxChars) && shown < maxChars; ) {
    const piece = sliceWhole(text.slice(end, end + PIECE_CHARS + 1), PIECE_CHARS);
    shown += sanitize(piece).length;
    end += piece.length;
  }
  return text.slice(0, end);
};

/** As long as `DEFAULT_MAX_LINE_BYTES`; what is longer is not shown to its end, so that no line holds up a frame. */
const MAX_TEXT_CHARS = 64 * 1024;
/** Line breaks and indentation make a record longer. */
const MAX_PRETTY_CHARS = 96 * 1024;
const PIECE_CHARS = 4096;

/** Pretty JSON with its keys set off; lines that are too long go on below, as deep as they began. */
const jsonRows = (pretty: string, width: number): Span[][] =>
  pretty.split('\n').flatMap((line) => {
    const [, indent = '', key = '', value = ''] = JSON_LINE.exec(line) ?? [];
    if (line.length <= width && isNarrow(line)) return [[span(indent), span(key, 'accent'), span(value)]];
    const [first = '', ...rest] = wrapText(value, Math.max(MIN_VALUE, width - indent.length - key.length));
    const deeper = `${indent}  `;
    const more = rest.length === 0 ? [] : wrapText(rest.join(''), Math.max(MIN_VALUE, width - deeper.length));
    return [
      [span(indent), span(key, 'accent'), span(first)],
      ...more.map((text) => [span(deeper), span(text)]),
    ];
  });

const MIN_VALUE = 16;

const JSON_LINE = /^(\s*)("(?:[^"\\]|\\.)*": ?)?(.*)$/s;
