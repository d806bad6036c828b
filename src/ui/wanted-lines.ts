import {TAIL_LINES} from '../model/display-line.ts';
import type {Layout} from './layout.ts';
import type {UiState} from './ui-model.ts';

/** How many of a process's newest lines can be seen at once: more need not be sent. */
export const wantedLines = ({zoom, overlay}: Pick<UiState, 'zoom' | 'overlay'>, layout: Layout): number => {
  if (zoom !== null || overlay !== null || layout.kind === 'list' || layout.kind === 'too-small') return TAIL_LINES;
  return Math.min(TAIL_LINES, Math.max(1, ...layout.rects.map(({height}) => height)));
};
