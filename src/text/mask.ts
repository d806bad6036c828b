/**
 * Replaces secrets in a command line by `***`: the values of names that hold
 * `token`, `secret`, `password`, `key` and the like (`NAME=value`,
 * `--name value`, `--name=value`, `Name: value`), bearer tokens, and
 * credentials in URLs. Better a value too many than one too few.
 *
 * @param text A command as the user wrote it, or arguments joined by spaces.
 */
export const maskSecrets = (text: string): string =>
  text
    .replace(URL_CREDENTIALS, `$1${MASK}@`)
    .replace(AUTHORIZATION, `$1${MASK}`)
    .replace(NAMED_VALUE, (_, named: string, value: string) => named + maskValue(value))
    .replace(HEADER_VALUE, (_, named: string, value: string) => named + maskValue(value))
    .replace(FLAG_AND_VALUE, (_, named: string, value: string) => named + maskValue(value));

const MASK = '***';

const URL_CREDENTIALS = /(:\/\/)[^\s/?#'"]+@/g;
const AUTHORIZATION = /(\b(?:bearer|basic)\s+)[\w.~+/=-]{4,}/gi;

// Anchored at the start of a word, so that a long word is looked at once.
const SECRET_NAME =
  String.raw`(?<![\w.-])(?=[\w.-]*?(?:token|secret|passw|passphrase|pwd|key|credential))[\w.-]+`;
// A shell word: quoted pieces and bare characters, up to a space, `; `, `&&` or the next URL parameter.
const VALUE = String.raw`(?:"[^"]*"|'[^']*'|(?!;(?:\s|$)|&&|&[\w.%-]+=)\S)+`;
const NAMED_VALUE = new RegExp(String.raw`(${SECRET_NAME}=)(${VALUE})`, 'gi');
// Inside quotes as a rule: a header (`X-Api-Key: abc`) or JSON (`"token":"abc"`).
const HEADER_VALUE = new RegExp(String.raw`(${SECRET_NAME}(?:["']\s*:\s*|:\s+))("[^"]*"|'[^']*'|[^\s"',;}]+)`, 'gi');
const FLAG_AND_VALUE = new RegExp(String.raw`((?<!\S)(?=-)${SECRET_NAME}\s+)(?!--)(${VALUE})`, 'gi');

const maskValue = (value: string): string => {
  const quote = value[0];
  return (quote === '"' || quote === "'") && value.length > 1 && value.endsWith(quote) ? quote + MASK + quote : MASK;
};
