import type {DisplayLine} from '../model/display-line.ts';
import {InternalError} from '../model/errors.ts';
import type {Level} from '../model/verdict.ts';
import {ansiRuns} from './ansi.ts';
import {timeOfDay} from './durations.ts';
import type {Glyphs, Role, Span} from './style.ts';

/**
 * One line of a process as spans: time, level, message, then `key=value` of
 * the rest. Failures and stderr lines start with a mark; blank lines have no
 * spans. Texts stay raw: `composeRow` sanitizes and cuts them. SGR in the
 * message becomes the style of its spans.
 *
 * @param options `time`: start with the time of day.
 */
export const recordSpans = (
  line: DisplayLine,
  options: {readonly time: boolean; readonly glyphs: Pick<Glyphs, 'failed' | 'stderr'>},
): Span[] => {
  const time: Span[] = options.time ? [{text: `${timeOfDay(line.atMs)} `, role: 'dim'}] : [];
  switch (line.kind) {
    case 'record':
      return [...time, ...levelSpans(line.level), ...messageSpans(line), ...fieldSpans(line)];
    case 'failure':
      return [...time, {text: `${options.glyphs.failed} ${line.failure ?? 'failure'} `, role: 'bad'}, ...styledSpans(line.message)];
    case 'stderr':
      return [...time, {text: `${options.glyphs.stderr} `, role: 'dim'}, ...styledSpans(line.message)];
    case 'undecided':
      return [...time, ...styledSpans(line.message)];
    case 'blank':
      return [];
    default:
      throw new InternalError(`no such kind of line: ${String(line.kind satisfies never)}`);
  }
};

/** Raw text as spans: one a style that its SGR sequences ask for. */
export const styledSpans = (text: string, role: Role = 'plain'): Span[] =>
  ansiRuns(text).map((run) => ({text: run.text, role, ...(run.style === null ? {} : {style: run.style})}));

// Five letters each; errors in capitals, so that they stand out without colour.
const LEVEL_WORDS: Readonly<Record<Exclude<Level, 'none'>, string>> = {
  trace: 'trace ',
  debug: 'debug ',
  info: 'info  ',
  warn: 'warn  ',
  error: 'ERROR ',
  fatal: 'FATAL ',
};

const levelSpans = (level: Level): Span[] =>
  level === 'none' ? [] : [{text: LEVEL_WORDS[level], role: `level-${level}`}];

const messageSpans = ({message, fields}: DisplayLine): Span[] => {
  if (message === '') {
    return [];
  }

  return styledSpans(fields.length > 0 ? `${message}  ` : message);
};

const fieldSpans = ({fields}: DisplayLine): Span[] =>
  fields.flatMap(([key, value], i): Span[] => [
    {text: `${key}=`, role: 'key'},
    {text: i < fields.length - 1 ? `${value} ` : value, role: 'plain'},
  ]);
