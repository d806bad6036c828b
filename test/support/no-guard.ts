import type {Guard} from '../../src/model/guard.ts';

/** Guards nothing: Node's own pipes, and what leaves a group is not found. */
export const noGuard: Guard = {
  tagOf: process => ['KEEPUP_TAG_none', String(process)],
  groupStarted: () => {},
  groupEnded: () => {},
  tagged: () => [],
  outputPipe: async () => null,
  holders: () => [],
};
