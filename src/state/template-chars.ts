/** What a character can begin, as far as templates care; {@link PLAIN} begins nothing. */
export const PLAIN = 0;
/** Letters and `_`. */
export const LETTER = 1;
export const DIGIT = 2;
export const QUOTE = 3;
/** `+` and `-`. */
export const SIGN = 4;
export const SPACE = 5;
/** `/`, `~` and `.`, as paths begin. */
export const SLASH = 6;
/** `:` and `@`, which make more of the word before them. */
export const JOINT = 7;

/** Class of a UTF-16 code unit; all that is not ASCII counts as a letter, and NaN (no character) as plain. */
export const classOf = (code: number): number => {
  // Looking up NaN would make the look-up of all others ten times slower.
  if (code < 128) return CLASSES[code]!;
  return code >= 128 ? LETTER : PLAIN;
};

/** A letter, digit or underscore. */
export const isWord = (code: number): boolean => {
  const kind = classOf(code);
  return kind === LETTER || kind === DIGIT;
};

/** Index behind the characters of a class that begin at `at`; `at` where none does. */
export const runEnd = (text: string, at: number, kind: number): number => {
  let end = at;
  while (classOf(text.charCodeAt(end)) === kind) end++;
  return end;
};

/** Index behind the word that begins at `at`. */
export const wordEnd = (text: string, at: number): number => {
  let end = at;
  while (isWord(text.charCodeAt(end))) end++;
  return end;
};

const classOfAscii = (char: string): number => {
  if (/[A-Za-z_]/.test(char)) return LETTER;
  if (/[0-9]/.test(char)) return DIGIT;
  if (/["'`]/.test(char)) return QUOTE;
  if (/[-+]/.test(char)) return SIGN;
  if (/\s/.test(char)) return SPACE;
  if (/[/~.]/.test(char)) return SLASH;
  return /[:@]/.test(char) ? JOINT : PLAIN;
};

const CLASSES = Uint8Array.from({length: 128}, (_, code) => classOfAscii(String.fromCharCode(code)));
