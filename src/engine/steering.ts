import type {ProcessCommand} from '../model/command.ts';
import type {RunConfig} from '../model/config.ts';
import type {ProcessState} from '../model/lifecycle.ts';
import type {ManagedProcess} from './managed-process.ts';

/** Does to one process what a view asked for; what makes no sense in its state is ignored. */
export const applyCommand = (process: ManagedProcess, {kind}: ProcessCommand): void => {
  if (kind === 'clear') process.clears++;
  else process.supervisor.send({kind});
};

/** `--kill-others`: when one process has ended by itself, the rest is stopped. */
export const stopOthers = (
  policy: RunConfig['killOthers'],
  ended: ManagedProcess,
  processes: readonly ManagedProcess[],
): void => {
  if (policy === 'never' || wasStopped(ended.supervisor.state)) return;
  if (policy === 'on-fail' && !hasFailed(ended.supervisor.state)) return;
  for (const process of processes) {
    if (process !== ended) process.supervisor.send({kind: 'stop'});
  }
};

const wasStopped = (state: ProcessState): boolean => state.kind === 'exited' && state.byUs;

const hasFailed = (state: ProcessState): boolean => state.kind !== 'exited' || state.exit.code !== 0;
