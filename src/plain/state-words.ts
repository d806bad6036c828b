import type {ExitStatus, ProcessState, StartFailure} from '../model/lifecycle.ts';

/** What has become of a process, as a short sentence without its name; null for states that need no words. */
export const stateSentence = (state: ProcessState, nowMs: number): string | null => {
  switch (state.kind) {
    case 'failed-to-start':
      return `${failureWords(state.failure)}; ${state.failure.next}`;
    case 'restarting':
      return `${state.failure === undefined ? exitWords(state.exit) : failureWords(state.failure)}; restarting in ${Math.max(0, Math.round((state.atMs - nowMs) / 1000))} s`;
    case 'crash-loop':
      return `${exitWords(state.exit)}; gave up after ${state.restarts} restarts in a minute`;
    case 'exited':
      return state.byUs || state.exit.code === 0 ? null : exitWords(state.exit);
    case 'starting':
    case 'running':
    case 'paused':
    case 'stopping':
      return null;
  }
};

const failureWords = ({what, reason, errno}: StartFailure): string => `failed to start: ${what}: ${reason} (${errno})`;

/** `exited 3`, or `ended by SIGKILL`. */
export const exitWords = ({code, signal}: ExitStatus): string =>
  signal === null ? `exited ${code ?? 0}` : `ended by ${signal}`;

/** How a run of the process ended, where the state tells. */
export const exitOf = (state: ProcessState): ExitStatus | null =>
  state.kind === 'exited' || state.kind === 'restarting' || state.kind === 'crash-loop' ? state.exit : null;
