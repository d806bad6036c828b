import {classOf, DIGIT, isWord, JOINT, LETTER, PLAIN, QUOTE, runEnd, SIGN, SLASH, SPACE} from './template-chars.ts';
import {numberToken} from './template-number.ts';
import {IPV4, IPV6, matchEnd, ROOTED_PATH} from './template-patterns.ts';
import {quoteToken} from './template-quote.ts';
import {isCalendarWord, wordToken} from './template-word.ts';

/** A stretch of a line and what stands for it in the template: a mask, or itself. */
export type Token = {readonly end: number; readonly mask: string};

/**
 * Skips one piece of what most lines consist of: marks, single spaces, words of letters alone.
 *
 * @returns The index behind it; `at` where {@link tokenAt} has to look.
 */
export const plainEnd = (head: string, at: number): number => {
  const code = head.charCodeAt(at);
  switch (classOf(code)) {
    case PLAIN:
      return at + 1;
    case SPACE:
      return code === BLANK && classOf(head.charCodeAt(at + 1)) !== SPACE ? at + 1 : at;
    case LETTER: {
      const end = runEnd(head, at, LETTER);
      const next = classOf(head.charCodeAt(end));
      return (next === SPACE || next === PLAIN) && !isCalendarWord(head, at, end) ? end : at;
    }
    default:
      return at;
  }
};

/** The token that begins at `at`, one character long at least. */
export const tokenAt = (head: string, at: number): Token => maskedAt(head, at) ?? {end: at + 1, mask: head.charAt(at)};

const maskedAt = (head: string, at: number): Token | null => {
  const isInWord = at > 0 && isWord(head.charCodeAt(at - 1));
  switch (classOf(head.charCodeAt(at))) {
    case LETTER:
    case DIGIT:
      return wordToken(head, at);
    case SPACE:
      return {end: runEnd(head, at, SPACE), mask: ' '};
    case QUOTE:
      return isInWord ? null : quoteToken(head, at);
    case SIGN:
      return isSign(head, at) ? numberToken(head, at + 1) : null;
    case SLASH:
      return isInWord ? null : pathToken(head, at);
    case JOINT:
      return isInWord ? null : masked(matchEnd(IPV6, head, at), '<ip>');
    default:
      return null;
  }
};

const masked = (end: number, mask: string): Token | null => (end === -1 ? null : {end, mask});

/** Java prints addresses behind a slash: /10.0.0.7:50010 */
const pathToken = (head: string, at: number): Token | null =>
  matchEnd(IPV4, head, at + 1) === -1 ? masked(matchEnd(ROOTED_PATH, head, at), '<path>') : null;

/** A sign belongs to its number behind a space, `_` or a mark, but not between `db` and `2` or two numbers. */
const isSign = (head: string, at: number): boolean => {
  if (classOf(head.charCodeAt(at + 1)) !== DIGIT) return false;
  const before = at === 0 ? NaN : head.charCodeAt(at - 1);
  return before === UNDERSCORE || !isWord(before);
};

const BLANK = 0x20;
const UNDERSCORE = 0x5f;
