import {asciiGlyphs, colorDepth, glyphsFor, unicodeGlyphs} from '../text/style.ts';
import type {Glyphs, Theme} from '../text/style.ts';

/** How everything is painted: colours and signs that the terminal can show. */
export type Look = {
  readonly theme: Theme;
  readonly glyphs: Glyphs;
  /** The terminal shows nothing but ASCII. */
  readonly ascii: boolean;
};

/** The look that an environment asks for. */
export const lookFor = (env: NodeJS.ProcessEnv, isTTY: boolean): Look => {
  const chosen = glyphsFor(env);
  const glyphs = chosen === unicodeGlyphs ? {...chosen, paused: PAUSED} : chosen;
  return {theme: {depth: colorDepth(env, isTTY), ellipsis: glyphs.ellipsis}, glyphs, ascii: chosen === asciiGlyphs};
};

/** Two bars that every monospaced font has; the sign for pause is an emoji to some terminals, and missing in others. */
const PAUSED = '‖';

/** A text in ASCII alone: signs of ours by their likes, what else there is by question marks. */
export const asciiOf = (text: string): string =>
  NOT_ASCII.test(text) ? text.replaceAll(EVERY_NOT_ASCII, (sign) => LIKES.get(sign) ?? '?') : text;

// oxlint-disable-next-line no-control-regex -- all of ASCII is meant
const NOT_ASCII = /[^\u0000-\u007F]/;
// oxlint-disable-next-line no-control-regex -- the same, each
const EVERY_NOT_ASCII = /[^\u0000-\u007F]/gu;

const LIKES: ReadonlyMap<string, string> = new Map([
  ['…', '~'],
  ['·', '-'],
  ['–', '-'],
  ['—', '-'],
]);

/** The label of a key: in ASCII, keys with a sign are named. */
export const keyLabel = (label: string, look: Look): string =>
  look.ascii ? label.replaceAll(/[⏎↑↓←→]/g, (sign) => KEY_NAMES.get(sign) ?? sign) : label;

const KEY_NAMES: ReadonlyMap<string, string> = new Map([
  ['⏎', 'Enter'],
  ['↑', 'Up'],
  ['↓', 'Down'],
  ['←', 'Left'],
  ['→', 'Right'],
]);
