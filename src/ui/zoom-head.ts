import type {ProcessSnapshot} from '../model/snapshot.ts';
import {FAILURE_KINDS, LEVELS} from '../model/verdict.ts';
import {span as timeSpan} from '../text/durations.ts';
import {bytesRate, bytesSize, linesRate, si, siTrim} from '../text/numbers.ts';
import type {Role, Span} from '../text/style.ts';
import {bannerLines} from './banner.ts';
import {chartRows} from './chart.ts';
import {countersRow, errorRows} from './pane-parts.ts';
import {fitParts, joinParts, part, row, span} from './row.ts';
import type {Part} from './row.ts';
import {shownWallMs} from './scene.ts';
import type {Scene} from './scene.ts';

/** Everything that is known of one process above its lines: as much as leaves them most of the height. */
export const zoomHeadRows = (process: ProcessSnapshot, width: number, height: number, scene: Scene): string[] => {
  const {look} = scene;
  const banner = bannerLines(process, scene).map((spans) => row(spans, width, look));
  const errorRoom = Math.min(process.groups.length + 1 + (height >= 30 && process.groups.length > 0 ? 1 : 0), height >= 30 ? 7 : height >= 18 ? 3 : 2);
  const errors = height >= 12 ? errorRows(process, shownWallMs(scene), width, errorRoom, look) : [];
  const room = Math.max(1, Math.floor(height * HEAD_SHARE) - banner.length - errors.length);
  return [...factRows(process, width, room, scene), ...banner, ...errors];
};

/** The lines keep at least the rest. */
const HEAD_SHARE = 0.55;

/** The rows that fit, by importance, in their order on the screen. */
const factRows = (process: ProcessSnapshot, width: number, room: number, scene: Scene): string[] => {
  const {look} = scene;
  const chartHeight = room >= 10 ? 4 : room >= 7 ? 2 : 1;
  const facts = (parts: Part[]): string => row(joinParts(fitParts(parts, width, GAP.text.length), GAP), width, look);
  const rows: {rank: number; rows: string[]}[] = [
    {rank: 5, rows: [facts(commandParts(process))]},
    {rank: 0, rows: [countersRow(process, width, look)]},
    {rank: 1, rows: [facts(ledgerParts(process))]},
    {rank: 3, rows: [facts(levelParts(process))]},
    {rank: 4, rows: [facts(rateParts(process))]},
    {rank: 6, rows: process.ledger.failures > 0 ? [facts(failureParts(process))] : []},
    {rank: 2, rows: chartRows(process.spark, width, chartHeight, look.glyphs).map((text) => row([span(text, 'dim')], width, look))},
  ];
  let left = room;
  const kept = new Set<unknown>();
  for (const candidate of rows.toSorted((a, b) => a.rank - b.rank)) {
    if (candidate.rows.length > left) break;
    left -= candidate.rows.length;
    kept.add(candidate);
  }
  return rows.filter((candidate) => kept.has(candidate)).flatMap((candidate) => candidate.rows);
};

const GAP = span('   ');

const commandParts = (process: ProcessSnapshot): Part[] => [
  part(1, span('format ', 'dim'), span(process.undecided ? `${process.format} (not settled)` : process.format)),
  part(2, span('overload ', 'dim'), span(overloadWord(process))),
  part(3, span('command ', 'dim'), span(process.command.length > MAX_COMMAND ? `${process.command.slice(0, MAX_COMMAND)}…` : process.command)),
];

const MAX_COMMAND = 120;

const overloadWord = ({overload}: ProcessSnapshot): string =>
  overload.kind === 'sample' ? `sample:${overload.every}` : overload.kind;

/** The books as an equation. */
const ledgerParts = ({ledger, generation, generationLedger}: ProcessSnapshot): Part[] => {
  const terms: [string, number, Role][] = [
    ['records', ledger.records, 'plain'],
    ['failures', ledger.failures, ledger.failures > 0 ? 'bad' : 'dim'],
    ['blank', ledger.blank, 'dim'],
    ['dropped', ledger.dropped, ledger.dropped > 0 ? 'attention' : 'dim'],
    ['pending', ledger.pending, 'dim'],
  ];
  const equation: Span[] = [
    span('in ', 'dim'),
    span(si(ledger.linesIn), 'bold'),
    ...terms.flatMap(([word, count, role], i) => [span(i === 0 ? ' = ' : ' + ', 'dim'), span(`${word} `, 'dim'), span(si(count), role)]),
  ];
  return [
    part(1, ...equation),
    ...(generation > 1 ? [part(2, span(`generation ${generation}: in `, 'dim'), span(siTrim(generationLedger.linesIn)))] : []),
  ];
};

const levelParts = (process: ProcessSnapshot): Part[] =>
  LEVELS.map((level, index) => {
    const count = process.levels[level];
    return part(LEVELS.length - index, span(`${level === 'none' ? 'no level' : level} `, 'dim'), span(si(count), count > 0 ? (`level-${level}` as const) : 'dim'));
  });

const failureParts = (process: ProcessSnapshot): Part[] =>
  FAILURE_KINDS.filter((kind) => process.failureKinds[kind] > 0).map((kind, index) =>
    part(index, span(`${kind} `, 'dim'), span(siTrim(process.failureKinds[kind]), 'bad')),
  );

const rateParts = ({rates, lagMs, maxLagMs, heldMs, ledger, pendingBytes, invalidUtf8}: ProcessSnapshot): Part[] => [
  part(1, span('1 s ', 'dim'), span(linesRate(rates.linesPerSec1))),
  part(2, span('10 s ', 'dim'), span(linesRate(rates.linesPerSec10))),
  part(3, span('60 s ', 'dim'), span(linesRate(rates.linesPerSec60))),
  part(4, span('peak ', 'dim'), span(linesRate(rates.peakLinesPerSec))),
  part(5, span('bytes ', 'dim'), span(bytesSize(ledger.bytesIn)), span(bytesRate(rates.bytesPerSec10), 'dim')),
  part(6, span('lag ', 'dim'), span(timeSpan(lagMs).padStart(6)), span(' most ', 'dim'), span(timeSpan(maxLagMs))),
  part(7, span('held ', 'dim'), span(timeSpan(heldMs), heldMs > 0 ? 'plain' : 'dim')),
  ...(pendingBytes > 0 ? [part(8, span('unterminated ', 'dim'), span(bytesSize(pendingBytes).trim()))] : []),
  ...(invalidUtf8 > 0 ? [part(9, span('invalid UTF-8 ', 'dim'), span(siTrim(invalidUtf8), 'attention'))] : []),
];
