import type {ProcessSnapshot} from '../model/snapshot.ts';
import {clock} from '../text/durations.ts';
import type {Span} from '../text/style.ts';
import {exitWords, stateWords} from './state-words.ts';
import {part, span} from './row.ts';
import type {Part} from './row.ts';
import type {Scene} from './scene.ts';

/** `▶ 1 api#1  ● running`: who it is and where it stands. */
export const titleSpans = (process: ProcessSnapshot, scene: Scene): Span[] => {
  const focused = scene.state.focus === process.id;
  const {glyphs} = scene.look;
  const words = stateWords(process, scene.state.asked.get(process.id), scene.nowMs, glyphs);
  return [
    span(focused ? `${glyphs.pointer} ` : '', 'focus'),
    span(`${process.id + 1} `, focused ? 'focus' : 'dim'),
    span(process.name, focused ? 'focus' : 'bold'),
    span('  '),
    span(`${words.glyph} `, words.glyphRole),
    span(words.word, words.role),
  ];
};

/** `pid 4127`, `gen 3`, `up 12:41`; of what has ended, how and after how long. */
export const factParts = (process: ProcessSnapshot, nowMs: number): Part[] => {
  const {state, pid, generation, spawnedAtMs, endedAtMs} = process;
  const alive = state.kind === 'running' || state.kind === 'paused' || state.kind === 'stopping';
  const ranMs = spawnedAtMs === null ? null : Math.max(0, (alive ? nowMs : (endedAtMs ?? nowMs)) - spawnedAtMs);
  const parts: Part[] = [];
  if (alive && pid !== null) parts.push(part(2, span(`pid ${pid}`, 'dim')));
  if (state.kind === 'crash-loop' || (state.kind === 'restarting' && state.failure === undefined))
    parts.push(part(1, span(exitWords(state.exit), 'dim')));
  if (state.kind === 'exited' && state.byUs) parts.push(part(2, span(exitWords(state.exit), 'dim')));
  if (generation > 0) parts.push(part(generation > 1 ? 1 : 3, span(`gen ${generation}`, 'dim')));
  if (ranMs !== null) parts.push(part(1, span(`${alive ? 'up' : 'ran'} ${clock(ranMs)}`, 'dim')));
  return parts;
};
