import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {table} from '../../src/text/table.ts';
import type {Counts} from './cats.ts';
import {generateDataset, type Dataset} from './dataset.ts';
import {measureKeepup} from './measure.ts';
import {lostOf} from './results.ts';

/** How fast keepup is, headless, when something has grown. */
export type GrowthRow = {
  readonly what: string;
  /** Of the whole program, from start to exit. */
  readonly wallS: number;
  /** Decimal megabytes of output per second of that. */
  readonly mbPerS: number;
  /** Speed against the first row of its group; null: this is the first. */
  readonly changePct: number | null;
  /** Lines not counted, or not as what they are. */
  readonly lostLines: number;
};

/**
 * Measures the same total load with more and more children, with more and more shapes of errors, and with a
 * history that is full. Rows come group by group.
 *
 * @param dir For files: of some twice the load, 200 bytes a line.
 * @param totalLines In all files of a run, rounded so that all numbers of children share them evenly; each child
 *   prints its own several times. From 500,000 on there are all 50,000 shapes and history is full; a row says what
 *   it really had. The start of 256 children takes seconds, which only many millions of lines outweigh.
 */
export const measureGrowth = async (dir: string, totalLines: number): Promise<GrowthRow[]> => {
  const lines = evenLines(totalLines);
  const rows: GrowthRow[] = [];
  for (const group of [childrenLoads(dir, lines), shapeLoads(dir, lines), historyLoads(dir, lines)]) {
    const measured: Unmeasured[] = [];
    // Files are written just before their run: all of them at once would fill a disk.
    for (const load of group) measured.push(await measureLoad(await load(), dir));
    rows.push(...withChange(measured));
  }
  return rows;
};

/** The number of lines nearest to `totalLines` that all numbers of children share evenly. */
export const evenLines = (totalLines: number): number => {
  const most = Math.max(...CHILDREN);
  return Math.max(1, Math.round(totalLines / most)) * most;
};

/** Each divides the last. */
const CHILDREN = [1, 8, 64, 256] as const;
const SHAPES = [1, 1000, 50_000] as const;
/** In the groups in which something else grows. */
const FIXED_CHILDREN = 8;

/** What keepup is to do: one child for each file, which prints it. */
type Load = {readonly what: string; readonly options: readonly string[]; readonly files: readonly Dataset[]};
type Unmeasured = Omit<GrowthRow, 'changePct'>;
type Loads = readonly (() => Promise<Load>)[];

const childrenLoads = (dir: string, lines: number): Loads =>
  CHILDREN.map(children => async () => ({
    what: children === 1 ? '1 child' : `${children} children`,
    options: [],
    files: await sharedFile(dir, lines, children),
  }));

const shapeLoads = (dir: string, lines: number): Loads =>
  SHAPES.map(shapes => async () => {
    const all = Math.min(shapes, errorsIn(lines / FIXED_CHILDREN) * FIXED_CHILDREN);
    const what = `${FIXED_CHILDREN} children, ${all} error ${all === 1 ? 'shape' : 'shapes'}`;
    return {what, options: [], files: await errorFiles(dir, lines, shapes)};
  });

const historyLoads = (dir: string, lines: number): Loads =>
  HISTORIES.map(({title, fullBytes, options}) => async () => {
    const files = await sharedFile(dir, lines, FIXED_CHILDREN);
    const isFull = files.reduce((sum, {bytes}) => sum + bytes, 0) >= fullBytes;
    return {what: `${FIXED_CHILDREN} children, history of ${title}, ${isFull ? 'full' : 'not full'}`, options, files};
  });

const HISTORIES = [
  {title: '1 KiB', fullBytes: 1024, options: ['--history', '1k']},
  {title: '64 MiB', fullBytes: 64 * 1024 ** 2, options: []},
] as const;

/** One file for all, so that many children read no more from the disk than one. */
const sharedFile = async (dir: string, lines: number, children: number): Promise<Dataset[]> => {
  const data = await generateDataset(dir, lines / children);
  return Array.from({length: children}, () => data);
};

