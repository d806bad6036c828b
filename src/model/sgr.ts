/** Longest parameters of a sequence, in characters; no program means longer ones. */
const MAX_PARAMETER_CHARS = 256;

/**
 * A well-formed SGR sequence, which sets colours and the like: `ESC [ parameters m`, or with the C1 form of `ESC [`.
 * Group 1 holds the parameters. For `replaceAll` and `matchAll`, which keep no place in it.
 * That these are bounded keeps the search linear and its stack small.
 */
export const SGR = new RegExp(String.raw`(?:\u001b\[|\u009b)([0-9:;]{0,${MAX_PARAMETER_CHARS}})m`, 'g');

/** Whether a text can hold SGR at all: costs next to nothing, and most texts can't. */
export const mayHoldSgr = (text: string): boolean => text.includes('\u001b') || text.includes('\u009b');

/**
 * A text without its SGR sequences. All else stays as it is, other escape sequences included.
 *
 * @returns Text in which no SGR sequence is left: what the pieces around one would join to is shown in caret form.
 */
export const dropSgr = (text: string): string => {
  if (!mayHoldSgr(text)) return text;
  const dropped = text.replaceAll(SGR, '');
  return mayHoldSgr(dropped) ? dropped.replaceAll(SGR, inCaretForm) : dropped;
};

/** As `text/sanitize` shows it. */
const inCaretForm = (sgr: string): string => (sgr.startsWith('\u001b') ? `^[${sgr.slice(1)}` : `\\x9b${sgr.slice(1)}`);
