import type {ProcessSnapshot} from '../model/snapshot.ts';
import type {ErrorGroup} from '../model/tally.ts';
import {age, timeOfDay} from '../text/durations.ts';
import {si, siTrim} from '../text/numbers.ts';
import {fit} from '../text/width.ts';
import type {Look} from './look.ts';
import {row, span, spread} from './row.ts';
import {ruleRow} from './rule.ts';

/**
 * The largest error groups under a rule, at most `height` rows; where there is
 * room for four, the last is the newest line that failed.
 */
export const errorRows = (
  process: ProcessSnapshot,
  wallMs: number,
  width: number,
  height: number,
  look: Look,
): string[] => {
  if (height <= 0) return [];
  const {groups, newestError} = process;
  if (groups.length === 0) return [ruleRow('no errors', '', width, look)];
  const newest = height >= NEWEST_FROM && newestError !== null ? [newestRow(newestError, width, look)] : [];
  const shown = groups.slice(0, height - 1 - newest.length);
  const role = shown.some((group) => isFresh(group, wallMs)) ? 'bad' : 'plain';
  return [
    ruleRow('errors', errorFacts(process, look), width, look, role),
    ...shown.map((group) => groupRow(group, wallMs, width, look)),
    ...newest,
  ];
};

const NEWEST_FROM = 4;

const errorFacts = ({groupCount, rates}: ProcessSnapshot, look: Look): string => {
  const kinds = `${siTrim(groupCount)} ${groupCount === 1 ? 'kind' : 'kinds'}`;
  return `${kinds} ${look.glyphs.separator} ${si(rates.failuresPerSec10)} ${look.glyphs.failed}/s`;
};

/** `81.2 k invalid-json  at Object.<anonymous> …  2 s`: how often, what, and how long ago. */
export const groupRow = (group: ErrorGroup, wallMs: number, width: number, look: Look): string =>
  spread(
    [
      span(`${si(group.count)} `, 'bold'),
      span(fit(group.kind, KIND_WIDTH), isFresh(group, wallMs) ? 'bad' : 'plain'),
      span(` ${group.template}`),
    ],
    [span(age(wallMs - group.lastSeenMs).padStart(6), 'dim')],
    width,
    look,
  );

/** Seen within the last minute. What is older is not red any more. */
const isFresh = ({lastSeenMs}: ErrorGroup, wallMs: number): boolean => wallMs - lastSeenMs < FRESH_MS;

const FRESH_MS = 60_000;

const KIND_WIDTH = 'not-an-object'.length;

/** The newest line that failed, as it came. */
const newestRow = ({sample, lastSeenMs}: ErrorGroup, width: number, look: Look): string => {
  const place = `newest ${timeOfDay(lastSeenMs).slice(0, 8)} line ${sample.line}  `;
  return row([span(place, 'dim'), span(sample.text.trimStart(), 'dim')], width, look);
};
