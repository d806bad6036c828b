import type {DisplayLine} from '../model/display-line.ts';
import type {ProcessSnapshot} from '../model/snapshot.ts';
import type {ErrorGroup} from '../model/tally.ts';
import {age, span as timeSpan, timeOfDay} from '../text/durations.ts';
import {bytesRate, linesRate, si, siTrim} from '../text/numbers.ts';
import {recordSpans} from '../text/record-line.ts';
import {sparkline} from '../text/sparkline.ts';
import type {Role, Span} from '../text/style.ts';
import {fit} from '../text/width.ts';
import type {Look} from './look.ts';
import {fitParts, joinParts, part, row, span, spread} from './row.ts';
import type {Part} from './row.ts';

/** Throughput and the books, in columns that stand still; the least important go first. */
export const countersRow = (process: ProcessSnapshot, width: number, look: Look): string =>
  row(joinParts(fitParts(counterParts(process, look), width, GAP.text.length), GAP), width, look);

const GAP = span('   ');

const counterParts = (process: ProcessSnapshot, look: Look): Part[] => {
  const {ledger, rates, lagMs, stderrLines, overload} = process;
  const parts = [
    part(1, span(linesRate(rates.linesPerSec1), 'bold')),
    part(4, span(bytesRate(rates.bytesPerSec1))),
    part(2, span('records ', 'dim'), span(si(ledger.records))),
    part(1, span(`${look.glyphs.failed} `, ledger.failures > 0 ? 'bad' : 'dim'), span(si(ledger.failures), ledger.failures > 0 ? 'bad' : 'dim')),
    part(ledger.dropped > 0 ? 2 : 7, span('dropped ', 'dim'), span(si(ledger.dropped), ledger.dropped > 0 ? 'attention' : 'dim')),
    part(3, span('lag ', 'dim'), span(timeSpan(lagMs).padStart(6), lagMs >= LATE_MS ? 'attention' : 'dim')),
    part(6, span('stderr ', 'dim'), span(si(stderrLines), stderrLines > 0 ? 'plain' : 'dim')),
    part(8, span('pending ', 'dim'), span(si(ledger.pending), 'dim')),
  ];
  if (ledger.dropped > 0) parts.push(part(9, span(`(${overload.kind})`, 'dim')));
  return parts;
};

/** Lag beyond this wants attention: what is on the screen is old. */
const LATE_MS = 1000;

/** The throughput curve, its peak, and who is the bottleneck. */
export const sparkRow = (process: ProcessSnapshot, width: number, look: Look): string => {
  const peak = [span('  peak ', 'dim'), span(linesRate(process.rates.peakLinesPerSec), 'dim')];
  const badge = [span(`  ${process.badge.padEnd(BADGE_WIDTH)}`, badgeRole(process))];
  const facts = [...(width >= 56 ? peak : []), ...badge];
  const room = width - facts.reduce((sum, {text}) => sum + text.length, 0);
  return row([span(sparkline(process.spark, room, look.glyphs), 'dim'), ...facts], width, look);
};

const BADGE_WIDTH = 'parser behind'.length;

export const badgeRole = (process: ProcessSnapshot): Role =>
  process.badge === 'held' || process.badge === 'parser behind' ? 'attention' : 'dim';

/** The newest lines, the newest at the bottom. */
export const lineRows = (lines: readonly DisplayLine[], width: number, height: number, look: Look): string[] =>
  height <= 0 ? [] : lines.slice(-height).map((line) => lineRow(line, width, look));

/** One line: time, level, message, fields. */
export const lineRow = (line: DisplayLine, width: number, look: Look): string =>
  row(dimUndecided(line, recordSpans(line, {time: true, glyphs: look.glyphs})), width, look);

const dimUndecided = (line: DisplayLine, spans: readonly Span[]): readonly Span[] =>
  line.kind === 'undecided' ? spans.map(({text}) => span(text, 'dim')) : spans;

/** A thin line with a word at its left and one at its right. */
export const ruleRow = (word: string, facts: string, width: number, look: Look, role: Role = 'dim'): string => {
  const line = look.glyphs.border.horizontal;
  const right = facts === '' ? [] : [span(` ${facts} ${line}`, 'dim')];
  return spread([span(`${line} `, 'dim'), span(word, role), span(' ')], right, width, look, span(line, 'dim'));
};

/** The largest error groups, as many as there is room for, under a rule. */
export const errorRows = (
  process: ProcessSnapshot,
  wallMs: number,
  width: number,
  height: number,
  look: Look,
): string[] => {
  if (height <= 0) return [];
  if (process.groups.length === 0) return [ruleRow('no errors', '', width, look)];
  const {groups, groupCount, newestError, rates} = process;
  const withNewest = height >= 5 && newestError !== null;
  const shown = groups.slice(0, height - 1 - (withNewest ? 1 : 0));
  const facts = `${siTrim(groupCount)} ${groupCount === 1 ? 'kind' : 'kinds'} ${look.glyphs.separator} ${siTrim(rates.failuresPerSec10)} /s`;
  return [
    ruleRow('errors', facts, width, look, 'bad'),
    ...shown.map((group) => groupRow(group, wallMs, width, look)),
    ...(withNewest ? [newestRow(newestError, width, look)] : []),
  ];
};

/** `81.2 k invalid-json  at Object.<anonymous> …  2 s`: how often, what, and how long ago. */
export const groupRow = (group: ErrorGroup, wallMs: number, width: number, look: Look): string =>
  spread(
    [span(`${si(group.count)} `, 'bold'), span(fit(group.kind, KIND_WIDTH), 'bad'), span(' '), span(group.template)],
    [span(age(wallMs - group.lastSeenMs).padStart(6), 'dim')],
    width,
    look,
  );

const KIND_WIDTH = 'not-an-object'.length;

/** The newest line that failed, as it came. */
export const newestRow = (group: ErrorGroup, width: number, look: Look): string =>
  row(
    [
      span(`newest ${timeOfDay(group.lastSeenMs).slice(0, 8)} line ${group.sample.line}  `, 'dim'),
      span(group.sample.text, 'dim'),
    ],
    width,
    look,
  );
