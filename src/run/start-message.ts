import type {RunConfig} from '../model/config.ts';

/** The first word on the inherited socket pair, from the screen's process to the engine's: what to run. */
export type StartMessage = {readonly kind: 'start'; readonly config: RunConfig};

/** The answer to it. `unstartable`: nothing was started; a usage error in the words of {@link StartedMessage.message}. */
export type StartedMessage = {readonly kind: 'started'} | {readonly kind: 'unstartable'; readonly message: string};

/** The engine's end of the inherited socket pair. */
export const PAIR_FD = 3;
/** The terminal (or file) for the last words of a run whose screen was killed. */
export const LAST_WORDS_FD = 4;
/** Commands and options may be long, and many. */
export const MAX_START_BYTES = 64 * 1024 * 1024;
