/**
 * Code points that no output may hold, written out by number, independently of the code under test: controls, bidi,
 * invisible and zero-width ones, tags, surrogates.
 */
export const FORBIDDEN_RANGES: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x1f], [0x7f, 0x9f], [0xad, 0xad], [0x061c, 0x061c], [0x115f, 0x1160], [0x180e, 0x180e], [0x200b, 0x200f],
  [0x2028, 0x202e], [0x2060, 0x206f], [0x3164, 0x3164], [0xd800, 0xdfff], [0xfeff, 0xfeff], [0xffa0, 0xffa0],
  [0xfff9, 0xfffb], [0xe0000, 0xe007f],
];

/** The forbidden characters in a text. */
export const forbiddenIn = (text: string): string[] =>
  Array.from(text).filter((char) => {
    const code = char.codePointAt(0) ?? 0;
    return FORBIDDEN_RANGES.some(([from, to]) => code >= from && code <= to);
  });

/** The SGR sequences of a text that are of our own form; what is left when they are gone holds no escape. */
export const withoutOwnSgr = (text: string): string => text.replaceAll(OWN_SGR, '');

const OWN_SGR = new RegExp(String.raw`\u{1b}\[[0-9]+(?:;[0-9]+)*m`, 'gu');
