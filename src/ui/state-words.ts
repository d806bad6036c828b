import type {ExitStatus, ProcessState} from '../model/lifecycle.ts';
import type {ProcessSnapshot} from '../model/snapshot.ts';
import type {Glyphs, Role} from '../text/style.ts';
import {isOpen} from './asked.ts';
import type {Asked} from './asked.ts';

/** A state in a sign and a word, never in colour alone. */
export type StateWords = {
  readonly glyph: string;
  readonly word: string;
  /** The same in at most 16 columns, for lists. */
  readonly short: string;
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
      return {glyph: glyphs.running, word: 'running', short: 'running', glyphRole: 'good', role: 'plain'};
    case 'paused':
      return {glyph: glyphs.paused, word: 'paused', short: 'paused', glyphRole: 'attention', role: 'attention'};
    case 'stopping':
      return waiting(
        `${state.then === 'start' ? 'restarting…' : 'stopping…'} ${secondsLeft(state.killAtMs - nowMs)}`,
        glyphs,
      );
    case 'restarting':
      return waiting(
        `restarting in ${secondsLeft(state.atMs - nowMs)}`,
        glyphs,
        `restarting ${secondsLeft(state.atMs - nowMs)}`,
      );
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
  const {code, signal} = state.exit;
  if (endedBadly(state)) {
    return signal === null ? failing(`exited ${code}`, glyphs) : failing(`killed by ${signal}`, glyphs, signal);
  }
  const word = state.byUs ? 'stopped' : 'exited 0';
  return {glyph: glyphs.exited, word, short: word, glyphRole: 'dim', role: 'plain'};
};

const waiting = (word: string, glyphs: Glyphs, short = word): StateWords => ({
  glyph: glyphs.waiting,
  word,
  short,
  glyphRole: 'attention',
  role: 'attention',
});

const failing = (word: string, glyphs: Glyphs, short = word): StateWords => ({
  glyph: glyphs.failed,
  word,
  short,
  glyphRole: 'bad',
  role: 'bad',
});

/** Whole seconds left, never negative: a countdown ends with `0 s`. */
export const secondsLeft = (ms: number): string => `${Math.max(0, Math.ceil(ms / 1000))} s`;
