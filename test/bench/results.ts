import {CATS, type Counts} from './cats.ts';
import type {Contender} from './contenders.ts';
import type {Dataset} from './dataset.ts';
import type {Latency} from './latency.ts';
import type {Measured} from './measure.ts';

/** A contender with what came of it; the run in the middle where there were several. */
export type Row = {
  readonly contender: Contender;
  readonly data: Dataset;
  readonly measured: Measured;
  readonly lost: number;
};

/** How many lines were not counted, or not as what they are; NaN where the contender cannot tell. */
export const lostLines = ({counts}: Measured, {bytes, lines, failures}: Dataset): number =>
  lostOf(counts, {bytes: bytes * CATS, lines: lines * CATS, failures: failures * CATS});

/** As {@link lostLines}, against what was printed altogether. */
export const lostOf = (counts: Counts, {bytes, lines, failures}: Omit<Dataset, 'path'>): number => {
  const bytesOff = off(counts.bytes, bytes);
  const linesOff = off(counts.lines, lines);
  const records = off(counts.records, lines - failures);
  const wrong = records === null || counts.failures === null ? null : records + Math.abs(counts.failures - failures);
  // Bytes that are missing are some lines, nobody knows how many.
  if (linesOff === null) return wrong === null && bytesOff === 0 ? 0 : NaN;
  return Math.max(linesOff, wrong ?? 0, bytesOff === null || bytesOff === 0 ? 0 : 1);
};

const off = (count: number | null, truth: number): number | null => (count === null ? null : Math.abs(count - truth));

/** All rows as a Markdown table; speeds also as multiples of (b)'s. */
export const tableOf = (rows: readonly Row[]): string => {
  const base = rows.find(({contender}) => contender.letter === 'b');
  const cells = rows.map(row => cellsOf(row, base === undefined ? null : mbPerS(base)));
  const widths = HEAD.map((head, column) => Math.max(head.length, ...cells.map(line => line[column]?.length ?? 0)));
  const lineOf = (line: readonly string[]): string =>
    `| ${line.map((cell, column) => padded(cell, widths[column] ?? 0, column)).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => '-'.repeat(width + 1) + (isText(column) ? '-' : ':')).join('|')}|`;
  return [lineOf(HEAD), rule, ...cells.map(lineOf)].join('\n');
};

const isText = (column: number): boolean => column < 2;

const padded = (cell: string, width: number, column: number): string =>
  isText(column) ? cell.padEnd(width) : cell.padStart(width);

const HEAD = [
  '',
  'contender',
  'lines',
  'wall s',
  'MB/s',
  'k lines/s',
  '× (b)',
  'CPU s',
  'cats CPU s',
  'peak PSS MB',
  'lost',
];

const cellsOf = (row: Row, baseMbPerS: number | null): string[] => {
  const {contender, data, measured, lost} = row;
  const {wallS, usage} = measured;
  const lines = data.lines * CATS;
  return [
    contender.letter,
    contender.title,
    lines.toLocaleString('en').replaceAll(',', ' '),
    wallS.toFixed(2),
    mbPerS(row).toFixed(0),
    (lines / wallS / 1000).toFixed(0),
    baseMbPerS === null ? '' : (mbPerS(row) / baseMbPerS).toFixed(2),
    usage.cpuS.toFixed(2),
    known(usage.childrenCpuS, 2),
    known(measured.peakPssMb, 0),
    known(lost, 0),
  ];
};

const known = (value: number, digits: number): string => (Number.isNaN(value) ? '?' : value.toFixed(digits));

/** Decimal megabytes of output per second, start and end of the process included. */
const mbPerS = ({data, measured}: Row): number => (data.bytes * CATS) / measured.wallS / 1e6;

/** What we want to reach, and whether we do. */
export const reachesOf = (rows: readonly Row[], latency: Latency | null): string[] => {
  const best = (letter: string): number =>
    Math.max(...rows.filter(({contender}) => contender.letter === letter).map(mbPerS));
  const has = (...letters: string[]): boolean =>
    letters.every(letter => rows.some(({contender}) => contender.letter === letter));
  const own = rows.filter(({contender}) => 'de'.includes(contender.letter));
  const peakMb = Math.max(...own.map(({measured}) => measured.peakPssMb));
  const lost = own.reduce((sum, row) => sum + row.lost, 0);
  return [
    ...(has('a', 'd') ? [reach('(d) over (a)', (100 * best('d')) / best('a'), 'at least', 45, '%')] : []),
    ...(has('b', 'd') ? [reach('(d) over (b)', best('d') / best('b'), 'at least', 5, '×')] : []),
    ...(has('d', 'e') ? [reach('(e) over (d)', (100 * best('e')) / best('d'), 'at least', 90, '%')] : []),
    ...(own.length > 0 ? [reach('peak PSS of keepup', peakMb, 'under', 250, 'MB')] : []),
    ...(latency === null
      ? []
      : [reach(`key to screen while flooded, p99 of ${latency.presses}`, latency.p99Ms, 'under', 50, 'ms')]),
    ...(latency === null
      ? []
      : [`key to screen while flooded: p50 ${latency.p50Ms.toFixed(0)} ms, longest ${latency.maxMs.toFixed(0)} ms`]),
    reach('lines lost', lost, 'under', 1, ''),
  ];
};

const reach = (what: string, value: number, sense: 'at least' | 'under', bound: number, unit: string): string => {
  const isReached = sense === 'under' ? value < bound : value >= bound;
  const digits = unit === '×' ? 2 : 0;
  const [reached, bounded] = [`${value.toFixed(digits)} ${unit}`, `${sense} ${bound} ${unit}`].map(text => text.trim());
  return `${isReached ? 'reached' : 'MISSED'}: ${what}: ${reached} (${bounded})`;
};
