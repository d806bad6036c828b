import {late} from '../text/late.ts';
import {layoutFor} from './layout.ts';
import {overlayExtent} from './overlays.ts';
import {shownProcess} from './scene.ts';
import type {Scene} from './scene.ts';
import type {UiContext} from './ui-model.ts';
import {zoomLineRows} from './zoom.ts';

/** What the reducer must know of a scene in a body of this size. What is dear to find out is found out when asked for. */
export const contextOf = (scene: Scene, {width, height}: {width: number; height: number}): UiContext => {
  const rect = {left: 0, top: 0, width, height};
  const {state, live} = scene;
  const process = shownProcess(scene, state.focus);
  const extent = late(() => overlayExtent(scene, rect));
  const layout = late(() => layoutFor(live.processes.length, state.focus, width, height));
  const zoomRows = late(() => (process === undefined ? 1 : zoomLineRows(process, rect, scene)));
  return {
    snapshot: live,
    nowMs: scene.nowMs,
    wallMs: scene.wallMs,
    get layout() {
      return layout();
    },
    get zoomRows() {
      return zoomRows();
    },
    get overlayEnd() {
      return extent().end;
    },
    get overlayRows() {
      return extent().rows;
    },
  };
};
