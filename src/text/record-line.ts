import type {DisplayLine} from '../model/display-line.ts';
import {InternalError} from '../model/errors.ts';
import type {Level} from '../model/verdict.ts';
import {timeOfDay} from './durations.ts';
import type {Glyphs, Span} from './style.ts';

/**
 * One line of a process as spans: time, level, message, then `key=value` of
 * the rest. Failures and stderr lines start with a mark; blank lines have no
 * spans. Texts stay raw: `composeRow` sanitizes and cuts them.
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
      return [...time, {text: `${options.glyphs.failed} ${line.failure ?? 'failure'} `, role: 'bad'}, textSpan(line)];
    case 'stderr':
      return [...time, {text: `${options.glyphs.stderr} `, role: 'dim'}, textSpan(line)];
    case 'undecided':
      return [...time, textSpan(line)];
    case 'blank':
      return [];
    default:
      throw new InternalError(`no such kind of line: ${String(line.kind satisfies never)}`);
  }
};

const textSpan = ({message}: DisplayLine): Span => ({text: message, role: 'plain'});

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

  return [{text: fields.length > 0 ? `${message}  ` : message, role: 'plain'}];
};

const fieldSpans = ({fields}: DisplayLine): Span[] =>
  fields.flatMap(([key, value], i): Span[] => [
    {text: `${key}=`, role: 'key'},
    {text: i < fields.length - 1 ? `${value} ` : value, role: 'plain'},
  ]);
