import stringWidth from 'string-width';
import {late} from './late.ts';

/**
 * Terminal columns that a text takes: the sum over its grapheme clusters.
 *
 * @param text Sanitized and short; cost grows with its length where it isn't ASCII.
 */
export const displayWidth = (text: string): number =>
  isNarrow(text) ? text.length : prefixWithin(text, Infinity).columns;

/**
 * Cuts a text to at most `width` columns, ending in `ellipsis` where something
 * was cut off. Never splits a wide glyph or a cluster. Looks at no more than
 * about 4 × `width` code units, so the length of a hostile text doesn't matter.
 *
 * @param text Sanitized text.
 */
export const cut = (text: string, width: number, ellipsis = '…'): string => {
  if (width <= 0) {
    return '';
  }

  const head = sliceWhole(text, unitsFor(width));
  if (prefixWithin(head, width).end === text.length) {
    return text;
  }

  const ellipsisWidth = displayWidth(ellipsis);
  return ellipsisWidth > width
    ? head.slice(0, prefixWithin(head, width).end)
    : head.slice(0, prefixWithin(head, width - ellipsisWidth).end) + ellipsis;
};

/**
 * A text in exactly `width` columns: cut with `…` or padded with spaces.
 *
 * @param align Where the text stands when it is shorter.
 */
export const fit = (text: string, width: number, align: 'left' | 'right' = 'left'): string => {
  const kept = cut(text, width);
  const missing = width - displayWidth(kept);
  if (missing <= 0) {
    return kept;
  }

  // A leading mark joins the padding before it, so that it is measured with it.
  return align === 'left' ? kept + ' '.repeat(missing) : ' '.repeat(width - displayWidth(` ${kept}`) + 1) + kept;
};

/** Where a prefix ends, in code units, and how many columns it takes. */
export type Prefix = {readonly end: number; readonly columns: number};

/** The longest prefix of whole clusters that fits in so many columns. */
export const prefixWithin = (text: string, columns: number): Prefix => {
  if (isNarrow(text)) {
    const end = Math.max(0, Math.min(text.length, columns));
    return {end, columns: end};
  }

  return UNSTEADY.test(text) ? clusterPrefix(text, columns) : steadyPrefix(text, columns);
};

/** True when every code unit of the text is a printable character of one column that joins no other; also of ''. */
export const isNarrow = (text: string): boolean => !NOT_NARROW.test(text);

/** So many code units are looked at to fill so many columns. */
export const unitsFor = (width: number): number => width * 4 + 16;

/** The first `units` code units, or one less where that would split a surrogate pair. */
export const sliceWhole = (text: string, units: number): string => {
  if (text.length <= units) {
    return text;
  }

  const last = text.charCodeAt(units - 1);
  const next = text.charCodeAt(units);
  const splitsPair = last >= 0xd800 && last <= 0xdbff && next >= 0xdc00 && next <= 0xdfff;
  return text.slice(0, splitsPair ? units - 1 : units);
};

// ASCII, Latin, Greek, Cyrillic, dashes and quotes, arrows, mathematics, box drawing, blocks, geometric shapes,
// braille and the few signs we draw: one column each, and no clusters among them.
const NARROW =
  ' -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u22ff' +
  '\u23ce\u23f8\u2500-\u25fc\u25ff\u2713-\u2718\u2800-\u28ff';
// CJK punctuation, kana, common Han, Hangul syllables, full-width forms: two columns each, and no clusters among them.
const WIDE = '\u3000-\u3029\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60';
const NOT_NARROW = new RegExp(`[^${NARROW}]`, 'u');
const UNSTEADY = new RegExp(`[^${NARROW}${WIDE}]`, 'u');
const FIRST_WIDE = 0x3000;

const steadyPrefix = (text: string, columns: number): Prefix => {
  let used = 0;
  for (let i = 0; i < text.length; i += 1) {
    const next = used + (text.charCodeAt(i) < FIRST_WIDE ? 1 : 2);
    if (next > columns) {
      return {end: i, columns: used};
    }

    used = next;
  }

  return {end: text.length, columns: used};
};

// Whatever may join, with one steady character at either side. Between two steady characters there is always a border
// of clusters, so only these pieces need the segmenter, which costs about a microsecond a cluster.
const MAY_JOIN = new RegExp(
  `[${NARROW}${WIDE}]?[^${NARROW}${WIDE}](?:[^${NARROW}${WIDE}]|[${NARROW}${WIDE}](?=[^${NARROW}${WIDE}]))*` +
  `[${NARROW}${WIDE}]?`, 'gu');

const clusterPrefix = (text: string, columns: number): Prefix => {
  let end = 0;
  let used = 0;
  for (const {0: piece, index} of text.matchAll(MAY_JOIN)) {
    const steady = steadyPrefix(text.slice(end, index), columns - used);
    const joined = end + steady.end < index ? NOTHING : segmentPrefix(piece, columns - used - steady.columns);
    used += steady.columns + joined.columns;
    end += steady.end + joined.end;
    if (end < index + piece.length) {
      return {end, columns: used};
    }
  }

  const rest = steadyPrefix(text.slice(end), columns - used);
  return {end: end + rest.end, columns: used + rest.columns};
};

const NOTHING: Prefix = {end: 0, columns: 0};
// The first one of a process takes 20 ms.
const segmenter = late(() => new Intl.Segmenter('en', {granularity: 'grapheme'}));

const segmentPrefix = (text: string, columns: number): Prefix => {
  let used = 0;
  for (const {segment, index} of segmenter().segment(text)) {
    const next = used + clusterWidth(segment);
    if (next > columns) {
      return {end: index, columns: used};
    }

    used = next;
  }

  return {end: text.length, columns: used};
};

// The usual emoji, since string-width takes 6 to 20 microseconds for each.
const usualEmoji = late(
  () => /^(?:\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|\p{Regional_Indicator}{2})$/u,
);

const clusterWidth = (cluster: string): number => {
  if (isNarrow(cluster)) {
    return cluster.length;
  }

  return usualEmoji().test(cluster) ? 2 : unusualWidth(cluster);
};

// A line of one script has the same few clusters over and over.
const WIDTHS = new Map<string, number>();
const MAX_WIDTHS = 4096;
const LONGEST_CLUSTER = 16;

const unusualWidth = (cluster: string): number => {
  const known = WIDTHS.get(cluster);
  if (known !== undefined) {
    return known;
  }

  const width = stringWidth(cluster);
  if (cluster.length <= LONGEST_CLUSTER) {
    if (WIDTHS.size === MAX_WIDTHS) {
      WIDTHS.clear();
    }

    WIDTHS.set(cluster, width);
  }

  return width;
};
