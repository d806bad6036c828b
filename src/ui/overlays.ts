import {errorsContent} from './errors-overlay.ts';
import {HELP_WIDTH, helpContent} from './help.ts';
import {inspectorContent} from './inspector.ts';
import {boxIn, innerHeight, innerWidth} from './overlay-box.ts';
import type {OverlayContent} from './overlay-box.ts';
import {listedGroups, selectedGroup} from './overlay-state.ts';
import type {Rect} from './painter.ts';
import {quitBox, quitContent} from './quit-box.ts';
import {shownProcess, shownWallMs} from './scene.ts';
import type {Scene} from './scene.ts';

/** An overlay and where it stands. */
export type OverlayView = {readonly box: Rect; readonly content: OverlayContent};

/** The open overlay; null when none is. */
export const overlayView = (scene: Scene, body: Rect): OverlayView | null => {
  const {overlay} = scene.state;
  switch (overlay?.kind) {
    case undefined:
      return null;
    case 'help': {
      const box = boxIn(body, HELP_WIDTH, body.height);
      const content = helpContent(innerWidth(box), overlay.top, scene.look);
      return {box: boxIn(body, HELP_WIDTH, content.rows.length + 2), content};
    }
    case 'errors':
      return errorsView(scene, overlay.groups !== null, overlay.selected, body);
    case 'inspector': {
      // Of one height for all lines, so that it stands still while one goes from line to line.
      const box = boxIn(body, WIDE, Math.max(MIN_HEIGHT * 2, Math.floor(body.height * INSPECTOR_SHARE)));
      return {box, content: inspectorContent(overlay, innerWidth(box), innerHeight(box), scene.look)};
    }
  }
};

/** Wide enough for records, narrow enough to read. */
const WIDE = 140;
const MIN_HEIGHT = 10;
const INSPECTOR_SHARE = 0.7;

const errorsView = (scene: Scene, complete: boolean, selected: string | null, body: Rect): OverlayView | null => {
  const process = shownProcess(scene, scene.state.focus);
  if (process === undefined) return null;
  const groups = listedGroups(scene.state, {snapshot: scene.live});
  const box = boxIn(body, WIDE, Math.max(MIN_HEIGHT * 2, body.height - 4));
  const view = {process, groups, selected: selectedGroup(groups, selected), complete, wallMs: shownWallMs(scene)};
  return {box, content: errorsContent(view, innerWidth(box), innerHeight(box), scene.look)};
};

/** The question whether to quit; null when it is not asked. */
export const quitView = (scene: Scene, body: Rect): OverlayView | null => {
  if (!scene.state.asksQuit) return null;
  const {width, height} = quitBox(scene.live);
  const box = boxIn(body, width, height);
  return {box, content: quitContent(scene.live, innerWidth(box), scene.look)};
};

/** How far the open overlay can scroll, and how many rows it shows. */
export const overlayExtent = (scene: Scene, body: Rect): {end: number; rows: number} => {
  const view = overlayView(scene, body);
  if (view === null) return {end: 0, rows: 0};
  const rows = innerHeight(view.box);
  return {end: Math.max(0, view.content.rows.length - rows), rows};
};
