import type {Command, ProcessAction} from '../model/command.ts';
import type {ProcessStateKind} from '../model/lifecycle.ts';
import type {Page, PageQuery} from '../model/page.ts';
import type {Report} from '../model/report.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {ProcessDelta, SnapshotDelta} from './delta.ts';

/** Version of all that follows. `hello`, `welcome` and `refused` keep their shapes in every version. */
export const PROTOCOL = 1;

/** Largest frame that the engine reads … */
export const MAX_FRAME_TO_ENGINE = 64 * 1024;
/** … and the largest that a client reads, and the engine writes. */
export const MAX_FRAME_TO_CLIENT = 64 * 1024 * 1024;
/** Connections that an engine serves at once. */
export const MAX_CONNECTIONS = 32;
/** Questions of one client that wait for their turn. */
export const MAX_REQUESTS = 32;
/** While more than this waits to be sent to a client, no answer is begun for it and nothing is read from it. */
export const MAX_UNSENT_BYTES = 8 * 1024 * 1024;

/** What a client wants: to watch and steer, to ask and order, or just to know who is there. */
export const ROLES = ['ui', 'ctl', 'probe'] as const;
export type Role = (typeof ROLES)[number];

/** How a view says goodbye: the run goes on without it, or it is closed for good. */
export const LEAVINGS = ['detach', 'close'] as const;
export type Leaving = (typeof LEAVINGS)[number];

/** What `ctl` asks. `names` are processes' names as typed; the host finds them. */
export type ControlRequest =
  | {readonly kind: 'status'}
  | {readonly kind: 'report'}
  | {readonly kind: 'act'; readonly action: ProcessAction; readonly names: readonly string[]}
  | {readonly kind: 'quit'; readonly force: boolean}
  | {readonly kind: 'detach'};

/** `value` is any JSON; `sentence` says why not, and what to do. */
export type ControlAnswer =
  | {readonly ok: true; readonly value: unknown}
  | {readonly ok: false; readonly sentence: string};

export type ClientMessage =
  /** Must be the first. */
  | {readonly kind: 'hello'; readonly keepup: number; readonly role: Role}
  /** The snapshot of this number was taken in: the next may come. */
  /** `lines`: so many newest lines of a process are enough from now on; all there are where nothing is said. */
  | {readonly kind: 'taken'; readonly seq: number; readonly lines?: number}
  | {readonly kind: 'page'; readonly id: number; readonly query: PageQuery}
  | {readonly kind: 'command'; readonly command: Command}
  | {readonly kind: 'control'; readonly id: number; readonly request: ControlRequest}
  | {readonly kind: 'leave'; readonly how: Leaving};

/** What a client learns of a run before it sees anything of it. */
export type RunFacts = {
  /** The name to attach by; the run's name while it has no socket. */
  readonly name: string;
  readonly runName: string;
  readonly pid: number;
  readonly startedAtWallMs: number;
  readonly processes: number;
  /** How many processes are in which state; those without any are left out. */
  readonly states: Readonly<Partial<Record<ProcessStateKind, number>>>;
  readonly linesIn: number;
  /** Of the last ten seconds. */
  readonly linesPerSec: number;
  readonly views: number;
  readonly detachable: boolean;
};

/** How a run ended, for whoever prints it. */
export type Ending = {
  /** Large ones come with fewer error groups. */
  readonly report: Report;
  readonly exitCode: number;
  /** Warnings that were held back while a screen was up. */
  readonly said: readonly string[];
  /** What went wrong with the ending itself. */
  readonly problem: string | null;
};

export type EngineMessage =
  | {readonly kind: 'welcome'; readonly keepup: number; readonly run: RunFacts}
  /** The connection is closed behind it. */
  | {readonly kind: 'refused'; readonly sentence: string}
  | {readonly kind: 'snapshot'; readonly snapshot: Snapshot}
  /** The change of one process, of the delta that follows … */
  | {readonly kind: 'part'; readonly process: ProcessDelta}
  /** … which is of all the rest, and completes the next snapshot. */
  | {readonly kind: 'delta'; readonly delta: Omit<SnapshotDelta, 'processes'>}
  | {readonly kind: 'page'; readonly id: number; readonly page: Page}
  | {readonly kind: 'answer'; readonly id: number; readonly answer: ControlAnswer}
  | {readonly kind: 'end'; readonly ending: Ending};
