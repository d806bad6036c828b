/** The process that a command means, by id, or all of them. */
export type Target = number | 'all';

/** What a view may ask of the engine. Answers show in the next snapshot. */
export type Command =
  | {readonly kind: 'pause'; readonly target: Target}
  | {readonly kind: 'resume'; readonly target: Target}
  | {readonly kind: 'restart'; readonly target: Target}
  | {readonly kind: 'stop'; readonly target: Target}
  | {readonly kind: 'start'; readonly target: Target}
  /** Every view forgets what it displays of the process; books and report stay whole. */
  | {readonly kind: 'clear'; readonly target: Target}
  /** Stop everything and end the run, as by a signal where one is named; a second one kills at once. */
  | {readonly kind: 'quit'; readonly signal?: QuitSignal};

export type QuitSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** What is done to processes; the rest ends the run. */
export type ProcessCommand = Exclude<Command, {readonly kind: 'quit'}>;

/** What can be asked for a process, from a key or from a script. */
export const PROCESS_ACTIONS = [
  'restart', 'stop', 'start', 'pause', 'resume', 'clear',
] as const satisfies readonly ProcessCommand['kind'][];
export type ProcessAction = (typeof PROCESS_ACTIONS)[number];
