import type {Format} from './format.ts';
import type {OverloadPolicy} from './snapshot.ts';

export const RESTART_POLICIES = ['never', 'on-failure', 'always'] as const;
export type RestartPolicy = (typeof RESTART_POLICIES)[number];

export const UI_MODES = ['auto', 'tui', 'plain', 'json', 'none'] as const;
export type UiMode = (typeof UI_MODES)[number];

/** How a child is started: by `/bin/sh -c`, or straight from its words. */
export type Launch =
  | {readonly kind: 'shell'; readonly line: string}
  | {readonly kind: 'argv'; readonly argv: readonly [string, ...string[]]};

/** One configured process. */
export type ProcessSpec = {
  readonly name: string;
  readonly launch: Launch;
  /** 1-based number among the copies of one command; `KEEPUP_INSTANCE`. */
  readonly instance: number;
  readonly format: Format;
};

/** Whose exit code becomes ours. */
export type SuccessPolicy =
  | {readonly kind: 'all'}
  | {readonly kind: 'first'}
  | {readonly kind: 'last'}
  | {readonly kind: 'name'; readonly name: string};

/** A run as the command line asks for it, every default filled in. */
export type RunConfig = {
  readonly runName: string;
  readonly processes: readonly ProcessSpec[];
  readonly restart: RestartPolicy;
  /** Stop everything so long after the start; null: never. */
  readonly forMs: number | null;
  readonly workers: number;
  readonly parseTimeoutMs: number;
  /** What judges lines of JSON; `wasm` where this machine has it. */
  readonly scanner: 'wasm' | 'js';
  readonly maxLineBytes: number;
  /** For the whole run, shared out among the processes. */
  readonly historyBytes: number;
  readonly overload: OverloadPolicy;
  readonly ui: UiMode;
  /** Most that the screen sends to its terminal; null: any number. */
  readonly maxBytesPerSec: number | null;
  readonly logFile: string | null;
  /** `-` is stdout. */
  readonly reportFile: string | null;
  readonly killTimeoutMs: number;
  readonly success: SuccessPolicy;
  readonly killOthers: 'never' | 'on-end' | 'on-fail';
  readonly exitWhenDone: boolean;
  /** The run may go on without its screen; it has a socket. */
  readonly detachable: boolean;
  /** It has a socket for `ctl` and `attach`. */
  readonly socket: boolean;
  /** What becomes of the run when its terminal goes away. */
  readonly onHangup: 'stop' | 'detach';
  /** A run without a screen stays when all of its processes have ended. */
  readonly linger: boolean;
  /** A stop leaves alone what has left its process's group. */
  readonly leaveDaemons: boolean;
  /** Colours of the programs' own are shown. */
  readonly ansi: boolean;
};

export const DEFAULT_MAX_LINE_BYTES = 65_536;
export const DEFAULT_HISTORY_BYTES = 64 * 1024 * 1024;
