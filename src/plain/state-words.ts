import type {ExitStatus, ProcessState} from '../model/lifecycle.ts';

/** What has become of a process, as a short sentence without its name; null for states that need no words. */
export const stateSentence = (state: ProcessState, nowMs: number): string | null => {
  switch (state.kind) {
    case 'failed-to-start': {
      const {what, reason, errno, next} = state.failure;
      return `failed to start: ${what}: ${reason} (${errno}); ${next}`;
    }
    case 'restarting':
      return `${exitWords(state.exit)}; restarting in ${Math.max(0, Math.round((state.atMs - nowMs) / 1000))} s`;
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

/** `exited 3`, or `ended by SIGKILL`. */
export const exitWords = ({code, signal}: ExitStatus): string =>
  signal === null ? `exited ${code ?? 0}` : `ended by ${signal}`;

/** How a run of the process ended, where the state tells. */
export const exitOf = (state: ProcessState): ExitStatus | null =>
  state.kind === 'exited' || state.kind === 'restarting' || state.kind === 'crash-loop' ? state.exit : null;
