import * as fc from 'fast-check';

/** A string that tries to steer a terminal, to hide or to break measuring, and what is shown of it. */
export type Hostile = readonly [name: string, raw: string, shown: string];

export const HOSTILE: readonly Hostile[] = [
  // Terminal control
  ['SGR colour', '\x1b[31mred\x1b[0m', 'red'],
  ['SGR of every form', '\x1b[ma\x1b[1;38;2;1;2;3mb\x1b[38:2::1:2:3mc\x1b[4:3md\x1b[;;me', 'abcde'],
  ['SGR that joins to SGR', '\x1b[\x1b[1m31mx\x9b\x1b[0m1m', '^[[31mx\\x9b1m'],
  ['SGR with a private mark', '\x1b[?31m\x1b[>4;2m', '^[[?31m^[[>4;2m'],
  ['SGR with an intermediate byte', '\x1b[1 m', '^[[1 m'],
  ['SGR without end', 'x\x1b[31', 'x^[[31'],
  ['SGR with too many parameters', `\x1b[${'1;'.repeat(129)}m`, `^[[${'1;'.repeat(129)}m`],
  ['SGR between a letter and its marks', `e\u0301\u0301\x1b[1m\u0301\u0301\u0301`, 'e\u0301\u0301\u0301\u0301…'],
  ['SGR between halves of a pair', '\ud83d\x1b[1m\ude00', '😀'],
  ['clear screen', '\x1b[2J\x1b[H', '^[[2J^[[H'],
  ['clear scrollback', '\x1b[3J', '^[[3J'],
  ['alternate screen on', '\x1b[?1049h', '^[[?1049h'],
  ['alternate screen off', '\x1b[?1049l', '^[[?1049l'],
  ['hide cursor', '\x1b[?25l', '^[[?25l'],
  ['mouse reporting', '\x1b[?1003h\x1b[?1006h', '^[[?1003h^[[?1006h'],
  ['bracketed paste off', '\x1b[?2004l', '^[[?2004l'],
  ['synchronized output without end', '\x1b[?2026h', '^[[?2026h'],
  ['scroll region', '\x1b[5;10r', '^[[5;10r'],
  ['cursor save and restore', '\x1b7evil\x1b8', '^[7evil^[8'],
  ['full reset', '\x1bc', '^[c'],
  ['soft reset', '\x1b[!p', '^[[!p'],
  ['device attributes query', '\x1b[c', '^[[c'],
  ['cursor position query', '\x1b[6n', '^[[6n'],
  ['window title report', '\x1b[21t', '^[[21t'],
  ['repeat character a million times', 'x\x1b[1000000b', 'x^[[1000000b'],
  ['DEC line drawing charset', '\x1b(0lqqk\x1b(B', '^[(0lqqk^[(B'],
  ['keyboard lock', '\x1b[2h', '^[[2h'],
  ['lone ESC at the end', 'end\x1b', 'end^['],
  ['unterminated CSI', '\x1b[', '^[['],
  ['CSI with control inside', '\x1b[3\x001m', '^[[3^@1m'],
  ['OSC 0 title', '\x1b]0;owned\x07', '^[]0;owned^G'],
  ['OSC 8 link', '\x1b]8;;http://evil/\x1b\\here\x1b]8;;\x1b\\', '^[]8;;http://evil/^[\\here^[]8;;^[\\'],
  ['unterminated OSC 8', '\x1b]8;;http://evil/', '^[]8;;http://evil/'],
  ['OSC 52 clipboard', '\x1b]52;c;cm0gLXJmIC8=\x07', '^[]52;c;cm0gLXJmIC8=^G'],
  ['OSC 4 palette', '\x1b]4;1;?\x1b\\', '^[]4;1;?^[\\'],
  ['OSC 1337 file', '\x1b]1337;File=:QUFB\x07', '^[]1337;File=:QUFB^G'],
  ['DCS', '\x1bP$q"p\x1b\\', '^[P$q"p^[\\'],
  ['APC', '\x1b_Gf=100;AAAA\x1b\\', '^[_Gf=100;AAAA^[\\'],
  ['PM', '\x1b^private\x1b\\', '^[^private^[\\'],
  ['SOS', '\x1bXstring\x1b\\', '^[Xstring^[\\'],
  ['C1 SGR', '\x9b31mred\x9bm', 'red'],
  ['C1 CSI', '\x9b2J', '\\x9b2J'],
  ['C1 OSC with C1 ST', '\x9d0;owned\x9c', '\\x9d0;owned\\x9c'],
  ['C1 DCS', '\x90q\x9c', '\\x90q\\x9c'],
  ['C1 next line', 'a\x85b', 'a\\x85b'],
  ['first and last C1', '\x80\x9f', '\\x80\\x9f'],
  // Single controls
  ['NUL', 'a\0b', 'a^@b'],
  ['BEL', '\x07\x07', '^G^G'],
  ['backspaces over a word', 'safe\b\b\b\bevil', 'safe^H^H^H^Hevil'],
  ['tab', 'a\tb', 'a  b'],
  ['newline', 'a\nb', 'a^Jb'],
  ['carriage return over the line', 'ok   \rFAIL', 'ok   ^MFAIL'],
  ['CRLF', 'a\r\n', 'a^M^J'],
  ['vertical tab and form feed', '\v\f', '^K^L'],
  ['shift out and in', '\x0e\x0f', '^N^O'],
  ['XON and XOFF', '\x11\x13', '^Q^S'],
  ['SUB and unit separator', '\x1a\x1f', '^Z^_'],
  ['DEL', '\x7f', '^?'],
  // Bidi
  ['RLO', 'user\u202etxt.exe', 'user<U+202E>txt.exe'],
  ['LRE RLE PDF LRO', '\u202a\u202b\u202c\u202d', '<U+202A><U+202B><U+202C><U+202D>'],
  ['isolates', '\u2066\u2067\u2068\u2069', '<U+2066><U+2067><U+2068><U+2069>'],
  ['LRM and RLM', '\u200e\u200f', '<U+200E><U+200F>'],
  ['Arabic letter mark', '\u061c', '<U+061C>'],
  // Invisible
  ['zero-width space', 'a\u200bb', 'a<U+200B>b'],
  ['ZWNJ and ZWJ', '\u200c\u200d', '<U+200C><U+200D>'],
  ['family emoji', '👩\u200d👧', '👩<U+200D>👧'],
  ['word joiner and invisible operators', '\u2060\u2061\u2064', '<U+2060><U+2061><U+2064>'],
  ['deprecated format characters', '\u206a\u206f', '<U+206A><U+206F>'],
  ['BOM', '\ufeff{}', '<U+FEFF>{}'],
  ['soft hyphen', 'pass\u00adword', 'pass<U+00AD>word'],
  ['Mongolian vowel separator', '\u180e', '<U+180E>'],
  ['interlinear annotation', '\ufff9a\ufffab\ufffb', '<U+FFF9>a<U+FFFA>b<U+FFFB>'],
  ['tag characters', 'hi\u{e0001}\u{e0041}\u{e007f}', 'hi<U+E0001><U+E0041><U+E007F>'],
  ['line and paragraph separator', '\u2028\u2029', '<U+2028><U+2029>'],
  ['Hangul fillers', '\u115f\u1160\u3164\uffa0', '<U+115F><U+1160><U+3164><U+FFA0>'],
  ['musical format control', '\u{1d173}', '<U+1D173>'],
  ['Arabic number sign', '\u06001', '<U+0600>1'],
  // Broken Unicode
  ['lone high surrogate', 'a\ud800b', 'a<U+D800>b'],
  ['lone low surrogate', '\udfff', '<U+DFFF>'],
  ['surrogates in the wrong order', '\udc00\ud800', '<U+DC00><U+D800>'],
  ['high surrogate before a pair', '\ud83d\ud83d\ude00', '<U+D83D>😀'],
  ['noncharacters', '\uffff\ufdd0\u{1fffe}', '<U+FFFF><U+FDD0><U+1FFFE>'],
  // Marks
  ['four marks', `e${'\u0301'.repeat(4)}`, `e${'\u0301'.repeat(4)}`],
  ['zalgo', `Z${'\u0334\u0335\u0336'.repeat(20)}algo`, 'Z\u0334\u0335\u0336\u0334…algo'],
  ['marks without a base', '\u0301'.repeat(6), `${'\u0301'.repeat(4)}…`],
  ['smuggling in variation selectors', `😀${'\u{e0101}\u{e0155}'.repeat(30)}`, '😀\u{e0101}\u{e0155}\u{e0101}\u{e0155}…'],
  ['grapheme joiners', `a${'\u034f'.repeat(9)}b`, `a${'\u034f'.repeat(4)}…b`],
  ['mark after a zero-width space', 'a\u200b\u0301', 'a<U+200B>\u0301'],
];

