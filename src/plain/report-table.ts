import type {Report, ReportCounts, ReportProcess} from '../model/report.ts';
import {longClock} from '../text/durations.ts';
import {bytesSize, siTrim} from '../text/numbers.ts';
import {sanitize} from '../text/sanitize.ts';
import {table} from '../text/table.ts';

const HEADERS = ['process', 'state', 'runs', 'lines', 'records', 'failures', 'blank', 'dropped', 'pending', 'bytes', 'lines/s', 'peak', 'max lag', 'held'];
const ALIGNS = ['left', 'left', ...HEADERS.slice(2).map(() => 'right' as const)] as const;
const MAX_GROUPS = 5;
const MAX_TEMPLATE = 100;

/** The final report as one would paste it into a ticket: lines of plain text without newlines. */
export const reportTable = (report: Report): string[] => {
  const {totals, processes} = report;
  const rows = processes.map(process => [process.name, stateWords(process), ...cellsOf(process, process.generations)]);
  const total = ['total', '', ...cellsOf(totals, totals.generations)];
  return [
    `keepup ${sanitize(report.runName)}  ${report.startedAt}  ran ${longClock(report.durationMs)}`,
    '',
    ...table(HEADERS, processes.length > 1 ? [...rows, total] : rows, ALIGNS),
    ...detailLines(report),
  ];
};

const cellsOf = (counts: ReportCounts, generations: number): string[] => [
  String(generations),
  exact(counts.linesIn),
  exact(counts.records),
  exact(counts.failures),
  exact(counts.blank),
  exact(counts.dropped),
  exact(counts.pending),
  bytesSize(counts.bytesIn).trim(),
  siTrim(counts.meanLinesPerSec),
  siTrim(counts.peakLinesPerSec),
  `${(counts.maxLagMs / 1000).toFixed(2)} s`,
  `${(counts.heldMs / 1000).toFixed(1)} s`,
];

/** Counts in a ledger are exact, in groups of three digits. */
const exact = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, ' ');

const stateWords = (process: ReportProcess): string => {
  const end = process.signal ?? (process.exitCode === null ? null : `exit ${process.exitCode}`);
  if (process.state === 'exited') return process.stoppedByUs ? `stopped (${end})` : (end ?? 'exited');
  return `${process.state.replaceAll('-', ' ')}${end === null ? '' : ` (${end})`}`;
};

const detailLines = ({processes, totals}: Report): string[] => {
  const lines = processes.flatMap(({name, startError}) =>
    startError === null ? [] : [`${sanitize(name)} failed to start: ${sanitize(startError)}`],
  );
  const groups = totals.errorGroups.slice(0, MAX_GROUPS).map(({count, kind, template}) => [exact(count), kind, template.slice(0, MAX_TEMPLATE)]);
  if (groups.length > 0) lines.push(...table(['count', 'error', 'shape'], groups, ['right', 'left', 'left']));
  if (totals.invalidUtf8 > 0) lines.push(`${linesOf(totals.invalidUtf8)} with invalid UTF-8`);
  if (totals.stderrLines > 0) lines.push(`${linesOf(totals.stderrLines)} on stderr`);
  return lines.length === 0 ? [] : ['', ...lines];
};

const linesOf = (count: number): string => `${exact(count)} ${count === 1 ? 'line' : 'lines'}`;
