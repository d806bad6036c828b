import {colorDepth, glyphsFor} from '../text/style.ts';
import type {Glyphs, Theme} from '../text/style.ts';

/** How everything is painted: colours and signs that the terminal can show. */
export type Look = {readonly theme: Theme; readonly glyphs: Glyphs};

/** The look that an environment asks for. */
export const lookFor = (env: NodeJS.ProcessEnv, isTTY: boolean): Look => {
  const glyphs = glyphsFor(env);
  return {theme: {depth: colorDepth(env, isTTY), ellipsis: glyphs.ellipsis}, glyphs};
};
