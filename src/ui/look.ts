import {colorDepth, glyphsFor, unicodeGlyphs} from '../text/style.ts';
import type {Glyphs, Theme} from '../text/style.ts';

/** How everything is painted: colours and signs that the terminal can show. */
export type Look = {readonly theme: Theme; readonly glyphs: Glyphs};

/** The look that an environment asks for. */
export const lookFor = (env: NodeJS.ProcessEnv, isTTY: boolean): Look => {
  const chosen = glyphsFor(env);
  const glyphs = chosen === unicodeGlyphs ? {...chosen, paused: PAUSED} : chosen;
  return {theme: {depth: colorDepth(env, isTTY), ellipsis: glyphs.ellipsis}, glyphs};
};

/** Two bars that every monospaced font has; terminals draw the sign for pause itself as an emoji, or not at all. */
const PAUSED = '‖';
