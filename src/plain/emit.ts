import type {ColorDepth} from '../model/color.ts';
import type {ProcessSpec, UiMode} from '../model/config.ts';
import type {Emit} from '../model/task.ts';
import {plainPrefix} from '../text/plain-line.ts';
import {sanitize} from '../text/sanitize.ts';
import {displayWidth} from '../text/width.ts';

const MAX_PREFIX_COLUMNS = 24;

/**
 * What workers write for a process in this mode; null where its lines go nowhere but to the screen.
 *
 * @param depth Of stdout.
 * @param ansi Whether the colours that programs print are shown.
 */
export const emitOf = (
  mode: UiMode,
  processes: readonly ProcessSpec[],
  depth: ColorDepth,
  ansi: boolean,
): ((spec: ProcessSpec, id: number) => Emit) => {
  const widest = Math.max(...processes.map(({name}) => displayWidth(sanitize(name))));
  const width = Math.min(MAX_PREFIX_COLUMNS, widest);
  return ({name}, id) => {
    if (mode === 'json') return {kind: 'json', process: name};
    if (mode !== 'plain') return null;
    return {kind: 'plain', prefix: plainPrefix(name, width, id, depth), color: depth !== 'none', ansi: ansi ? depth : 'none'};
  };
};
