import type {SuccessPolicy} from '../model/config.ts';
import type {ExitStatus, ProcessState} from '../model/lifecycle.ts';

/** Numbers of signals by name, as the platform has them. */
export type SignalNumbers = Readonly<Record<string, number>>;

/** The exit code that a shell would report: the code itself, or 128 and the signal's number. */
export const exitCodeOf = (status: ExitStatus, signals: SignalNumbers): number => {
  if (status.code !== null) return status.code;
  return status.signal === null ? 0 : 128 + (signals[status.signal] ?? 0);
};

/** What the outcome of a run depends on, of one process. */
export type EndedProcess = {
  readonly name: string;
  readonly state: ProcessState;
  /** Grows with each end; null for what has not ended. */
  readonly endOrder: number | null;
};

/**
 * The exit code of a run.
 *
 * `all`: 0 when every process ended with 0 or was stopped by us, otherwise 1. `first`, `last` and a name: that
 * process's own code, 0 when we stopped it; where no process has ended yet, as `all`.
 */
export const runExitCode = (
  policy: SuccessPolicy,
  processes: readonly EndedProcess[],
  signals: SignalNumbers,
): number => {
  const chosen = chooseProcess(policy, processes);
  if (chosen !== undefined) return ownCode(chosen.state, signals);
  return processes.every(({state}) => endedWell(state, signals)) ? 0 : 1;
};

const chooseProcess = (policy: SuccessPolicy, processes: readonly EndedProcess[]): EndedProcess | undefined => {
  switch (policy.kind) {
    case 'all':
      return undefined;
    case 'first':
      return inOrderOfEnding(processes).at(0);
    case 'last':
      return inOrderOfEnding(processes).at(-1);
    case 'name':
      return processes.find(({name}) => name === policy.name);
  }
};

const inOrderOfEnding = (processes: readonly EndedProcess[]): readonly EndedProcess[] =>
  processes.filter(({endOrder}) => endOrder !== null).toSorted((a, b) => (a.endOrder ?? 0) - (b.endOrder ?? 0));

/** A loop of clean exits, restarted always, is a crash loop all the same. */
const endedWell = (state: ProcessState, signals: SignalNumbers): boolean =>
  state.kind !== 'crash-loop' && ownCode(state, signals) === 0;

const ownCode = (state: ProcessState, signals: SignalNumbers): number => {
  switch (state.kind) {
    case 'exited':
      return state.byUs ? 0 : exitCodeOf(state.exit, signals);
    case 'restarting':
    case 'crash-loop':
      return exitCodeOf(state.exit, signals);
    case 'failed-to-start':
      return state.failure.errno === 'ENOENT' ? 127 : 126;
    case 'starting':
    case 'running':
    case 'paused':
    case 'stopping':
      return 0; // ends because the run does: by us
  }
};
