import type {ProcessSnapshot} from '../model/snapshot.ts';
import {span as timeSpan} from '../text/durations.ts';
import {linesRate, si} from '../text/numbers.ts';
import type {Span} from '../text/style.ts';
import {cut, displayWidth} from '../text/width.ts';
import {sanitize} from '../text/sanitize.ts';
import {guarded} from './frame.ts';
import type {Rect} from './painter.ts';
import {badgeRole, groupRow, lineRow, ruleRow} from './pane-parts.ts';
import {bannerLines} from './banner.ts';
import {blankRow, row, span} from './row.ts';
import {shownWallMs} from './scene.ts';
import type {Scene} from './scene.ts';
import {stateWords} from './state-words.ts';

/** One row a process under a row of column heads; scrolled so that the focused one is in view. */
export const listRows = (processes: readonly ProcessSnapshot[], rect: Rect, scene: Scene): string[] => {
  const columns = columnsFor(processes, rect.width, scene);
  const height = rect.height - 1;
  const top = Math.max(0, Math.min(scene.state.focus - Math.floor(height / 2), processes.length - height));
  const shown = processes.slice(top, top + height).map((process) => processRow(process, columns, rect, scene));
  const blank = Array.from({length: Math.max(0, height - shown.length)}, () => blankRow(rect.width));
  return [headRow(columns, rect.width, scene, top, processes.length - top - height), ...shown, ...blank];
};

/** The focused process in a few rows: what there is to know of its state, its newest lines, its newest error. */
export const briefRows = (process: ProcessSnapshot, rect: Rect, scene: Scene): string[] => {
  const {look} = scene;
  const inner = rect.width - 2;
  const banner = bannerLines(process, scene).map((spans) => row(spans, inner, look));
  const error = process.newestError === null || rect.height < 4 ? [] : [groupRow(process.newestError, shownWallMs(scene), inner, look)];
  const room = Math.max(0, rect.height - 1 - banner.length - error.length);
  const lines = room === 0 ? [] : process.tail.slice(-room).map((line) => lineRow(line, inner, look));
  const rows = [...banner, ...lines, ...error].slice(0, rect.height - 1);
  const words = stateWords(process, scene.state.asked.get(process.id), scene.nowMs, look.glyphs);
  return [
    ruleRow(`${process.name} ${words.word}`, '', rect.width, look, 'focus'),
    ...rows.map((text) => ` ${guarded(text, inner, rect.left + rect.width)} `),
  ];
};

type Column = {
  readonly head: string;
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly cell: (process: ProcessSnapshot, scene: Scene) => readonly Span[];
};

const GAP = 2;

/** The columns that fit, the name as wide as the longest if there is room. */
const columnsFor = (processes: readonly ProcessSnapshot[], width: number, scene: Scene): Column[] => {
  const longest = processes.reduce((most, {name}) => Math.max(most, displayWidth(cut(sanitize(name), MAX_NAME))), 8);
  const digits = String(processes.length).length;
  const state = processes.reduce((most, process) => Math.max(most, displayWidth(stateText(process, scene))), 9);
  const required = [nameColumn(longest, digits), stateColumn(state), ...FIRST_COLUMNS];
  const optional = OPTIONAL_COLUMNS.filter((_, index) => {
    const wanted = [...required, ...OPTIONAL_COLUMNS.slice(0, index + 1)];
    return wanted.reduce((sum, column) => sum + column.width + GAP, 2) <= width;
  });
  return [...required, ...optional];
};

const MAX_NAME = 24;

const stateText = (process: ProcessSnapshot, scene: Scene): string => {
  const words = stateWords(process, scene.state.asked.get(process.id), scene.nowMs, scene.look.glyphs);
  return `${words.glyph} ${words.word}`;
};

const nameColumn = (longest: number, digits: number): Column => ({
  head: 'process',
  width: digits + 1 + longest,
  align: 'left',
  cell: (process, scene) => {
    const focused = scene.state.focus === process.id;
    return [
      span(`${String(process.id + 1).padStart(digits)} `, focused ? 'focus' : 'dim'),
      span(process.name, focused ? 'focus' : 'bold'),
    ];
  },
});

const stateColumn = (width: number): Column => ({
  head: 'state',
  width,
  align: 'left',
  cell: (process, scene) => {
    const words = stateWords(process, scene.state.asked.get(process.id), scene.nowMs, scene.look.glyphs);
    return [span(`${words.glyph} `, words.glyphRole), span(words.word, words.role)];
  },
});

const FIRST_COLUMNS: readonly Column[] = [
  {head: 'lines', width: 8, align: 'right', cell: ({rates}) => [span(linesRate(rates.linesPerSec1))]},
  {head: 'records', width: 7, align: 'right', cell: ({ledger}) => [span(si(ledger.records).padStart(7))]},
  {
    head: 'failed',
    width: 6,
    align: 'right',
    cell: ({ledger}) => [span(si(ledger.failures), ledger.failures > 0 ? 'bad' : 'dim')],
  },
];

const OPTIONAL_COLUMNS: readonly Column[] = [
  {
    head: 'lag',
    width: 6,
    align: 'right',
    cell: ({lagMs}) => [span(timeSpan(lagMs).padStart(6), lagMs >= 1000 ? 'attention' : 'dim')],
  },
  {head: '', width: 13, align: 'left', cell: (process) => [span(process.badge, badgeRole(process))]},
];

const headRow = (columns: readonly Column[], width: number, scene: Scene, above: number, below: number): string => {
  const {glyphs} = scene.look;
  const more = [above > 0 ? `${glyphs.up}${above}` : '', below > 0 ? `${glyphs.down}${below}` : ''].filter((text) => text !== '');
  const heads = columns.flatMap(({head, width: room, align}) => [
    span(align === 'left' ? head.padEnd(room) : head.padStart(room), 'dim'),
    span(' '.repeat(GAP)),
  ]);
  const tail = more.join(' ');
  const used = width - displayWidth(tail) - 1;
  return row([span('  '), ...heads], used, scene.look) + row([span(tail, 'accent')], width - used, scene.look);
};

const processRow = (process: ProcessSnapshot, columns: readonly Column[], rect: Rect, scene: Scene): string => {
  const {look} = scene;
  const focused = scene.state.focus === process.id;
  let column = rect.left + 3;
  const cells = columns.map((shape) => {
    const text = row(shape.cell(process, scene), shape.width, look);
    column += shape.width + GAP;
    return guarded(text + ' '.repeat(GAP), shape.width + GAP, column);
  });
  const used = column - rect.left - 1;
  const mark = row([span(focused ? `${look.glyphs.pointer} ` : '  ', 'focus')], 2, look);
  return used <= rect.width
    ? mark + cells.join('') + blankRow(rect.width - used)
    : narrowRow(process, columns, rect, scene);
};

/** Where even the first columns don't fit, what is at the right is cut. */
const narrowRow = (process: ProcessSnapshot, columns: readonly Column[], rect: Rect, scene: Scene): string => {
  const {look} = scene;
  const focused = scene.state.focus === process.id;
  const spans = columns.flatMap((shape) => {
    const cell = shape.cell(process, scene);
    const used = displayWidth(cell.map(({text}) => sanitize(text)).join(''));
    return [...cell, span(' '.repeat(Math.max(0, shape.width - used) + GAP))];
  });
  return row([span(focused ? `${look.glyphs.pointer} ` : '  ', 'focus'), ...spans], rect.width, look);
};
