import {constants} from 'node:os';
import type {Engine} from '../engine/engine.ts';
import type {EndReason} from '../engine/run-end.ts';
import type {RunConfig} from '../model/config.ts';
import {runExitCode} from '../state/outcome.ts';

/** The command line makes no sense. */
export const USAGE_EXIT = 2;
/** There is no such run, or it does not answer. */
export const NO_RUN_EXIT = 3;

/** The exit code of a run that ended so. */
export const exitCodeOf = (reason: EndReason, config: RunConfig, engine: Engine): number => {
  switch (reason.kind) {
    case 'signal':
      return 128 + constants.signals[reason.signal];
    case 'output-closed':
      return 0;
    case 'done':
    case 'quit':
    case 'deadline':
      return runExitCode(config.success, engine.outcomes(), constants.signals);
  }
};
