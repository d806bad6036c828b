import type {DisplayLine} from '../model/display-line.ts';
import type {LineDetail} from '../model/page.ts';
import {timeOfDay} from '../text/durations.ts';
import type {Span} from '../text/style.ts';
import type {Look} from './look.ts';
import type {OverlayContent} from './overlay-box.ts';
import {blankRow, row, span} from './row.ts';
import {wrapText} from './wrap.ts';

export type InspectorView = {
  readonly line: DisplayLine;
  readonly detail: LineDetail | 'gone' | null;
  readonly top: number;
};

/** One line whole: a record pretty-printed, anything else as it came, with what the parser said of it. */
export const inspectorContent = (view: InspectorView, width: number, look: Look): OverlayContent => {
  const {line, detail, top} = view;
  return {
    title: [
      span(`${line.failure ?? line.kind} `, line.kind === 'failure' ? 'bad' : 'focus'),
      span(`line ${line.line}`, 'focus'),
    ],
    facts: [span(factsOf(line), 'dim')],
    rows: bodyRows(line, detail, width, look),
    top,
  };
};

const factsOf = (line: DisplayLine): string => {
  const when = `${timeOfDay(line.atMs)} ${line.ownTime ? '(its own)' : '(arrival)'}`;
  const level = line.level === 'none' ? '' : ` · ${line.level}`;
  return `${when}${level} · generation ${line.generation}`;
};

const bodyRows = (line: DisplayLine, detail: LineDetail | 'gone' | null, width: number, look: Look): string[] => {
  if (detail === null)
    return [row([span('reading it from history…', 'dim')], width, look), ...shortForm(line, width, look)];
  if (detail === 'gone') {
    return [
      row([span('history no longer holds this line; this is what was kept of it:', 'attention')], width, look),
      ...shortForm(line, width, look),
    ];
  }
  const said = detail.message === '' ? [] : [...plainRows(detail.message, 'bad', width, look), blankRow(width)];
  return [
    ...said,
    ...(detail.pretty === null ? plainRows(detail.text, 'plain', width, look) : jsonRows(detail.pretty, width, look)),
  ];
};

const shortForm = (line: DisplayLine, width: number, look: Look): string[] => [
  blankRow(width),
  ...plainRows(line.message, 'plain', width, look),
  ...line.fields.map(([key, value]) => row([span(`  ${key} `, 'key'), span(value)], width, look)),
];

const plainRows = (text: string, role: Span['role'], width: number, look: Look): string[] =>
  wrapText(text, width).map((line) => row([span(line, role)], width, look));

/** Pretty JSON with its keys set off; lines that are too long go on below, as deep as they began. */
const jsonRows = (pretty: string, width: number, look: Look): string[] =>
  pretty.split('\n').flatMap((line) => {
    const [, indent = '', key = '', value = ''] = JSON_LINE.exec(line) ?? [];
    const [first = '', ...rest] = wrapText(value, Math.max(MIN_VALUE, width - indent.length - key.length));
    const deeper = `${indent}  `;
    const more = rest.length === 0 ? [] : wrapText(rest.join(''), Math.max(MIN_VALUE, width - deeper.length));
    return [
      row([span(indent), span(key, 'accent'), span(first)], width, look),
      ...more.map((text) => row([span(deeper), span(text)], width, look)),
    ];
  });

const MIN_VALUE = 16;

const JSON_LINE = /^(\s*)("(?:[^"\\]|\\.)*": ?)?(.*)$/s;
