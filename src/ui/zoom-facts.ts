import type {ProcessSnapshot} from '../model/snapshot.ts';
import {FAILURE_KINDS, LEVELS} from '../model/verdict.ts';
import {span as timeSpan} from '../text/durations.ts';
import {bytesRate, bytesSize, linesRate, si, siTrim} from '../text/numbers.ts';
import type {Role, Span} from '../text/style.ts';
import {badgeSpan, failedRole, lagSpan, overloadWord} from './facts.ts';
import {part, span} from './row.ts';
import type {Part} from './row.ts';

/** What runs, and under which rules. */
export const commandParts = (process: ProcessSnapshot): Part[] => [
  part(1, span('format ', 'dim'), span(process.undecided ? `${process.format} (not settled)` : process.format)),
  part(2, span('overload ', 'dim'), span(overloadWord(process))),
  part(3, span('command ', 'dim'), span(shortened(process.command))),
];

const shortened = (command: string): string =>
  command.length > MAX_COMMAND ? `${command.slice(0, MAX_COMMAND)}…` : command;

const MAX_COMMAND = 120;

/** Throughput over three windows. */
export const speedParts = (process: ProcessSnapshot): Part[] => {
  const {rates, ledger} = process;
  return [
    part(1, span(linesRate(rates.linesPerSec1), 'bold')),
    part(4, span(bytesRate(rates.bytesPerSec1))),
    part(5, span('10 s ', 'dim'), span(linesRate(rates.linesPerSec10))),
    part(6, span('60 s ', 'dim'), span(linesRate(rates.linesPerSec60))),
    part(3, span('peak ', 'dim'), span(linesRate(rates.peakLinesPerSec))),
    part(7, span('bytes ', 'dim'), span(bytesSize(ledger.bytesIn))),
    part(2, badgeSpan(process)),
  ];
};

/** Columns of the books with every term. */
const LEDGER_WIDTH = 96;

/** The books as an equation; where room is short, without the terms that are zero. */
export const ledgerParts = (process: ProcessSnapshot, width: number): Part[] => {
  const {ledger, generation, generationLedger} = process;
  const wide = width >= LEDGER_WIDTH;
  const number = wide ? si : siTrim;
  const terms: readonly (readonly [string, number, Role])[] = [
    ['records', ledger.records, 'plain'],
    ['failures', ledger.failures, failedRole(process)],
    ['blank', ledger.blank, 'plain'],
    ['dropped', ledger.dropped, 'attention'],
    ['pending', ledger.pending, 'plain'],
  ];
  const shown = terms.filter(([word, count]) => wide || count > 0 || word === 'records');
  const sum = shown.flatMap(([word, count, role], i): Span[] => [
    span(`${i === 0 ? '=' : '+'} ${word} `, 'dim'),
    span(`${number(count)} `, count > 0 ? role : 'dim'),
  ]);
  return [
    part(1, span('in ', 'dim'), span(`${number(ledger.linesIn)} `, 'bold'), ...sum),
    ...(generation > 1
      ? [part(2, span(`in generation ${generation} `, 'dim'), span(siTrim(generationLedger.linesIn)))]
      : []),
  ];
};

/** Waiting times, and what is out of the ordinary. */
export const delayParts = (process: ProcessSnapshot): Part[] => {
  const {lagMs, maxLagMs, heldMs, stderrLines, pendingBytes, invalidUtf8} = process;
  return [
    part(1, span('lag ', 'dim'), lagSpan(lagMs)),
    part(3, span('longest ', 'dim'), span(timeSpan(maxLagMs).padStart(6))),
    part(2, span('held ', 'dim'), span(timeSpan(heldMs).padStart(6), heldMs > 0 ? 'plain' : 'dim')),
    part(4, span('stderr ', 'dim'), span(si(stderrLines), stderrLines > 0 ? 'plain' : 'dim')),
    part(6, span('unterminated ', 'dim'), span(bytesSize(pendingBytes), pendingBytes > 0 ? 'plain' : 'dim')),
    part(5, span('invalid UTF-8 ', 'dim'), span(si(invalidUtf8), invalidUtf8 > 0 ? 'attention' : 'dim')),
  ];
};

/** Records by level, the most urgent kept longest. */
export const levelParts = (process: ProcessSnapshot): Part[] =>
  LEVELS.map((level, index) => {
    const count = process.levels[level];
    const role: Role = count > 0 ? `level-${level}` : 'dim';
    const rank = level === 'none' ? LEVELS.length : LEVELS.length - index;
    return part(rank, span(`${level === 'none' ? 'no level' : level} `, 'dim'), span(si(count), role));
  });

/** Failures by class. */
export const failureParts = (process: ProcessSnapshot): Part[] =>
  FAILURE_KINDS.filter((kind) => process.failureKinds[kind] > 0).map((kind, index) =>
    part(index, span(`${kind} `, 'dim'), span(si(process.failureKinds[kind]), failedRole(process))),
  );