/** Clean strings that come back as they are. */
export const CLEAN: readonly string[] = [
  '',
  ' ~ printable ASCII !"#$%&\'()*+,-./0:;<=>?@AZ[\\]^_`az{|}~ ',
  '<U+202E> ^[ \\x9b',
  'naïve café, Größe, Ελληνικά, русский',
  'עברית العربية',
  '日本語のログ 한국어 中文',
  'हिन्दी ภาษาไทย தமிழ்',
  '👍🏽 🇩🇪 ✅ ❤️ 1️⃣',
  '╭─╮ ▁▂▃▄▅▆▇█ ● ◌ ✗ …',
  '\u00a0no-break\u3000ideographic',
  '\ufffd replaced',
  '\ue0b0 private use',
];

// What changes the width of what stands before or behind it.
const joining = [
  '\u0301', '\ufe0f', '\u20e3', '1', '#', '🏽', '🇩', '😀', 'ᄀ', 'ᅡ', 'ᆨ', 'ﾞ', 'क', '\u094d', '\u0903', '\u0e33', '漢',
];
const nasty = fc.constantFrom(
  ...HOSTILE.map(([, raw]) => raw),
  ...CLEAN,
  ...joining,
);
const codeUnits = fc.array(fc.integer({min: 0, max: 0xffff}), {maxLength: 30})
  .map((units) => String.fromCharCode(...units));

/** Any string at all: well-formed, ill-formed, or put together from the worst of the above. */
export const anyText = fc.oneof(
  fc.string({unit: 'binary', maxLength: 40}),
  fc.string({unit: 'grapheme', maxLength: 40}),
  codeUnits,
  fc.array(nasty, {maxLength: 12}).map((parts) => parts.join('')),
);
