import {errorTemplate, HEAD_CHARS} from './error-template.ts';

/** So many shapes are remembered; more at once are rare, and cost no more than without. */
const MAX_SHAPES = 4096;

/**
 * Templates of lines, of which most are of a few shapes: told by a shape that is quick to make and finer than the
 * template, so that equal shapes have equal templates.
 */
export class TemplateCache {
  readonly #templates = new Map<string, string>();

  /** As {@link errorTemplate}. */
  templateOf(text: string): string {
    const shape = shapeOf(text);
    if (shape === null) return errorTemplate(text);
    const known = this.#templates.get(shape);
    if (known !== undefined) return known;
    const template = errorTemplate(text);
    if (this.#templates.size >= MAX_SHAPES) this.#templates.clear();
    this.#templates.set(shape, template);
    return template;
  }
}

const buffer = Buffer.alloc(HEAD_CHARS);

/**
 * The head of a line with each digit as `1` and each quoted string, but for the keys of JSON, as one byte: whatever
 * these are, the template masks them alike. Null where the line has something in it that makes this untrue: quotes of
 * other kinds, colours, letters beyond ASCII.
 */
const shapeOf = (text: string): string | null => {
  const end = Math.min(text.length, HEAD_CHARS);
  let used = 0;
  let before = NONE;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? KINDS[code]! : ODD;
    if (kind === ODD) return null;
    if (kind === QUOTE && before !== WORD && before !== DIGIT) {
      const close = closeOf(text, at, end);
      if (close === -1) {
        buffer[used++] = STRING;
        break;
      }
      if (close === CONTROL_INSIDE) return null;
      if (!isBeforeColon(text, close + 1, end)) {
        buffer[used++] = STRING;
        at = close;
        before = QUOTE;
        continue;
      }
      // A key stays as it is: its quotes are taken for marks.
      for (; at < close; at++) {
        const inKey = text.charCodeAt(at);
        if (inKey >= 128 || KINDS[inKey] === ODD) return null;
        buffer[used++] = KINDS[inKey] === DIGIT ? ONE : inKey;
      }
      buffer[used++] = DOUBLE;
      before = QUOTE;
      continue;
    }
    buffer[used++] = kind === DIGIT && !isHexPrefix(text, at, code) ? ONE : code;
    before = kind;
  }
  return buffer.toString('latin1', 0, used);
};

/** Index of the quote that closes the string opened at `open`; -1 where the head has none. */
const closeOf = (text: string, open: number, end: number): number => {
  let isEscaped = false;
  for (let at = open + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === ESCAPE || code === C1_ESCAPE) return CONTROL_INSIDE;
    if (code === DOUBLE && !isEscaped) return at;
    isEscaped = code === BACKSLASH && !isEscaped;
  }
  return -1;
};

const isBeforeColon = (text: string, at: number, end: number): boolean => {
  let next = at;
  while (next < end && text.charCodeAt(next) === BLANK) next++;
  return next < end && text.charCodeAt(next) === COLON;
};

/** Of all digits, only this one makes a difference: `0x1f` is hexadecimal. */
const isHexPrefix = (text: string, at: number, code: number): boolean =>
  code === ZERO && (text.charCodeAt(at + 1) | 0x20) === LETTER_X;

const NONE = 0;
const WORD = 1;
const DIGIT = 2;
const QUOTE = 3;
const ODD = 4;

const DOUBLE = 0x22;
const BLANK = 0x20;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const ESCAPE = 0x1b;
const C1_ESCAPE = 0x9b;
const ZERO = 0x30;
const ONE = 0x31;
const LETTER_X = 0x78;
/** What stands for a string; no line that is taken has this control character. */
const STRING = 1;
const CONTROL_INSIDE = -2;

const kindOf = (char: string): number => {
  if (/[A-Za-z_]/.test(char)) return WORD;
  if (/\d/.test(char)) return DIGIT;
  if (char === '"') return QUOTE;
  // oxlint-disable-next-line no-control-regex -- tabs and such are spaces; other control characters are odd
  return /['`\u0000-\u0008\u000e-\u001f]/.test(char) ? ODD : NONE;
};

const KINDS = Uint8Array.from({length: 128}, (_, code) => kindOf(String.fromCharCode(code)));
