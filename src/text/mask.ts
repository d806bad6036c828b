/**
 * Replaces secrets in a command line by `***`: the values of names that hold
 * `token`, `secret`, `password`, `key` and the like (`NAME=value`,
 * `--name value`, `--name=value`, `Name: value`, JSON), credentials in URLs and
 * headers, `-u user:password`, and what `mysql -p` and `sshpass -p` are given.
 * Better a value too many than one too few.
 *
 * @param text A command as the user wrote it, or arguments quoted for a shell and joined by spaces.
 * @returns At most some {@link MAX_COMMAND_CHARS}: what goes on behind them is left out, and how much is said.
 */
export const maskSecrets = (text: string): string => {
  const shown = text.length > MAX_COMMAND_CHARS ? wholeWords(text.slice(0, MAX_COMMAND_CHARS)) : text;
  const hidden = RULES.reduce(
    (line, [pattern, replacement]) => line.replaceAll(pattern, replacement),
    shown.replaceAll(HIDDEN, '\ufffd'),
  );
  const masked = hidden.replaceAll(HIDDEN, MASK);
  return shown === text ? masked : `${masked}… (${text.length - shown.length} characters more)`;
};

/** No one reads a longer command, and some of the patterns would take their time for megabytes. */
export const MAX_COMMAND_CHARS = 16 * 1024;

/** Without the word that is cut in two: its end may be what shows that it holds a secret. */
const wholeWords = (head: string): string => /^.*\s/s.exec(head)?.[0] ?? '';

const MASK = '***';
/** Stands for the mask meanwhile, so that no rule takes it for a value. */
const HIDDEN = '\uffff';

/** Anchored at the start of a word, so that a long word is looked at once. */
const SECRET_NAME = String.raw`(?<![\w.-])(?=[\w.-]*?(?:token|secret|passw|passphrase|passin|pass(?![a-z])|pwd|key|` +
  String.raw`credential|auth(?![a-z])))[\w.-]+`;
/** Quotes that nothing closes go on to the end. */
const DOUBLE = String.raw`"(?:[^"\\]|\\[^])*(?:"|$)`;
const SINGLE = `'[^']*(?:'|$)`;
const QUOTED = `${DOUBLE}|${SINGLE}`;
/** A shell word: quoted pieces and bare characters, up to a space, `; `, `&&` or the next URL parameter. */
const VALUE = String.raw`(?!\uffff)(?:${QUOTED}|\\[^]|(?!;(?:\s|$)|&&|&[\w.%-]+=)[^\s\\])+`;
/** What may follow the quote that ends a piece of a shell word. */
const REST = String.raw`(?:${QUOTED}|\\[^]|[^\s;&|)\\"'])*`;

type Rule = readonly [pattern: RegExp, replacement: (match: string, ...groups: string[]) => string];

const kept = (_: string, before = ''): string => before + HIDDEN;
const keptWithQuotes = (_: string, before = '', value = ''): string => before + maskValue(value);

const maskValue = (value: string): string => {
  const quote = value[0];
  return (quote === '"' || quote === "'") && value.length > 1 && value.endsWith(quote) ? quote + HIDDEN + quote : HIDDEN;
};

const RULES: readonly Rule[] = [
  // sshpass -p password
  [new RegExp(String.raw`(\bsshpass\s+-p\s*)(${VALUE})`, 'g'), keptWithQuotes],
  // mysql -ppassword
  [new RegExp(String.raw`(\b(?:mysql|mariadb)\w*\b[^;&|]{0,256}?\s-p)(?=\S)(${VALUE})`, 'g'), keptWithQuotes],
  // postgres://user:password@host
  [/(:\/\/)[^\s/?#'"]+@/g, (_, before = '') => `${before}${HIDDEN}@`],
  // Authorization: Bearer abc, Authorization: abc
  [/(\bauthorization\\?["']?\s*[:=]\s*\\?["']?(?:[\w-]+\s+(?=[^\s"']))?)[^\s"'\\]+/gi, kept],
  [/(\b(?:bearer|basic)\s+)[\w.~+/=-]{4,}/gi, kept],
  // Cookie: a=b; c=d, --cookie a=b
  [/(\bcookies?(?::\s*|[ =](?=["']?[\w.-]+=)["']?))[^"'\r\n]+/gi, kept],
  // '--password=two words', "X-Api-Key: two words"
  [new RegExp(`'(${SECRET_NAME}(?:=|:\\s*))[^']*(?:'|$)${REST}`, 'gi'), (_, before = '') => `'${before}${HIDDEN}'`],
  [new RegExp(String.raw`"(${SECRET_NAME}(?:=|:\s*))(?:[^"\\]|\\[^])*(?:"|$)${REST}`, 'gi'),
    (_, before = '') => `"${before}${HIDDEN}"`],
  // TOKEN=abc, --token=abc
  [new RegExp(`(${SECRET_NAME}=)(${VALUE})`, 'gi'), keptWithQuotes],
  // {\"token\":\"abc\"}
  [new RegExp(String.raw`(${SECRET_NAME}\\["']\s*:\s*\\["'])(?:[^"'\\]|\\[^"'])*`, 'gi'), kept],
  // {"token":"abc"}, X-Api-Key: abc
  [new RegExp(String.raw`(${SECRET_NAME}(?:["']\s*:\s*|:\s+))(?!\uffff)(${QUOTED}|[^\s"',;}]+)`, 'gi'), keptWithQuotes],
  // --token abc
  [new RegExp(String.raw`((?<!\S)(?=-)${SECRET_NAME}\s+)(?!--)(${VALUE})`, 'gi'), keptWithQuotes],
  // curl -u user:password, but not docker run -u 1000:1000
  [/((?<!\S)(?:-[uU]|--(?:proxy-)?user)[\s=]*["']?(?!\d+:\d+(?!\S))[^\s:"']+:)[^\s"']+/g, kept],
];