/** A file for each child: shapes that one alone could not show in so few lines are shared out. */
const errorFiles = async (dir: string, lines: number, shapes: number): Promise<Dataset[]> => {
  const data = await generateDataset(dir, lines / FIXED_CHILDREN);
  const text = readFileSync(data.path, 'utf8');
  return Array.from({length: FIXED_CHILDREN}, (_, child) => {
    const path = join(dir, `errors-${child}.ndjson`);
    writeFileSync(path, withErrors(text, shapes, child * errorsIn(data.lines)));
    return {...data, path};
  });
};

/** One line in so many is an error, and which of them: where `generateDataset` has its own errors and no bad line. */
const ERROR_EVERY = 10;
const ERROR_AT = 8;

const errorsIn = (lines: number): number => Math.floor((lines + ERROR_EVERY - ERROR_AT - 1) / ERROR_EVERY);

/**
 * Puts errors of `shapes` shapes, in turn, in place of one line in ten. All lines keep their length.
 *
 * @param text Of `generateDataset`.
 * @param firstError Errors that came before, in other files.
 */
export const withErrors = (text: string, shapes: number, firstError: number): string => {
  const errorAt = (index: number): string => errorLine((firstError + Math.floor(index / ERROR_EVERY)) % shapes, index);
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line, index) => `${index % ERROR_EVERY === ERROR_AT ? errorAt(index) : line}\n`).join('');
};

const errorLine = (shape: number, index: number): string => {
  const msg = `could not reach ${wordOf(shape)}`;
  const text = JSON.stringify({level: 50, time: 1_790_000_000_000 + index, pid: 4127, msg, note: ''});
  // Filled up outside of the message: dots there would be one more shape.
  return `${text.slice(0, -2)}${'.'.repeat(LINE_BYTES - 1 - text.length)}"}`;
};

const LINE_BYTES = 200;

/** A word of its own for each number, of letters alone: digits are masked where shapes are made. */
const wordOf = (value: number): string =>
  value.toString(26).replaceAll(/./g, digit => String.fromCharCode(LETTER_A + Number.parseInt(digit, 26)));

const LETTER_A = 97;

const measureLoad = async ({what, options, files}: Load, dir: string): Promise<Unmeasured> => {
  const commands = files.map(({path}) => `cat ${`'${path}' `.repeat(PRINTED_TIMES).trim()}`);
  const {wallS, counts} = await measureKeepup(['--format', 'json', ...options, ...commands], false, dir);
  const printed = Array.from({length: PRINTED_TIMES}, () => files).flat();
  const bytes = printed.reduce((sum, file) => sum + file.bytes, 0);
  return {what, wallS, mbPerS: bytes / wallS / 1e6, lostLines: lostOfFiles(counts, printed)};
};

/** Each child prints its file so often: the start of hundreds of them must not be all that is measured. */
const PRINTED_TIMES = 8;

/** Of files of which each was printed once. */
export const lostOfFiles = (counts: Counts, files: readonly Dataset[]): number => {
  const sum = (pick: (file: Dataset) => number): number => files.reduce((total, file) => total + pick(file), 0);
  return lostOf(counts, {bytes: sum(file => file.bytes), lines: sum(file => file.lines), failures: sum(file => file.failures)});
};

/** The rows of one group. */
export const withChange = (rows: readonly Unmeasured[]): GrowthRow[] =>
  rows.map((row, index) => ({...row, changePct: index === 0 ? null : (row.mbPerS / rows[0]!.mbPerS - 1) * 100}));

/** All rows as text. */
export const growthTable = (rows: readonly GrowthRow[]): string =>
  table(HEAD, rows.map(cellsOf), ['left', 'right', 'right', 'right', 'right']).join('\n');

const HEAD = ['what', 'wall s', 'MB/s', 'change', 'lost'];

const cellsOf = ({what, wallS, mbPerS, changePct, lostLines}: GrowthRow): string[] => [
  what,
  wallS.toFixed(2),
  mbPerS.toFixed(0),
  changePct === null ? '' : `${changePct < 0 ? '' : '+'}${changePct.toFixed(0)} %`,
  String(lostLines),
];
