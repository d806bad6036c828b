import type {DisplayLine} from '../model/display-line.ts';
import type {ProcessSnapshot} from '../model/snapshot.ts';
import {timeOfDay} from '../text/durations.ts';
import {siTrim} from '../text/numbers.ts';
import {sanitize} from '../text/sanitize.ts';
import type {Span} from '../text/style.ts';
import {prefixWithin} from '../text/width.ts';
import {drawFrame} from './frame.ts';
import {rowsFrom, topForEnd} from './line-window.ts';
import type {WindowRow} from './line-window.ts';
import {lineSpans} from './line-rows.ts';
import type {Look} from './look.ts';
import type {Rect} from './painter.ts';
import {factParts, titleSpans} from './pane-title.ts';
import {blankRow, fitParts, joinParts, row, span, spansWidth} from './row.ts';
import {ruleRow} from './rule.ts';
import type {Scene} from './scene.ts';
import {linesRead, newestLines} from './zoom-state.ts';
import {zoomHeadRows} from './zoom-head.ts';

/** One process in full size: all that is known of it, then its lines with their history. */
export const zoomRows = (process: ProcessSnapshot, rect: Rect, scene: Scene): string[] => {
  const {look} = scene;
  const inner = rect.width - 4;
  const head = zoomHeadRows(process, inner, rect.height - 2, scene).map((text) => ` ${text} `);
  const height = lineRoom(rect, head.length);
  const rule = ` ${positionRow(process, inner, scene)} `;
  const title = titleSpans(process, scene);
  const facts = fitParts(factParts(process, scene.nowMs), rect.width - spansWidth(title) - 10, 3);
  const frame = {
    border: look.glyphs.focusBorder,
    role: 'focus',
    title,
    facts: joinParts(facts, span(` ${look.glyphs.separator} `, 'dim')),
  } as const;
  return drawFrame(frame, [...head, rule, ...visibleLines(process, inner, height, scene)], rect, look);
};

/** Rows that the zoomed view has for lines in a body of this size. */
export const zoomLineRows = (process: ProcessSnapshot, rect: Rect, scene: Scene): number =>
  lineRoom(rect, zoomHeadRows(process, rect.width - 4, rect.height - 2, scene).length);

const lineRoom = (rect: Rect, headHeight: number): number => Math.max(1, rect.height - 2 - headHeight - 1);

/** Where in the history one is, and what came since. */
const positionRow = (process: ProcessSnapshot, width: number, scene: Scene): string => {
  const {zoom} = scene.state;
  const window = zoom?.window ?? null;
  const column =
    zoom !== null && zoom.column > 0 ? ` ${scene.look.glyphs.separator} from column ${zoom.column + 1}` : '';
  if (zoom?.seeksStart === true) return ruleRow('going to the oldest line kept…', '', width, scene.look, 'accent');
  const line = window?.lines[window.selected];
  if (zoom === null || window === null || line === undefined)
    return ruleRow(`newest lines${column}`, process.groups.length === 0 ? 'no errors' : '', width, scene.look);
  const more = linesRead(scene.live.processes[process.id]) - zoom.leftAt;
  const where = `${line.kind === 'stderr' ? 'stderr line' : 'line'} ${line.line} of generation ${line.generation}`;
  const start = window.atStart && window.selected === 0 ? ' (the oldest kept)' : '';
  const facts = `${more > 0 ? `+${siTrim(more)} new ${scene.look.glyphs.separator} ` : ''}G follows`;
  return ruleRow(`${where}${start}${column}`, facts, width, scene.look, 'accent');
};

const visibleLines = (process: ProcessSnapshot, width: number, height: number, scene: Scene): string[] => {
  const window = scene.state.zoom?.window ?? null;
  const lines = window?.lines ?? newestLines(scene.state, process);
  const rows = rowsFrom(lines, window?.top ?? topForEnd(lines, height), height);
  const selected = window?.selected ?? -1;
  const painted = rows.map((shown) => lineOrDivider(shown, lines, selected, width, scene));
  const blank = Array.from({length: height - painted.length}, () => blankRow(width + 2));
  // New lines come in at the bottom, so a short history stands there too.
  return window === null ? [...blank, ...painted] : [...painted, ...blank];
};

const lineOrDivider = (
  shown: WindowRow,
  lines: readonly DisplayLine[],
  selected: number,
  width: number,
  scene: Scene,
): string => {
  const {look} = scene;
  if (shown.kind === 'divider') return ` ${ruleRow(`generation ${shown.generation}`, '', width, look, 'attention')} `;
  const line = lines[shown.index];
  const chosen = shown.index === selected;
  const mark = row([span(chosen ? look.glyphs.pointer : ' ', 'focus')], 1, look);
  return line === undefined
    ? blankRow(width + 2)
    : `${mark}${pannedRow(line, scene.state.zoom?.column ?? 0, width, look)} `;
};

/** A line with its time in place and the rest moved to the left by `column` columns. */
const pannedRow = (line: DisplayLine, column: number, width: number, look: Look): string => {
  const time = line.kind === 'blank' ? [] : [span(`${timeOfDay(line.atMs)} `, 'dim')];
  const spans = lineSpans(line, look, false);
  return row([...time, ...(column === 0 ? spans : panned(spans, column, look))], width, look);
};

const panned = (spans: readonly Span[], column: number, look: Look): Span[] => {
  let left = column;
  const rest = spans.flatMap((one) => {
    const clean = sanitize(one.text);
    const {end, columns} = prefixWithin(clean, left);
    left -= columns;
    return end === clean.length ? [] : [{...one, text: clean.slice(end)}];
  });
  return rest.length === 0 ? [] : [span(look.glyphs.ellipsis, 'dim'), ...rest];
};
