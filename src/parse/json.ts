import {MAX_DEPTH} from '../model/verdict.ts';
import type {Verdict} from '../model/verdict.ts';
import {nestingDepth} from './depth.ts';

/**
 * Judges one line as JSON: an object is a record, all else a failure.
 *
 * @param text One line without its newline.
 * @returns `invalid-json` where `JSON.parse` would throw, `too-deep` for a value nested beyond
 *   `MAX_DEPTH`, `not-an-object` for any other value that is no object. Never throws.
 */
export const judgeJson = (text: string): Verdict => {
  const start = skipSpaces(text);
  const end = dropSpaces(text, start);
  return judgeByEnds(text, start, end) ?? judgeByParsing(text, text.charCodeAt(start));
};

/** Longest message of a refused line, in UTF-16 code units. */
export const MAX_PARSE_MESSAGE_CHARS = 200;

/**
 * What is certain without parsing; null when only the parser knows. An exception costs ten times as much as a
 * record, so lines of text between JSON lines should be told by their ends.
 */
const judgeByEnds = (text: string, start: number, end: number): Verdict | null => {
  if (start === end) return EMPTY;
  const first = text.charCodeAt(start);
  const last = text.charCodeAt(end - 1);
  switch (first) {
    case OPEN_BRACE:
      if (last !== CLOSE_BRACE) return UNCLOSED.object;
      return startsObject(text, start + 1) ? null : NO_KEY;
    case OPEN_BRACKET:
      return last === CLOSE_BRACKET ? null : UNCLOSED.array;
    case QUOTE:
      return last === QUOTE ? null : UNCLOSED.string;
    default:
      return judgeScalar(text, first, start, end);
  }
};

const judgeByParsing = (text: string, first: number): Verdict => {
  try {
    const value = JSON.parse(text);
    if (text.length >= SHORTEST_TOO_DEEP && isTooDeep(text)) return TOO_DEEP;
    if (first === OPEN_BRACE) return {kind: 'record', value};
    return first === OPEN_BRACKET ? NOT_AN_OBJECT.array : NOT_AN_OBJECT.string;
  } catch (error) {
    return refuse(withoutEcho(error));
  }
};

/** What follows the opening brace of every JSON object: a key's quote or the closing brace. */
const startsObject = (text: string, from: number): boolean => {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  const code = text.charCodeAt(at);
  return code === QUOTE || code === CLOSE_BRACE;
};

/** Numbers and the three words have a grammar so small that no parser is needed. */
const judgeScalar = (text: string, first: number, start: number, end: number): Verdict => {
  if (first === MINUS || (first >= DIGIT_0 && first <= DIGIT_9)) {
    return NUMBER.test(text) ? NOT_AN_OBJECT.number : NO_VALUE;
  }
  if (end - start > 5) return NO_VALUE;
  const word = text.slice(start, end);
  if (word === 'true' || word === 'false') return NOT_AN_OBJECT.boolean;
  return word === 'null' ? NOT_AN_OBJECT.null : NO_VALUE;
};

const skipSpaces = (text: string): number => {
  let at = 0;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
};

const dropSpaces = (text: string, start: number): number => {
  let end = text.length;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
};

/** JSON's white space only; a no-break space or a form feed is none. */
const isSpace = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;

/** Most long lines hold few brackets, and counting those natively spares the walk through the text. */
const isTooDeep = (text: string): boolean => hasBrackets(text, MAX_DEPTH + 1) && nestingDepth(text) > MAX_DEPTH;

const hasBrackets = (text: string, enough: number): boolean => {
  let found = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      if (++found >= enough) return true;
    }
  }
  return false;
};

/** The engine's message without the piece of the input it quotes: that is the sample's job. */
const withoutEcho = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .slice(0, MAX_PARSE_MESSAGE_CHARS)
    .replace(/, (?:\.\.\.)?"[^]*$/, '')
    .replace(/ \(line \d+ column \d+\)$/, '');
};

const refuse = (message: string): Verdict => ({kind: 'failure', failure: 'invalid-json', message});
const notAnObject = (what: string): Verdict =>
  ({kind: 'failure', failure: 'not-an-object', message: `JSON, but ${what} instead of an object`});

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const QUOTE = 0x22;
const MINUS = 0x2d;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const NUMBER = /^[ \t\r\n]*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?[ \t\r\n]*$/;

/** One bracket too many needs so many characters at least. */
const SHORTEST_TOO_DEEP = 2 * (MAX_DEPTH + 1);

const EMPTY = refuse('Unexpected end of JSON input');
const NO_VALUE = refuse('does not start as JSON does');
const NO_KEY = refuse("Expected property name or '}' in JSON");
const UNCLOSED = {
  object: refuse('starts as a JSON object does, but does not end in }'),
  array: refuse('starts as a JSON array does, but does not end in ]'),
  string: refuse('starts as a JSON string does, but does not end in "'),
};
const TOO_DEEP: Verdict = {kind: 'failure', failure: 'too-deep', message: `nested deeper than ${MAX_DEPTH} levels`};
const NOT_AN_OBJECT = {
  array: notAnObject('an array'),
  string: notAnObject('a string'),
  number: notAnObject('a number'),
  boolean: notAnObject('a boolean'),
  null: notAnObject('null'),
};
