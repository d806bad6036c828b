import {classOf, DIGIT, LETTER, runEnd, wordEnd} from './template-chars.ts';
import {numberToken} from './template-number.ts';
import {
  CALENDAR_TIME,
  DAY_FIRST_TIME,
  EMAIL,
  HEX_ID,
  IPV4,
  IPV6,
  MAC,
  matchEnd,
  RELATIVE_PATH,
  ROOTED_PATH,
  TIME,
  URL_TEXT,
  UUID,
} from './template-patterns.ts';

type Token = {readonly end: number; readonly mask: string};

/** The token that begins with the letter or digit at `at`: what the character behind the word can make of it. */
export const wordToken = (head: string, at: number): Token => {
  const end = wordEnd(head, at);
  for (const [pattern, mask] of COMPOUNDS[head.charAt(end)] ?? []) {
    const compoundEnd = matchEnd(pattern, head, at);
    if (compoundEnd > end) return {end: compoundEnd, mask};
  }
  return digitsMasked(head, at, end);
};

/** Month or day names, with which some times begin. */
export const isCalendarWord = (head: string, at: number, end: number): boolean =>
  end - at === 3 && head.charCodeAt(at) <= LETTER_Z && CALENDAR_WORDS.has(head.slice(at, end));

const digitsMasked = (head: string, at: number, end: number): Token => {
  if (runEnd(head, at, LETTER) === end) return {end, mask: head.slice(at, end)};
  if (runEnd(head, at, DIGIT) === end) return numberToken(head, at);
  if (matchEnd(HEX_ID, head, at) === end) return {end, mask: '<hex>'};
  const word = head.slice(at, end);
  if (isRandom(word)) return {end, mask: '<id>'};
  return classOf(head.charCodeAt(at)) === DIGIT ? numberToken(head, at) : {end, mask: word.replace(DIGITS, '<n>')};
};

/** Letters and digits that take turns so often are a key that a machine made up. */
const isRandom = (word: string): boolean => word.length >= SHORTEST_ID && RANDOM.test(word) && !DURATION.test(word);

const LETTER_Z = 0x5a;
const SHORTEST_ID = 10;
const DIGITS = /\d+/g;
const RANDOM = /^[a-zA-Z]*(?:\d+[a-zA-Z]+){2,}\d+[a-zA-Z]*$/;
const DURATION = /^(?:\d+[a-zµ]{1,2})+\d*$/;
const CALENDAR_WORDS: ReadonlySet<string> = new Set(
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun'.split(' '),
);

/** By the character behind a word: what it can be the beginning of, in the order of trying. */
const COMPOUNDS: Readonly<Record<string, readonly (readonly [pattern: RegExp, mask: string])[]>> = {
  ':': [
    [URL_TEXT, '<url>'],
    [ROOTED_PATH, '<path>'],
    [TIME, '<time>'],
    [IPV6, '<ip>'],
    [MAC, '<hex>'],
  ],
  '-': [
    [UUID, '<uuid>'],
    [TIME, '<time>'],
    [DAY_FIRST_TIME, '<time>'],
    [EMAIL, '<email>'],
    [RELATIVE_PATH, '<path>'],
  ],
  '/': [
    [TIME, '<time>'],
    [DAY_FIRST_TIME, '<time>'],
    [RELATIVE_PATH, '<path>'],
  ],
  '.': [
    [TIME, '<time>'],
    [IPV4, '<ip>'],
    [EMAIL, '<email>'],
    [RELATIVE_PATH, '<path>'],
  ],
  '+': [
    [URL_TEXT, '<url>'],
    [EMAIL, '<email>'],
  ],
  '@': [
    [EMAIL, '<email>'],
    [RELATIVE_PATH, '<path>'],
  ],
  ' ': [
    [CALENDAR_TIME, '<time>'],
    [DAY_FIRST_TIME, '<time>'],
  ],
  ',': [[CALENDAR_TIME, '<time>']],
};
