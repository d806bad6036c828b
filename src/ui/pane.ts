import type {ProcessSnapshot} from '../model/snapshot.ts';
import {bannerLines, lastStderr} from './banner.ts';
import {countersRow, sparkRow} from './counters.ts';
import {errorRows} from './error-rows.ts';
import {drawFrame} from './frame.ts';
import {lineRows} from './line-rows.ts';
import type {Rect} from './painter.ts';
import {factParts, titleSpans} from './pane-title.ts';
import {blankRow, fitParts, joinParts, row, span, spansWidth} from './row.ts';
import {shownWallMs} from './scene.ts';
import {ruleRow} from './rule.ts';
import type {Scene} from './scene.ts';

/** A process in a box: state, counters, curve, newest lines, error groups. */
export const paneRows = (process: ProcessSnapshot, rect: Rect, scene: Scene): string[] => {
  const {look, state} = scene;
  const focused = state.focus === process.id;
  const title = titleSpans(process, scene);
  const facts = fitParts(factParts(process, scene.nowMs), rect.width - spansWidth(title) - TITLE_MARGIN, 3);
  const frame = {
    border: focused ? look.glyphs.focusBorder : look.glyphs.border,
    role: focused ? 'focus' : 'dim',
    title,
    facts: joinParts(facts, span(` ${look.glyphs.separator} `, 'dim')),
  } as const;
  const inner = rect.width - 4;
  const rows = insideRows(process, inner, rect.height - 2, scene).map((text) => ` ${text} `);
  return drawFrame(frame, rows, rect, look);
};

const TITLE_MARGIN = 10;

/** The rows within the border: the top ones in place, the errors at the bottom, lines between. */
export const insideRows = (process: ProcessSnapshot, width: number, height: number, scene: Scene): string[] => {
  const {look} = scene;
  const banner = bannerLines(process, scene).map((spans) => row(spans, width, look));
  const head = [countersRow(process, width, look), sparkRow(process, width, look), ...banner].slice(0, height);
  const errors = errorRows(process, shownWallMs(scene), width, errorRoom(height), look);
  const room = Math.max(0, height - head.length - errors.length);
  const stderr = lastStderr(process, room, Math.floor(room / 2));
  const stderrBlock =
    stderr.length === 0
      ? []
      : [ruleRow('last on stderr', '', width, look), ...lineRows(stderr, width, stderr.length, look)];
  const lines = lineRows(process.tail, width, room - stderrBlock.length, look);
  const gap = Array.from({length: Math.max(0, room - stderrBlock.length - lines.length)}, () => blankRow(width));
  return [...head, ...gap, ...lines, ...stderrBlock, ...errors].slice(0, height);
};

/** Most rows for errors in a pane of a height: a share that grows with it. */
const errorRoom = (height: number): number => ERROR_ROWS.find(([from]) => height >= from)?.[1] ?? 2;

const ERROR_ROWS = [
  [24, 7],
  [16, 5],
  [10, 4],
  [8, 3],
] as const;
