import type {ProcessSnapshot} from '../model/snapshot.ts';
import {bannerLines} from './banner.ts';
import {chartRows} from './chart.ts';
import {errorRows} from './error-rows.ts';
import {fitParts, joinParts, row, span} from './row.ts';
import type {Part} from './row.ts';
import {shownWallMs} from './scene.ts';
import type {Scene} from './scene.ts';
import {commandParts, delayParts, failureParts, ledgerParts, levelParts, speedParts} from './zoom-facts.ts';

/** Everything that is known of one process above its lines: as much as leaves them half of the height or more. */
export const zoomHeadRows = (process: ProcessSnapshot, width: number, height: number, scene: Scene): string[] => {
  const {look} = scene;
  const banner = bannerLines(process, scene).map((spans) => row(spans, width, look));
  const errors = errorRows(process, shownWallMs(scene), width, errorRoom(process, height), look);
  const share = height >= TALL ? TALL_SHARE : SHARE;
  const room = Math.max(1, Math.floor(height * share) - banner.length - errors.length);
  return [...factRows(process, width, room, scene), ...banner, ...errors];
};

/** Of the height; the lines, which one opens a process for, have the rest. */
const SHARE = 0.4;
const TALL_SHARE = 0.5;
const TALL = 30;

/** None for a process without errors: then the rule above its lines says so. */
const errorRoom = ({groups}: ProcessSnapshot, height: number): number => {
  if (groups.length === 0 || height < 12) return 0;
  return height < TALL ? 3 : 8;
};

type Block = {readonly rank: number; readonly rows: readonly string[]};

/** The rows that fit, by importance, in their order on the screen. */
const factRows = (process: ProcessSnapshot, width: number, room: number, scene: Scene): string[] => {
  const {look} = scene;
  const facts = (parts: Part[]): string => row(joinParts(fitParts(parts, width, GAP.text.length), GAP), width, look);
  const chart = chartRows(process.spark, width, chartHeight(room), look.glyphs);
  const blocks: Block[] = [
    {rank: 5, rows: [facts(commandParts(process))]},
    {rank: 0, rows: [facts(speedParts(process))]},
    {rank: 1, rows: [facts(ledgerParts(process, width))]},
    {rank: 4, rows: [facts(delayParts(process))]},
    {rank: 3, rows: [facts(levelParts(process))]},
    {rank: 6, rows: process.ledger.failures > 0 ? [facts(failureParts(process))] : []},
    {rank: 2, rows: chart.map((text) => row([span(text, 'dim')], width, look))},
  ];
  let left = room;
  const kept = new Set<Block>();
  for (const block of blocks.toSorted((a, b) => a.rank - b.rank)) {
    if (block.rows.length > left) break;
    left -= block.rows.length;
    kept.add(block);
  }
  return blocks.filter((block) => kept.has(block)).flatMap((block) => block.rows);
};

const GAP = span('   ');

const chartHeight = (room: number): number => {
  if (room >= 11) return 4;
  return room >= 9 ? 2 : 1;
};
