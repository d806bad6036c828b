import type {ProcessSnapshot} from '../model/snapshot.ts';
import {span as timeSpan} from '../text/durations.ts';
import {si} from '../text/numbers.ts';
import {sparkline} from '../text/sparkline.ts';
import type {Role, Span} from '../text/style.ts';
import type {Look} from './look.ts';
import {span} from './row.ts';

/** Who is the bottleneck, always 13 columns; of what does not run, nobody. */
export const badgeSpan = (process: ProcessSnapshot): Span => {
  const word = process.state.kind === 'running' ? process.badge : '';
  const urgent = process.badge === 'held' || process.badge === 'parser behind';
  return span(word.padEnd(BADGE_WIDTH), urgent ? 'attention' : 'dim');
};

export const BADGE_WIDTH = 'parser behind'.length;

/** How old what is shown may be, always 6 columns. */
export const lagSpan = (lagMs: number): Span =>
  span(timeSpan(lagMs).padStart(6), lagMs >= LATE_MS ? 'attention' : 'dim');

/** Lag beyond this wants attention. */
const LATE_MS = 1000;

/** Failures with their sign, always 8 columns. */
export const failedSpan = (process: ProcessSnapshot, look: Look): Span =>
  span(`${look.glyphs.failed} ${si(process.ledger.failures)}`, failedRole(process));

/** Red is what fails now; what failed and does no more is plain, so that an old error does not cry for ever. */
export const failedRole = ({ledger, rates}: ProcessSnapshot): Role => {
  if (ledger.failures === 0) return 'dim';
  return rates.failuresPerSec10 > 0 ? 'bad' : 'plain';
};

/** `block`, `drop-oldest`, `sample:10`: as `--overload` spells it. */
export const overloadWord = ({overload}: ProcessSnapshot): string =>
  overload.kind === 'sample' ? `sample:${overload.every}` : overload.kind;

/** A throughput curve with a little air above its highest value, so that a steady stream is no solid bar. */
export const curve = (values: readonly number[], width: number, look: Look): string => {
  const shown = width > 0 ? values.slice(-width) : [];
  return sparkline(shown, width, look.glyphs, shown.reduce((most, value) => Math.max(most, value), 0) * AIR);
};

const AIR = 1.2;
