import type {UiMode} from '../model/config.ts';
import {UsageError} from '../model/errors.ts';

/** How a run shows itself. */
export type Mode = Exclude<UiMode, 'auto'>;

/** @throws UsageError for a screen where there is no terminal. */
export const modeOf = (ui: UiMode, env: NodeJS.ProcessEnv): Mode => {
  const hasTerminal = process.stdin.isTTY && process.stdout.isTTY;
  if (ui === 'auto') return hasTerminal && env['TERM'] !== 'dumb' ? 'tui' : 'plain';
  if (ui === 'tui') requireTerminal('--ui tui', 'use --ui plain, json or none without one');
  return ui;
};

/** @throws UsageError where stdin or stdout is no terminal. */
export const requireTerminal = (what: string, next: string): void => {
  if (process.stdin.isTTY && process.stdout.isTTY) return;
  throw new UsageError(`${what}: needs a terminal as stdin and stdout; ${next}`);
};
