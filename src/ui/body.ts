import type {ProcessSnapshot} from '../model/snapshot.ts';
import {compactRows} from './compact-pane.ts';
import {layoutFor} from './layout.ts';
import type {Layout} from './layout.ts';
import {briefRows, listRows} from './list.ts';
import {noticeRow} from './notice.ts';
import {overlaid} from './overlay-box.ts';
import {overlayView, quitView} from './overlays.ts';
import type {Rect} from './painter.ts';
import {paneRows} from './pane.ts';
import {blankRow} from './row.ts';
import {shownProcess, shownProcesses} from './scene.ts';
import type {Scene} from './scene.ts';
import {tooSmallRows} from './too-small.ts';
import {zoomRows} from './zoom.ts';

/** Everything between header and footer: `height` rows of exactly `width` columns. */
export const bodyRows = (scene: Scene, width: number, height: number): string[] => {
  const {state, live} = scene;
  const rect = {left: 0, top: 0, width, height};
  const layout = layoutFor(live.processes.length, state.focus, width, height);
  if (layout.kind === 'too-small') return tooSmallRows(width, height, scene.look);
  const focused = shownProcess(scene, state.focus);
  const zoomed = state.zoom !== null && focused !== undefined;
  const rows = zoomed ? zoomRows(focused, rect, scene) : processRows(layout, rect, scene);
  return withOverlays(withNotice(rows, scene, width), scene, rect);
};

/** A notice covers the last row for a while, so that nothing moves when it comes and goes. */
const withNotice = (rows: string[], scene: Scene, width: number): string[] => {
  const notice = noticeRow(scene, width);
  return notice === null ? rows : [...rows.slice(0, -1), notice];
};

const withOverlays = (rows: string[], scene: Scene, rect: Rect): string[] => {
  const {look} = scene;
  const overlay = overlayView(scene, rect);
  const covered = overlay === null ? rows : overlaid(rows, overlay.content, overlay.box, look);
  const quit = quitView(scene, rect);
  return quit === null ? covered : overlaid(covered, quit.content, quit.box, look);
};

const processRows = (layout: Exclude<Layout, {kind: 'too-small'}>, rect: Rect, scene: Scene): string[] => {
  const processes = shownProcesses(scene);
  switch (layout.kind) {
    case 'panes':
      return sideBySide(processes, layout.rects, rect, (process, at) => paneRows(process, at, scene));
    case 'compact':
      return sideBySide(processes, layout.rects, rect, (process, at) => compactRows(process, at, scene));
    case 'list':
      return listWithFocused(processes, layout, rect, scene);
  }
};

const listWithFocused = (
  processes: readonly ProcessSnapshot[],
  {list, pane, brief}: Extract<Layout, {kind: 'list'}>,
  rect: Rect,
  scene: Scene,
): string[] => {
  const focused = processes[scene.state.focus];
  const blocks: Block[] = [{rect: list, rows: listRows(processes, list, scene)}];
  if (pane !== null && focused !== undefined) blocks.push({rect: pane, rows: paneRows(focused, pane, scene)});
  if (brief !== null && focused !== undefined) blocks.push({rect: brief, rows: briefRows(focused, brief, scene)});
  return join(blocks, rect);
};

const sideBySide = (
  processes: readonly ProcessSnapshot[],
  rects: readonly Rect[],
  body: Rect,
  draw: (process: ProcessSnapshot, rect: Rect) => string[],
): string[] =>
  join(
    processes.flatMap((process, i) => {
      const rect = rects[i];
      return rect === undefined ? [] : [{rect, rows: draw(process, rect)}];
    }),
    body,
  );

type Block = {readonly rect: Rect; readonly rows: readonly string[]};

/** Puts blocks that fill the body side by side, row by row. */
const join = (blocks: readonly Block[], body: Rect): string[] =>
  Array.from({length: body.height}, (_, y) => {
    let column = 0;
    let text = '';
    for (const {rect, rows} of blocks) {
      if (y < rect.top || y >= rect.top + rect.height) continue;
      text += blankRow(rect.left - column) + (rows[y - rect.top] ?? blankRow(rect.width));
      column = rect.left + rect.width;
    }
    return text + blankRow(body.width - column);
  });
