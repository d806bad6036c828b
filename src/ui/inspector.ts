import type {DisplayLine} from '../model/display-line.ts';
import type {LineDetail} from '../model/page.ts';
import {timeOfDay} from '../text/durations.ts';
import {styledSpans} from '../text/record-line.ts';
import type {Span} from '../text/style.ts';
import {detailRows} from './inspector-rows.ts';
import type {Look} from './look.ts';
import type {OverlayContent} from './overlay-box.ts';
import {row, span} from './row.ts';
import {wrapSpans} from './wrap.ts';

export type InspectorView = {
  readonly line: DisplayLine;
  readonly detail: LineDetail | 'gone' | null;
  readonly top: number;
};

/**
 * One line whole: a record pretty-printed, anything else as it came, with what the parser said of it.
 *
 * @param height Rows that are shown. Only these are painted; the others, which may be many, stay empty.
 */
export const inspectorContent = (view: InspectorView, width: number, height: number, look: Look): OverlayContent => {
  const {line, top} = view;
  const rows = bodyRows(view, width);
  return {
    title: [
      span(`${line.failure ?? line.kind} `, line.kind === 'failure' ? 'bad' : 'focus'),
      span(`line ${line.line}`, 'focus'),
    ],
    facts: [span(factsOf(line), 'dim')],
    rows: rows.map((spans, i) => (i >= top && i < top + height ? row(spans, width, look) : '')),
    top,
  };
};

const factsOf = (line: DisplayLine): string => {
  const when = `${timeOfDay(line.atMs)} ${line.ownTime ? '(its own)' : '(arrival)'}`;
  const level = line.level === 'none' ? '' : ` · ${line.level}`;
  return `${when}${level} · generation ${line.generation}`;
};

const bodyRows = ({line, detail}: InspectorView, width: number): readonly (readonly Span[])[] => {
  if (detail === null) return [[span('reading it from history…', 'dim')], ...shortForm(line, width)];
  if (detail === 'gone') {
    const gone = 'history no longer holds this line; this is what was kept of it:';
    return [[span(gone, 'attention')], ...shortForm(line, width)];
  }
  return detailRows(detail, width);
};

const shortForm = (line: DisplayLine, width: number): Span[][] => [
  [],
  ...wrapSpans(styledSpans(line.message), width),
  ...line.fields.map(([key, value]) => [span(`  ${key} `, 'key'), span(value)]),
];
