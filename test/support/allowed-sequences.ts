/**
 * The control sequences that may reach a terminal, each whole. Nothing else
 * that begins with ESC, and no other control character, is ever ours.
 */
const ALLOWED: readonly RegExp[] = [
  // Colours and weight.
  /\[[\d;]*m/,
  // To a cell; to a column; over so many cells that stay; blank so many.
  /\[\d+;\d+H/,
  /\[\d+G/,
  /\[\d+C/,
  /\[\d+X/,
  // Save and restore the cursor, around a frame.
  /[78]/,
  // Alternate screen, cursor, wrapping, bracketed paste, synchronized output.
  /\[\?(?:1049|25|7|2004|2026)[hl]/,
  // Ink's frames: up, to the line's start, erase lines and what is below, home.
  /\[\d*A/,
  /\[\d*B/,
  /\[\d*E/,
  /\[G/,
  /\[H/,
  /\[[0-2]?[JK]/,
];
const ONE = new RegExp(`\\u001B(?:${ALLOWED.map(({source}) => source).join('|')})`, 'g');
// oxlint-disable-next-line no-control-regex -- those it looks for
const CONTROL = /[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F]/;

/**
 * Finds the first control character in what a screen has written that belongs
 * to no allowed sequence.
 *
 * @returns It with what stands around it, escaped; null when all is well.
 */
export const forbiddenSequence = (raw: string): string | null => {
  const rest = raw.replaceAll(ONE, '');
  const at = rest.search(CONTROL);
  return at < 0 ? null : JSON.stringify(rest.slice(Math.max(0, at - AROUND), at + AROUND));
};

const AROUND = 30;
