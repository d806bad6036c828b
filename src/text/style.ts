import type {ColorDepth} from '../model/color.ts';
import type {Level} from '../model/verdict.ts';
import type {AnsiStyle} from './ansi-style.ts';

/**
 * What a piece of text means; {@link ROLE_CODES} says how that looks. `bad`:
 * failing · `attention`: behind, held, restarting, paused · `good`: only the
 * state dot of what runs well · `focus`: the focused pane · `accent`: key names
 * and other signposts · `key`: the name of a field · `inverse`: selection.
 */
export type Role =
  | 'plain'
  | 'dim'
  | 'bold'
  | 'focus'
  | 'good'
  | 'bad'
  | 'attention'
  | 'accent'
  | 'key'
  | 'inverse'
  | `level-${Level}`;

/**
 * A piece of a row. `text` may be raw: it is sanitized where the row is composed. `style` is what its program asked
 * for, on top of the role.
 */
export type Span = {readonly text: string; readonly role: Role; readonly style?: AnsiStyle};

/** How rows look. `ellipsis` (one column, `…` by default) ends a row that was cut. */
export type Theme = {readonly depth: ColorDepth; readonly ellipsis?: string};

/** The colour depth that an environment asks for. A non-empty NO_COLOR wins over all else. */
export const colorDepth = (
  env: {
    readonly NO_COLOR?: string | undefined;
    readonly FORCE_COLOR?: string | undefined;
    readonly TERM?: string | undefined;
    readonly COLORTERM?: string | undefined;
  },
  isTTY: boolean,
): ColorDepth => {
  if ((env.NO_COLOR ?? '') !== '') {
    return 'none';
  }

  if (env.FORCE_COLOR !== undefined) {
    return FORCED_DEPTHS.get(env.FORCE_COLOR) ?? '16';
  }

  const term = env.TERM ?? '';
  if (!isTTY || term === 'dumb') {
    return 'none';
  }

  if (/^(?:truecolor|24bit)$/i.test(env.COLORTERM ?? '') || term.endsWith('-direct')) {
    return 'true';
  }

  return term.includes('256') ? '256' : '16';
};

const FORCED_DEPTHS: ReadonlyMap<string, ColorDepth> = new Map([
  ['0', 'none'],
  ['false', 'none'],
  ['2', '256'],
  ['3', 'true'],
]);

type Palette = {readonly bad: string; readonly attention: string; readonly good: string; readonly focus: string};

const roleCodes = ({bad, attention, good, focus}: Palette): Readonly<Record<Role, string>> => ({
  plain: '',
  dim: '2',
  bold: '1',
  focus: bold(focus),
  good,
  bad,
  attention,
  accent: focus,
  key: '2',
  inverse: '7',
  'level-trace': '2',
  'level-debug': '2',
  'level-info': '',
  'level-warn': attention,
  'level-error': bad,
  'level-fatal': bold(bad),
  'level-none': '',
});

const bold = (color: string): string => (color === '' ? '1' : `1;${color}`);

/** SGR parameters of each role. Middle tones, to be read on dark and on light ground. */
export const ROLE_CODES: Readonly<Record<ColorDepth, Readonly<Record<Role, string>>>> = {
  none: roleCodes({bad: '', attention: '', good: '', focus: ''}),
  '16': roleCodes({bad: '31', attention: '33', good: '32', focus: '36'}),
  '256': roleCodes({bad: '38;5;167', attention: '38;5;172', good: '38;5;71', focus: '38;5;38'}),
  true: roleCodes({
    bad: '38;2;229;72;77',
    attention: '38;2;217;152;13',
    good: '38;2;48;164;108',
    focus: '38;2;10;162;192',
  }),
};

/** The pieces of a frame; each takes one column. */
export type Border = {
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
  readonly bottomRight: string;
  readonly horizontal: string;
  readonly vertical: string;
};

/** Every sign that the screen draws itself; each takes one column. */
export type Glyphs = {
  /** Rounded: a pane. */
  readonly border: Border;
  /** Heavy: the focused pane. */
  readonly focusBorder: Border;
  /** Double: an overlay. */
  readonly overlayBorder: Border;
  readonly running: string;
  /** Starting, restarting or stopping. */
  readonly waiting: string;
  readonly paused: string;
  readonly exited: string;
  readonly failed: string;
  /** Marks what is chosen. */
  readonly pointer: string;
  readonly stderr: string;
  /** Between facts of one line. */
  readonly separator: string;
  readonly ellipsis: string;
  readonly up: string;
  readonly down: string;
  readonly left: string;
  readonly right: string;
  readonly enter: string;
  /** Lowest to highest. */
  readonly sparks: readonly string[];
};

// Corners clockwise from the top left, then the horizontal and the vertical line.
const borderOf = (pieces: string): Border => {
  const [topLeft = '', topRight = '', bottomRight = '', bottomLeft = '', horizontal = '', vertical = ''] = pieces;
  return {topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical};
};

export const unicodeGlyphs: Glyphs = {
  border: borderOf('╭╮╯╰─│'),
  focusBorder: borderOf('┏┓┛┗━┃'),
  overlayBorder: borderOf('╔╗╝╚═║'),
  running: '●',
  waiting: '◌',
  paused: '⏸',
  exited: '■',
  failed: '✗',
  pointer: '▶',
  stderr: '!',
  separator: '·',
  ellipsis: '…',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  enter: '⏎',
  sparks: '▁▂▃▄▅▆▇█'.split(''),
};

export const asciiGlyphs: Glyphs = {
  border: borderOf('++++-|'),
  focusBorder: borderOf('####=#'),
  overlayBorder: borderOf('****=*'),
  running: '*',
  waiting: 'o',
  paused: '=',
  exited: '-',
  failed: 'x',
  pointer: '>',
  stderr: '!',
  separator: '-',
  ellipsis: '~',
  up: '^',
  down: 'v',
  left: '<',
  right: '>',
  enter: '<',
  sparks: '_.-:=+*#'.split(''),
};

/**
 * ASCII where the locale names another charset than UTF-8 or the terminal is
 * `linux` or `dumb`. No locale at all (as in containers) counts as UTF-8.
 */
export const glyphsFor = (env: {
  readonly LANG?: string | undefined;
  readonly LC_ALL?: string | undefined;
  readonly LC_CTYPE?: string | undefined;
  readonly TERM?: string | undefined;
}): Glyphs => {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((value) => value !== undefined && value !== '');
  const isUtf8 = locale === undefined || /utf-?8/i.test(locale);
  return isUtf8 && env.TERM !== 'linux' && env.TERM !== 'dumb' ? unicodeGlyphs : asciiGlyphs;
};
