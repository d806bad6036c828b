import {MAX_TEMPLATE_CHARS} from '../model/tally.ts';

/**
 * The shape of a line: what varies from one occurrence to the next is masked, so that lines of one shape
 * make one error group.
 *
 * `<str> <uuid> <hex> <ip> <url> <path> <email> <time> <n>` stand for quoted strings, ids, addresses, files,
 * times and numbers with their units; runs of white space become one space.
 *
 * @param text The line or message; only its first {@link HEAD_CHARS} are looked at, so any input is cheap.
 * @returns At most `MAX_TEMPLATE_CHARS` long; empty for an empty text.
 */
export const errorTemplate = (text: string): string => {
  const head = withoutEscapes(text).slice(0, HEAD_CHARS);
  let template = '';
  let at = 0;
  while (at < head.length && template.length < MAX_TEMPLATE_CHARS) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(head);
    if (token === null) break;
    template += head.slice(at, token.index) + maskOf(token.groups as Groups, token[0]);
    at = token.index + token[0].length;
  }
  return (template + head.slice(at)).replace(/\s+/g, ' ').trim().slice(0, MAX_TEMPLATE_CHARS);
};

/** How much of a line makes its template, in UTF-16 code units. */
export const HEAD_CHARS = 256;

type Groups = Readonly<Record<string, string | undefined>>;

const withoutEscapes = (text: string): string => text.slice(0, 2 * HEAD_CHARS).replace(ESCAPES, '');

const maskOf = (groups: Groups, token: string): string => {
  for (const name of MASKS) {
    if (groups[name] !== undefined) return `<${name}>`;
  }
  return token;
};

// oxlint-disable-next-line no-control-regex -- colours are what we want to strip
const ESCAPES = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;
const MASKS = ['str', 'url', 'uuid', 'time', 'ip', 'email', 'path', 'hex', 'n'];
const TOKEN = new RegExp(
  [
    `(?<key>"[A-Za-z_@.$-]{1,40}"(?=\\s*:))`,
    `(?<str>(?<!\\w)(?:"(?:[^"\\\\]|\\\\.)*(?:"|\\\\?$)|'[^']*'(?!\\w)|\`[^\`]*\`))`,
    `(?<url>\\b[a-z][a-z0-9+.-]{1,15}://[^\\s"'<>()]+)`,
    `(?<uuid>\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b)`,
    `(?<time>\\b\\d{4}[-/]\\d\\d[-/]\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d)?(?:[.,]\\d+)?(?:Z| ?[+-]\\d\\d:?\\d\\d)?)?(?!\\w)` +
      `|\\b\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?(?!\\w))`,
    `(?<ip>\\b\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(?::\\d{1,5})?(?![\\w.])` +
      `|(?<![\\w:])\\[?(?:[0-9a-fA-F]{1,4}:){2,7}(?::?[0-9a-fA-F]{1,4}){0,7}\\]?(?::\\d{1,5})?(?![\\w:]))`,
    `(?<email>\\b[\\w.+-]{1,64}@[\\w-]+\\.[\\w.-]*\\w)`,
    `(?<path>(?<![\\w/.])(?:[A-Za-z]:[\\\\/]|~?/|\\.{1,2}/)[\\w.@+~-]+(?:[\\\\/][\\w.@+~-]+)*)`,
    `(?<hex>\\b0[xX][0-9a-fA-F]+\\b|\\b(?=[a-fA-F]*\\d)(?=\\d*[a-fA-F])[0-9a-fA-F]{8,}\\b)`,
    `(?<n>(?<![A-Za-z0-9])[-+]?\\d+(?:[.,]\\d+)*(?:(?:[numµ]?s|[mhd]|min|[kKMGTP]?i?[bB]|[kKMG])\\b|%)?|\\d+)`,
  ].join('|'),
  'g',
);
