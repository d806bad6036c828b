import type {ProcessSnapshot} from '../model/snapshot.ts';
import {linesRate, si} from '../text/numbers.ts';
import type {Span} from '../text/style.ts';
import {bannerLines, lastStderr} from './banner.ts';
import {groupRow} from './error-rows.ts';
import {badgeSpan, curve, failedSpan} from './facts.ts';
import {guarded} from './frame.ts';
import {lineRows} from './line-rows.ts';
import type {Rect} from './painter.ts';
import {factParts, titleSpans} from './pane-title.ts';
import {blankRow, fitParts, joinParts, row, span, spansWidth} from './row.ts';
import {shownWallMs} from './scene.ts';
import type {Scene} from './scene.ts';

/**
 * A process in a few rows without a box: a rule with its state, its counters,
 * its newest lines, its newest error.
 */
export const compactRows = (process: ProcessSnapshot, rect: Rect, scene: Scene): string[] => {
  const {look} = scene;
  const inner = rect.width - 2;
  const rows = [counters(process, inner, scene), ...rest(process, inner, rect.height - 2, scene)];
  const mark = scene.state.focus === process.id ? row([span(look.glyphs.focusBorder.vertical, 'focus')], 1, look) : ' ';
  const inside = rows
    .slice(0, rect.height - 1)
    .map((text) => `${mark}${guarded(text, inner, rect.left + rect.width)} `);
  return [ruleOf(process, rect.width, scene), ...inside];
};

const ruleOf = (process: ProcessSnapshot, width: number, scene: Scene): string => {
  const {glyphs} = scene.look;
  const focused = scene.state.focus === process.id;
  const [line, role] = focused
    ? ([glyphs.focusBorder.horizontal, 'focus'] as const)
    : ([glyphs.border.horizontal, 'dim'] as const);
  const title = titleSpans(process, scene);
  const titleWidth = Math.min(spansWidth(title), width - 4);
  const facts = fitParts(factParts(process, scene.nowMs), width - titleWidth - 8, 3);
  const right = joinParts(facts, span(` ${glyphs.separator} `, 'dim'));
  const rightSpans: Span[] = right.length === 0 ? [] : [span(' '), ...right, span(' '), span(line, role)];
  const fill = Math.max(0, width - titleWidth - 3 - spansWidth(rightSpans));
  return (
    row([span(line, role), span(' ')], 2, scene.look) +
    row(title, titleWidth, scene.look) +
    row([span(' '), span(line.repeat(fill), role), ...rightSpans], width - titleWidth - 2, scene.look)
  );
};

/** The counters that matter most, then the curve in what is left. */
const counters = (process: ProcessSnapshot, width: number, {look}: Scene): string => {
  const {ledger, rates} = process;
  const facts = [
    span(linesRate(rates.linesPerSec1), 'bold'),
    span('  records ', 'dim'),
    span(si(ledger.records)),
    span('  '),
    failedSpan(process, look),
    ...(ledger.dropped > 0 ? [span(`  dropped ${si(ledger.dropped)}`, 'attention')] : []),
  ];
  const badge = [span('  '), badgeSpan(process)];
  const room = Math.max(0, width - spansWidth([...facts, ...badge]) - 2);
  return row([...facts, span(`  ${curve(process.spark, room, look)}`, 'dim'), ...badge], width, look);
};

/** Banner first, the newest error last, the newest lines between. */
const rest = (process: ProcessSnapshot, width: number, height: number, scene: Scene): string[] => {
  const {look} = scene;
  const banner = bannerLines(process, scene)
    .map((spans) => row(spans, width, look))
    .slice(0, height);
  const {newestError} = process;
  const room = height - banner.length;
  const error = newestError !== null && room >= 2 ? [groupRow(newestError, shownWallMs(scene), width, look)] : [];
  const lineRoom = room - error.length;
  const stderr = lastStderr(process, lineRoom, lineRoom);
  const lines = lineRows(stderr.length > 0 ? stderr : process.tail, width, lineRoom, look);
  const gap = Array.from({length: Math.max(0, room - lines.length - error.length)}, () => blankRow(width));
  return [...banner, ...lines, ...gap, ...error];
};
