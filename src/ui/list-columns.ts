import type {ProcessSnapshot} from '../model/snapshot.ts';
import {bytesRate, linesRate, si} from '../text/numbers.ts';
import {sanitize} from '../text/sanitize.ts';
import type {Span} from '../text/style.ts';
import {cut, displayWidth} from '../text/width.ts';
import {BADGE_WIDTH, badgeSpan, curve, failedRole, lagSpan} from './facts.ts';
import {span} from './row.ts';
import type {Scene} from './scene.ts';
import {stateWords} from './state-words.ts';

/** A column of the list. */
export type Column = {
  readonly head: string;
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly cell: (process: ProcessSnapshot, scene: Scene) => readonly Span[];
};

/** As many columns as fit in `width` with two blanks between them: who, in which state, how fast, then the rest. */
export const columnsFor = (processes: readonly ProcessSnapshot[], width: number): Column[] => {
  const digits = String(processes.length).length + 1;
  const longest = Math.max(...processes.map(({name}) => displayWidth(cut(sanitize(name), MAX_NAME))), MIN_NAME);
  let room = width - digits - MIN_NAME - GAP - STATE_WIDTH;
  const numbers: Column[] = [];
  for (const column of NUMBER_COLUMNS) {
    if (column.width + GAP > room) break;
    numbers.push(column);
    room -= column.width + GAP;
  }
  // What the last column leaves over goes to the names, then to the curve.
  const name = Math.min(longest, MIN_NAME + Math.max(0, room));
  room -= name - MIN_NAME;
  const all = numbers.length === NUMBER_COLUMNS.length;
  return [
    nameColumn(digits, name),
    STATE_COLUMN,
    ...numbers,
    ...(all && room >= MIN_CURVE + GAP ? [curveColumn(Math.min(MAX_CURVE, room - GAP))] : []),
  ];
};

const GAP = 2;
const MIN_NAME = 7;
const MAX_NAME = 24;
const STATE_WIDTH = 17;
const MIN_CURVE = 10;
const MAX_CURVE = 40;

const nameColumn = (digits: number, width: number): Column => ({
  head: 'process',
  width: digits + width,
  align: 'left',
  cell: (process, scene) => {
    const focused = scene.state.focus === process.id;
    return [
      span(`${String(process.id + 1).padStart(digits - 1)} `, focused ? 'focus' : 'dim'),
      span(process.name, focused ? 'focus' : 'bold'),
    ];
  },
});

const STATE_COLUMN: Column = {
  head: 'state',
  width: STATE_WIDTH,
  align: 'left',
  cell: (process, scene) => {
    const words = stateWords(process, scene.state.asked.get(process.id), scene.nowMs, scene.look.glyphs);
    return [span(`${words.glyph} `, words.glyphRole), span(words.short, words.role)];
  },
};

/** The most important first. */
const NUMBER_COLUMNS: readonly Column[] = [
  {head: 'lines', width: 8, align: 'right', cell: ({rates}) => [span(linesRate(rates.linesPerSec1))]},
  {
    head: 'failed',
    width: 6,
    align: 'right',
    cell: (process) => [span(si(process.ledger.failures), failedRole(process))],
  },
  {head: 'records', width: 7, align: 'right', cell: ({ledger}) => [span(si(ledger.records).padStart(7))]},
  {head: 'lag', width: 6, align: 'right', cell: ({lagMs}) => [lagSpan(lagMs)]},
  {head: 'bottleneck', width: BADGE_WIDTH, align: 'left', cell: (process) => [badgeSpan(process)]},
  {head: 'bytes', width: 9, align: 'right', cell: ({rates}) => [span(bytesRate(rates.bytesPerSec1))]},
  {
    head: 'dropped',
    width: 7,
    align: 'right',
    cell: ({ledger}) => [span(si(ledger.dropped).padStart(7), ledger.dropped > 0 ? 'attention' : 'dim')],
  },
];

const curveColumn = (width: number): Column => ({
  head: '',
  width,
  align: 'left',
  cell: (process, scene) => [span(curve(process.spark, width, scene.look), 'dim')],
});
