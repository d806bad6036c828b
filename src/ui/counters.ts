import type {ProcessSnapshot} from '../model/snapshot.ts';
import {bytesRate, linesRate, si} from '../text/numbers.ts';
import {badgeSpan, curve, failedSpan, lagSpan} from './facts.ts';
import type {Look} from './look.ts';
import {fitParts, joinParts, part, row, span, spansWidth} from './row.ts';
import type {Part} from './row.ts';

/** Throughput and the books, in columns that stand still; the least important go first. */
export const countersRow = (process: ProcessSnapshot, width: number, look: Look): string =>
  row(joinParts(fitParts(counterParts(process, look), width, GAP.text.length), GAP), width, look);

const GAP = span('   ');

const counterParts = (process: ProcessSnapshot, look: Look): Part[] => {
  const {ledger, rates, lagMs, stderrLines} = process;
  return [
    part(1, span(linesRate(rates.linesPerSec1), 'bold')),
    part(5, span(bytesRate(rates.bytesPerSec1))),
    part(2, span('records ', 'dim'), span(si(ledger.records))),
    part(1, failedSpan(process, look)),
    part(
      ledger.dropped > 0 ? 3 : 7,
      span('dropped ', 'dim'),
      span(si(ledger.dropped), ledger.dropped > 0 ? 'attention' : 'dim'),
    ),
    part(4, span('lag ', 'dim'), lagSpan(lagMs)),
    part(6, span('stderr ', 'dim'), span(si(stderrLines), stderrLines > 0 ? 'plain' : 'dim')),
    part(8, span('pending ', 'dim'), span(si(ledger.pending), 'dim')),
  ];
};

/** The throughput curve, its peak, and who is the bottleneck. */
export const sparkRow = (process: ProcessSnapshot, width: number, look: Look): string => {
  const peak = [span('  peak ', 'dim'), span(linesRate(process.rates.peakLinesPerSec), 'dim')];
  const facts = [...(width >= PEAK_FROM ? peak : []), span('  '), badgeSpan(process)];
  return row([span(curve(process.spark, width - spansWidth(facts), look), 'dim'), ...facts], width, look);
};

/** Narrower panes show no peak. */
const PEAK_FROM = 56;
