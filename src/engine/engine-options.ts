import type {ProcessSpec, RunConfig} from '../model/config.ts';
import type {Guard} from '../model/guard.ts';
import type {Notice, ProcessSnapshot} from '../model/snapshot.ts';
import type {Emit} from '../model/task.ts';
import type {Clock} from './clock.ts';
import type {BlockingSink} from './managed-process.ts';
import type {Pools} from './pools.ts';

/** What a run is made of. */
export type EngineOptions = {
  readonly config: RunConfig;
  readonly pools: Pools;
  readonly clock: Clock;
  readonly random: () => number;
  /** The environment that children get, `KEEPUP_*` not yet added. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Hides secrets in a command line, or in what quotes one, before anyone sees it. */
  readonly mask: (text: string) => string;
  /** Sees to it that nothing outlives us. It is started before and stopped after us. */
  readonly guard: Guard;
  readonly emitOf: (spec: ProcessSpec, id: number) => Emit;
  readonly sink: BlockingSink;
  /** Whether to end when all processes have, without being asked; asked again and again, since views come and go. */
  readonly endWhenDone: () => boolean;
  readonly onState: (process: ProcessSnapshot) => void;
  readonly onNotice: (notice: Notice) => void;
  /** Fail where a ledger does not balance, instead of saying so in a notice. */
  readonly strict: boolean;
};
