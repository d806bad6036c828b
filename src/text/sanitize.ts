import {dropSgr} from '../model/sgr.ts';
import {late} from './late.ts';

/**
 * The single door from data to a terminal: makes every character that could
 * steer a terminal, reorder text or hide in it visible.
 *
 * Well-formed SGR sequences (colours, bold and the like) are left out, since so
 * many programs print them; `text/ansi` is what can show them. Every other
 * sequence is shown, not obeyed.
 *
 * A tab becomes two spaces; C0 and DEL take caret form (`^[`, `^?`), C1 the
 * form `\x9b`; bidi controls, zero-width and other invisible characters, line
 * separators, noncharacters and lone surrogates the form `<U+202E>`. Variation
 * selectors stay. Of more than {@link MAX_MARKS} combining marks in a row the
 * rest becomes one `…`.
 *
 * @param text Any string, well-formed or not.
 * @returns Printable text on one line; the same string where nothing was odd.
 *   Never throws. `sanitize(sanitize(x))` equals `sanitize(x)`.
 */
export const sanitize = (text: string): string => {
  if (!NOT_PRINTABLE_ASCII.test(text)) {
    return text;
  }

  const plain = dropSgr(text);
  const visible = anyOdd().test(plain) ? plain.replace(everyOdd(), showOdd) : plain;
  return tooManyMarks().test(visible) ? mapExcessMarks(visible, (_, nth) => (nth === 1 ? '…' : '')) : visible;
};

/**
 * Escapes what {@link sanitize} would make visible, without changing what a JSON text means.
 *
 * @param json A valid JSON text.
 * @returns A JSON text on one line that parses to the same value and that
 *   `sanitize` leaves alone: odd characters are `\uXXXX`, raw whitespace
 *   between tokens is spaces. Of a text that is no JSON: one line, no more.
 */
export const escapeOddInJson = (json: string): string => {
  if (!NOT_PRINTABLE_ASCII.test(json)) {
    return json;
  }

  // A valid JSON text has C0 characters only between tokens, and the other odd ones only inside strings.
  const escaped = anyOdd().test(json) ? json.replace(everyOdd(), (odd) => (odd < ' ' ? ' ' : jsonEscape(odd))) : json;
  return tooManyMarks().test(escaped) ? mapExcessMarks(escaped, jsonEscape) : escaped;
};

/** Most combining marks shown on one base. */
export const MAX_MARKS = 4;

// Most lines are printable ASCII: this one test (about 100 ns) is all they cost.
const NOT_PRINTABLE_ASCII = /[^ -~]/;

const anyOdd = late(
  () => /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]--\p{Mark}]/v,
);
const everyOdd = late(() => new RegExp(anyOdd(), 'gv'));
const tooManyMarks = late(() => /\p{Mark}{5}/u);
const mark = late(() => /\p{Mark}/u);

// Some 6,500 code points are odd, so this is bounded; spelling one anew takes ten times as long.
const SHOWN = new Map<string, string>();

const showOdd = (odd: string): string => {
  const known = SHOWN.get(odd);
  if (known !== undefined) {
    return known;
  }

  const shown = spell(odd.codePointAt(0) ?? 0);
  SHOWN.set(odd, shown);
  return shown;
};

const spell = (code: number): string => {
  if (code === TAB) {
    return '  ';
  }

  if (code < 0x20 || code === 0x7f) {
    return `^${String.fromCharCode(code ^ 0x40)}`;
  }

  return code < 0xa0 ? `\\x${code.toString(16)}` : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
};

const TAB = 9;

const jsonEscape = (char: string): string => {
  let escaped = '';
  for (let i = 0; i < char.length; i += 1) {
    escaped += `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }

  return escaped;
};

// A loop, since a regex such as \p{Mark}{5,} overflows its backtrack stack on millions of marks.
const mapExcessMarks = (text: string, replace: (mark: string, nth: number) => string): string => {
  let result = '';
  let run = 0;
  for (const char of text) {
    run = char > '\u02ff' && mark().test(char) ? run + 1 : 0;
    result += run > MAX_MARKS ? replace(char, run - MAX_MARKS) : char;
  }

  return result;
};
