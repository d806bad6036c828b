/** Makes one piece of a line from a stretch of random numbers. */
export type Maker = (random: Random) => string;

/** Whole numbers from 0 up to, not including, `below`. */
export type Random = (below: number) => number;

/** The same numbers for the same seed (xorshift). */
export const seeded = (seed: number): Random => {
  let state = (seed * 2_654_435_769 + 0x9e37_79b9) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
};

export const pick = <T>(random: Random, list: readonly T[]): T => {
  const item = list[random(list.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const ESC = '\u001b';
const ST = `${ESC}\\`;
const BEL = '\u0007';
/** Ends of control strings; without one, a terminal takes all that follows for a part of it. */
const ENDS = [ST, BEL, '\u009c', ''] as const;

/** A C0 control but for the newline, which would end the line, or DEL. */
const control: Maker = (random) => String.fromCharCode(pick(random, CONTROLS));
const CONTROLS = [...Array.from({length: 32}, (_, code) => code).filter((code) => code !== 10), 127];

/** A C1 control, as UTF-8 has it: two bytes. */
const c1: Maker = (random) => String.fromCharCode(0x80 + random(32));

const osc: Maker = (random) => `${pick(random, [`${ESC}]`, '\u009d'])}${pick(random, OSC_BODIES)}${pick(random, ENDS)}`;
const OSC_BODIES = [
  '0;owned', '2;owned', '8;;https://example.invalid/', '8;id=1;file:///etc/passwd', '52;c;cm0gLXJmIH4=', '52;c;?',
  '4;1;?', '10;?', '11;#000000', '104', '777;notify;owned;now', '9;owned', '1337;File=inline=1:QUFB', '133;A', '7;file:///',
];

const controlString: Maker = (random) => {
  const [start, body] = pick(random, CONTROL_STRINGS);
  return `${start}${body}${pick(random, ENDS)}`;
};
const CONTROL_STRINGS = [
  [`${ESC}P`, '$q"p'], [`${ESC}P`, '+q544e'], [`${ESC}P`, 'q#0;2;0;0;0#0~~@@vv'], ['\u0090', '1000p'],
  [`${ESC}_`, 'Gf=100;AAAA'], ['\u009f', 'Gq=1'], [`${ESC}^`, 'private'], ['\u009e', 'private'], [`${ESC}X`, 'string'],
  ['\u0098', 'string'],
] as const;

const csi: Maker = (random) => `${pick(random, [`${ESC}[`, '\u009b'])}${pick(random, CSI_BODIES)}`;
const CSI_BODIES = [
  '2J', '3J', 'H', '1;1H', '999;999H', '5A', '999B', '99C', '99D', '4G', '2K', 'X', '10X', '10P', '10@', '10L', '10M',
  '5;10r', 's', 'u', 'c', '>c', '=c', '5n', '6n', '?6n', '21t', '8;1;1t', '?1049h', '?1049l', '?2026h', '?25l', '?25h',
  '?1000h', '?1003h', '?1006h', '?2004h', '?7l', '?5h', '?47h', '2h', '4h', '20h', '!p', '"q', '1 q', '1000000b',
  '2147483648b', '99999999999999999999A', ';;;;;;;;H', '?h', '38;5m;', '>4;2m', '?4m', '1 m', '', '3', '31', `3${BEL}1m`,
  `${'9;'.repeat(500)}m`, '3;J', '>1u', '?u', '=1;1u', "'z", '1$}',
];

const escape: Maker = (random) => `${ESC}${pick(random, ESCAPES)}`;
const ESCAPES = ['c', '7', '8', 'D', 'E', 'H', 'M', 'N', 'O', 'Z', '=', '>', '(0', '(B', ')0', '#8', '%G', '%@', ' F', '|', '', 'n', 'o'];

const sgr: Maker = (random) => `${pick(random, [`${ESC}[`, `${ESC}[`, '\u009b'])}${pick(random, SGR_BODIES)}m`;
const SGR_BODIES = [
  '', '0', '1', '2', '4', '4:3', '5', '7', '8', '9', '22', '30', '31', '37', '39', '40', '41', '47', '49', '90', '97', '100',
  '107', '30;40', '31;41', '37;47', '38;5;16', '48;5;231', '38;2;1;2;3', '38:2::255:0:0', '48;2;0;0;0', '58;5;1', '38',
  '38;2', '38;5;999', '99999999999', ';;;', '1;;31', '0;1;2;3;4;5;6;7;8;9',
];

/** What reorders text or hides in it. */
const invisible: Maker = (random) => pick(random, INVISIBLES);
const INVISIBLES = [
  '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069', '\u200e', '\u200f', '\u061c',
  '\u200b', '\u200c', '\u200d', '\u2060', '\u2061', '\ufeff', '\u00ad', '\u180e', '\u2028', '\u2029', '\u115f', '\u3164',
  '\uffa0', '\ufff9', '\ufffb', '\u{e0001}', '\u{e0041}', '\u{e007f}', '\uffff', '\ufdd0', '\u034f',
];

/** What is wider, narrower or taller than one thinks, or joins what stands beside it. */
const odd: Maker = (random) => pick(random, ODD);
const ODD = [
  `e${'\u0301\u0323\u0334'.repeat(20)}`, '\u0301\u0301', '👩\u200d👩\u200d👧\u200d👦', '🏳\ufe0f\u200d🌈', '👍🏽', '🇩🇪', '🇩', '1\ufe0f\u20e3',
  '❤\ufe0f', '☺', '漢字', 'ﾊﾝｶｸ', '각', '\u1100\u1161\u11a8', 'क्षि', 'ที่', '\u0e33', 'עברית', 'العربية', '﷽', '𒐫', '𝒳', '\u{1f9ff}', '\u3000',
  '⸻', '\u0488', 'ᚠ', '\ue0b0',
];

/** In the spirit of the lists of naughty strings: what breaks a parser, a template, a shell or a table. */
const naughty: Maker = (random) => pick(random, NAUGHTY);
const NAUGHTY = [
  'undefined', 'null', 'NaN', 'Infinity', '-0', '1e400', '0x7fffffff', '9007199254740993', '1,000.00', '01000', 'true', '\\',
  '\\\\', "'", '"', '`', '$(reboot)', '`reboot`', '; reboot', '&& reboot', '| reboot', '${PATH}', '%s%s%n', '%00', '../../etc/passwd',
  '<script>alert(1)</script>', '<U+202E>', '^[[31m', '\\x9b', '\\u001b[2J', '{{7*7}}', "' OR 1=1 --", '{"', '}', '[', ']', '[[[[', '{}{}{}',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', '#!/bin/sh', '\u00a0', 'CON', 'C:\\Windows', '/dev/null; touch x',
  'https://user:secret@example.invalid/', 'PASSWORD=hunter2', 'Ω≈ç√∫˜µ≤≥÷', 'ヽ༼ຈل͜ຈ༽ﾉ', '(╯°□°）╯︵ ┻━┻', '(other)',
];

const word: Maker = (random) => pick(random, WORDS);
const WORDS = ['request', 'failed', 'after', '12ms', 'ERROR', 'user', '10.0.0.7:8080', '2024-05-01T10:00:00Z', 'a', 'GET', '/api/v1/users/42', '-'];

const tabs: Maker = (random) => pick(random, ['\t', '\t\t\t', ' \t ', '\r', '\rFAIL', '\r\r', '\b\b\b\b', '\v', '\f']);

/** Pieces of text; words so often that most of a line can be read. */
export const PIECES: readonly Maker[] = [
  word, word, word, word, control, c1, osc, controlString, csi, escape, sgr, sgr, invisible, odd, naughty, tabs,
];

/** Pieces joined to a text of mixed content. */
export const mixture: Maker = (random) => {
  let text = '';
  for (let count = 1 + random(12); count > 0; count -= 1) text += `${pick(random, PIECES)(random)}${pick(random, ['', ' ', ' '])}`;
  return text;
};

/** SGR without end, of so many characters at least. */
export const sgrStorm = (random: Random, chars: number): string => {
  const piece = Array.from({length: 64}, () => `${sgr(random)}${random(4) === 0 ? word(random) : ''}`).join('');
  return piece.repeat(Math.ceil(chars / piece.length));
};

/** One odd thing over and over, of so many characters at least. */
export const repeated = (random: Random, chars: number): string => {
  const piece = pick(random, PIECES)(random) || 'x';
  return piece.repeat(Math.ceil(chars / piece.length));
};
