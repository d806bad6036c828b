/**
 * Index behind the match of a sticky pattern that begins at `at`; -1 where there is none. Patterns see the head
 * of a line only, so what they may have to go back over is bounded.
 */
export const matchEnd = (pattern: RegExp, head: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(head) ? pattern.lastIndex : -1;
};

const HEX4 = '[0-9a-fA-F]{1,4}';
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const CLOCK = String.raw`\d\d?:\d\d:\d\d(?:[.,]\d+)?`;
const ZONE = String.raw`(?:Z|UTC|GMT| ?[+-]\d\d:?\d\d)?`;

export const URL_TEXT = /[A-Za-z][A-Za-z0-9+.-]{1,15}:\/\/[^\s"'`<>()[\]{}|\\^,;]+/y;
export const UUID = /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?!\w)/y;
export const HEX_ID = /(?:0[xX][0-9a-fA-F]+|(?=[a-fA-F]*\d)(?=\d*[a-fA-F])[0-9a-fA-F]{8,})(?!\w)/y;
export const EMAIL = /[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/y;
export const MAC = /(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}(?![\w:])/y;
export const IPV4 = /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5})?(?!\w|\.\d)/y;
export const IPV6 = new RegExp(
  `(?:(?:${HEX4}:){7}${HEX4}|(?=[a-fA-F:]*\\d)(?:${HEX4}(?::${HEX4}){0,6})?::(?:${HEX4}(?::${HEX4}){0,6})?)` +
    String.raw`(?:[.]\d{1,3}){0,3}(?:%\w+)?(?![\w:])`,
  'y',
);
/** 2024-05-01, 2024/05/01 10:00:00.123 +0200, 2024-05-01T10:00Z, 20:15:00,123 */
export const TIME = new RegExp(
  String.raw`(?:\d{4}[-/.]\d\d[-/.]\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?${ZONE})?|${CLOCK}${ZONE})(?![\w:])`,
  'y',
);
/** 10/Oct/2000:13:55:36 -0700, 02-Jan-2006 15:04:05 */
export const DAY_FIRST_TIME = new RegExp(String.raw`\d{1,2}[/ -]${MONTH}[/ -]\d{4}[: ]${CLOCK}${ZONE}(?![\w:])`, 'y');
/** Jan  2 15:04:05, Mon Jan 2 15:04:05 2006, Mon, 02 Jan 2006 15:04:05 +0100 */
export const CALENDAR_TIME = new RegExp(
  String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +)?(?:${MONTH} +\d{1,2}|\d{1,2} +${MONTH} +\d{4}) +${CLOCK}` +
    String.raw`(?: +\d{4}(?!\w)|${ZONE})(?![\w:])`,
  'y',
);
const SEGMENT = String.raw`[\w.@+~%=-]*[\w@+~%=-]`;
/** /var/log/x.log, ./x, ../x/y, ~/x, C:\x\y: two segments or a dot at least, as /health may be a route */
export const ROOTED_PATH = new RegExp(
  String.raw`(?:(?:~|\.{1,2})\/${SEGMENT}|\/${SEGMENT}\/${SEGMENT}|\/[\w-]*\.${SEGMENT}|[A-Za-z]:[\\/]${SEGMENT})` +
    String.raw`(?:[\\/]${SEGMENT})*[\\/]?`,
  'y',
);
/** src/server/app.ts: a slash and an extension */
export const RELATIVE_PATH = /[\w@.-]+(?:\/[\w.@+-]+)*\/[\w.@+-]*\.[A-Za-z]\w{0,7}(?!\w)/y;
