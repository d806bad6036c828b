import {isWord} from './template-chars.ts';

/**
 * The quoted string that begins at `at`; null where the quote is none. A double quote that does not end in the
 * head of the line runs to its end, as in torn JSON; others then are apostrophes. Keys of JSON stay.
 */
export const quoteToken = (head: string, at: number): {end: number; mask: string} | null => {
  if (head.charCodeAt(at) !== DOUBLE) return singleQuoted(head, at);
  const close = closingQuote(head, at);
  if (close === -1) return {end: head.length, mask: '<str>'};
  const end = close + 1;
  return isKey(head, at, end) ? {end, mask: head.slice(at, end)} : {end, mask: '<str>'};
};

const closingQuote = (head: string, open: number): number => {
  for (let at = open + 1; at < head.length; at++) {
    const code = head.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === DOUBLE) return at;
  }
  return -1;
};

/** An apostrophe inside a word closes nothing. */
const singleQuoted = (head: string, at: number): {end: number; mask: string} | null => {
  const quote = head.charAt(at);
  let close = head.indexOf(quote, at + 1);
  while (close !== -1 && isWord(head.charCodeAt(close + 1))) close = head.indexOf(quote, close + 1);
  return close === -1 ? null : {end: close + 1, mask: '<str>'};
};

/** Keys are the shape of a broken JSON line, unless they look like data themselves. */
const isKey = (head: string, at: number, end: number): boolean => {
  if (end - at > LONGEST_KEY) return false;
  let next = end;
  while (head.charCodeAt(next) === BLANK) next++;
  return head.charCodeAt(next) === COLON && KEY.test(head.slice(at, end));
};

const DOUBLE = 0x22;
const BACKSLASH = 0x5c;
const BLANK = 0x20;
const COLON = 0x3a;
const KEY = /^"[A-Za-z_@.$-]+"$/;
const LONGEST_KEY = 42;
