import type {ExitStatus, ProcessState} from '../model/lifecycle.ts';
import type {ProcessSnapshot} from '../model/snapshot.ts';
import type {Glyphs, Role} from '../text/style.ts';
import {isOpen} from './ui-state.ts';
import type {Asked} from './ui-state.ts';

/** A state in a sign and a word, never in colour alone. */
export type StateWords = {
  readonly glyph: string;
  readonly word: string;
  /** Of the sign. */
  readonly glyphRole: Role;
  /** Of the word. */
  readonly role: Role;
};

/** How the state of a process is shown; a command that was just sent shows at once. */
export const stateWords = (
  process: ProcessSnapshot,
  asked: Asked | undefined,
  nowMs: number,
  glyphs: Glyphs,
): StateWords => {
  if (asked !== undefined && isOpen(asked, process, nowMs)) return waiting(asked.word, glyphs);
  const {state} = process;
  switch (state.kind) {
    case 'starting':
      return waiting('starting…', glyphs);
    case 'running':
      return {glyph: glyphs.running, word: 'running', glyphRole: 'good', role: 'plain'};
    case 'paused':
      return {glyph: glyphs.paused, word: 'paused', glyphRole: 'attention', role: 'attention'};
    case 'stopping':
      return waiting(`${state.then === 'start' ? 'restarting…' : 'stopping…'} ${seconds(state.killAtMs - nowMs)}`, glyphs);
    case 'restarting':
      return waiting(`restarting in ${seconds(state.atMs - nowMs)}`, glyphs);
    case 'exited':
      return exitedWords(state, glyphs);
    case 'crash-loop':
      return failing('crash loop', glyphs);
    case 'failed-to-start':
      return failing('failed to start', glyphs);
  }
};

/** How a run ended, in few words: `exit 0`, `exit 3`, `SIGSEGV`. */
export const exitWords = ({code, signal}: ExitStatus): string => signal ?? `exit ${code ?? '?'}`;

/** It ended by itself and not well. */
export const endedBadly = (state: ProcessState): boolean =>
  state.kind === 'failed-to-start' ||
  state.kind === 'crash-loop' ||
  (state.kind === 'exited' && !state.byUs && state.exit.code !== 0);

const exitedWords = (state: Extract<ProcessState, {readonly kind: 'exited'}>, glyphs: Glyphs): StateWords => {
  if (endedBadly(state)) return failing(state.exit.signal === null ? `exited ${state.exit.code}` : `killed by ${state.exit.signal}`, glyphs);
  return {glyph: glyphs.exited, word: state.byUs ? 'stopped' : 'exited 0', glyphRole: 'dim', role: 'plain'};
};

const waiting = (word: string, glyphs: Glyphs): StateWords => ({
  glyph: glyphs.waiting,
  word,
  glyphRole: 'attention',
  role: 'attention',
});

const failing = (word: string, glyphs: Glyphs): StateWords => ({
  glyph: glyphs.failed,
  word,
  glyphRole: 'bad',
  role: 'bad',
});

/** Whole seconds left, never negative: a countdown ends with `0 s`. */
const seconds = (ms: number): string => `${Math.max(0, Math.ceil(ms / 1000))} s`;
