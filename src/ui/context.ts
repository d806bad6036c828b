import {layoutFor} from './layout.ts';
import {overlayExtent} from './overlays.ts';
import {shownProcess} from './scene.ts';
import type {Scene} from './scene.ts';
import type {UiContext} from './ui-model.ts';
import {zoomLineRows} from './zoom.ts';

/** What the reducer must know of a scene in a body of this size. */
export const contextOf = (scene: Scene, {width, height}: {width: number; height: number}): UiContext => {
  const rect = {left: 0, top: 0, width, height};
  const {state, live} = scene;
  const process = shownProcess(scene, state.focus);
  const extent = overlayExtent(scene, rect);
  return {
    snapshot: live,
    nowMs: scene.nowMs,
    wallMs: scene.wallMs,
    layout: layoutFor(live.processes.length, state.focus, width, height),
    zoomRows: process === undefined ? 1 : zoomLineRows(process, rect, scene),
    overlayEnd: extent.end,
    overlayRows: extent.rows,
  };
};
