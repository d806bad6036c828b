import type {ColorDepth} from '../model/color.ts';
import {dropSgr, mayHoldSgr, SGR} from '../model/sgr.ts';
import {styleCodes} from './ansi-codes.ts';
import {applySgr, PLAIN_STYLE} from './ansi-style.ts';
import type {AnsiStyle} from './ansi-style.ts';
import {late} from './late.ts';
import {sanitize} from './sanitize.ts';
import {sliceWhole} from './width.ts';

/** A piece of a line and how its program wants it to look; null: plain. The text is raw, without SGR. */
export type AnsiRun = {readonly text: string; readonly style: AnsiStyle | null};

/**
 * Takes the SGR sequences out of a line and says what they ask for.
 *
 * After {@link MAX_STYLE_CHANGES} the rest of the line is plain. All of it is plain where the pieces would show
 * anything else than the whole does, as when a sequence stands between a letter and too many of its marks.
 *
 * @returns Pieces none of which is empty, unless the line shows nothing; joined, they are `dropSgr(line)`.
 */
export const ansiRuns = (line: string): readonly AnsiRun[] => {
  if (!mayHoldSgr(line)) {
    return [{text: line, style: null}];
  }

  const text = dropSgr(line);
  if (text === line) {
    return [{text, style: null}];
  }

  const runs = splitRuns(line);
  const isSame = runs.map((run) => run.text).join('') === text && runs.every((run, i) => i === 0 || !joins().test(run.text));
  return isSame && runs.length > 0 ? runs : [{text, style: null}];
};

/** What is shown together with what stands before it: a mark, the second half of a pair. */
const joins = late(() => /^[\p{Mark}\udc00-\udfff]/u);

/** Most changes of style in a line; what has more is no text that one reads. */
export const MAX_STYLE_CHANGES = 64;

/**
 * A line as a terminal of this depth shows it: sanitized, with SGR of our own for what its program asked for, and
 * none open at its end.
 */
export const ansiText = (line: string, depth: ColorDepth): string =>
  depth === 'none' ? sanitize(line) : ansiRuns(line).map((run) => painted(run, depth)).join('');

/**
 * What is kept of a line for display: its first `maxChars` UTF-16 code units that show, the last of them an ellipsis
 * where something is missing; no pair is torn.
 *
 * @param line Raw; no more than `maxChars` × {@link SGR_SHARE} units of it are looked at.
 * @param ansi Whether styles are kept: as SGR that {@link ansiRuns} reads, of at most `maxChars` units altogether.
 */
export const displayText = (line: string, maxChars: number, ansi: boolean): string => {
  const {text, isWhole} = withoutSgr(line, maxChars);
  const shown = isWhole ? text : `${sliceWhole(text, maxChars - 1)}…`;
  return ansi && mayHoldSgr(line) ? withStyles(shown, ansiRuns(headOf(line, maxChars * SGR_SHARE)), maxChars) : shown;
};

/**
 * The first `maxChars` UTF-16 code units of a line that show, and whether that is all of them: without SGR, no pair
 * torn. The cost is bounded by `maxChars`.
 */
export const withoutSgr = (line: string, maxChars: number): {readonly text: string; readonly isWhole: boolean} => {
  const head = headOf(line, maxChars * SGR_SHARE);
  const plain = dropSgr(head);
  const text = sliceWhole(plain, maxChars);
  return {text, isWhole: head.length === line.length && text.length === plain.length};
};

/** A line may consist so many times as much of SGR as of text before text is lost: true colours for each letter. */
export const SGR_SHARE = 32;

const painted = ({text, style}: AnsiRun, depth: ColorDepth): string => {
  const codes = style === null ? '' : styleCodes(style, depth);
  return codes === '' ? sanitize(text) : `\x1b[${codes}m${sanitize(text)}\x1b[0m`;
};

const splitRuns = (line: string): AnsiRun[] => {
  const runs: AnsiRun[] = [];
  let style = PLAIN_STYLE;
  let from = 0;
  let seen = 0;
  for (const {0: sequence, 1: parameters = '', index} of line.matchAll(SGR)) {
    add(runs, line.slice(from, index), style);
    from = index + sequence.length;
    seen += 1;
    if (runs.length === MAX_STYLE_CHANGES || seen === MAX_SEQUENCES) {
      style = PLAIN_STYLE;
      break;
    }

    style = applySgr(style, parameters);
  }

  add(runs, dropSgr(line.slice(from)), style);
  return runs;
};

/** Most sequences that are read, with or without text between them. */
const MAX_SEQUENCES = 4 * MAX_STYLE_CHANGES;

const add = (runs: AnsiRun[], text: string, style: AnsiStyle): void => {
  if (text !== '') {
    runs.push({text, style: style === PLAIN_STYLE ? null : style});
  }
};

/** The first units, without the beginning of a sequence that they end in. */
const headOf = (line: string, units: number): string => {
  if (line.length <= units) {
    return line;
  }

  const head = sliceWhole(line, units);
  const from = Math.max(head.lastIndexOf('\x1b'), head.lastIndexOf('\x9b'));
  return from === -1 || !TORN.test(head.slice(from)) ? head : head.slice(0, from);
};

const TORN = new RegExp(String.raw`^(?:\x1b(?:\[|$)|\x9b)[0-9:;]{0,256}$`);

/** Puts the styles of runs back into a text that is the beginning of theirs, or that with an ellipsis at its end. */
const withStyles = (shown: string, runs: readonly AnsiRun[], maxChars: number): string => {
  let styled = '';
  let at = 0;
  let open = '';
  let room = maxChars - RESET.length;
  for (const {text, style} of runs) {
    const codes = style === null ? '' : styleCodes(style, 'true');
    const sequence = codes === open ? '' : `\x1b[${codes === '' ? '0' : `0;${codes}`}m`;
    if (sequence.length > room || at >= shown.length) {
      break;
    }

    room -= sequence.length;
    open = codes;
    styled += sequence + shown.slice(at, at + text.length);
    at += text.length;
  }

  return `${styled}${open === '' ? '' : RESET}${shown.slice(at)}`;
};

const RESET = '\x1b[0m';
