import type {Guard} from '../model/guard.ts';
import {makeCgroup, type RunCgroup} from './cgroup.ts';
import {Descendants} from './descendants.ts';
import {Fifos} from './fifos.ts';
import {Holders} from './holders.ts';
import {newRunId, tagName} from './run-tag.ts';
import {Watchdog} from './watchdog.ts';

export type GuardOptions = {
  /** How many processes will be started at once: pipes for them are made ahead. */
  readonly processes: number;
  /** False: nobody cleans up when we are killed. For tests that must see a leak. */
  readonly watchdog?: boolean;
  /** False: no cgroup, though there could be one. For tests of what does without. */
  readonly cgroup?: boolean;
  /** Something is wrong with the guard itself: a sentence for people. */
  readonly onTrouble: (text: string) => void;
};

export type RunningGuard = Guard & {
  /** Pid of the watchdog; null while it is dead, or was not wanted. */
  readonly watchdogPid: () => number | null;
  /** To be called when nothing of the run is left: leaves the cgroup, removes pipes, says goodbye to the watchdog. */
  readonly stop: () => Promise<void>;
};

const PIPES_A_PROCESS = 2;

/**
 * Starts what sees to it that nothing outlives us. To be awaited before any
 * child is started. Moves our own process into a cgroup of its own where it may.
 *
 * @returns Never rejects: whatever this machine does not offer is done without.
 */
export const startGuard = async (options: GuardOptions): Promise<RunningGuard> => {
  const runId = newRunId();
  const tag = tagName(runId);
  const fifos = new Fifos();
  const hasWatchdog = options.watchdog !== false;
  const cgroup = hasWatchdog && options.cgroup !== false ? makeCgroup(runId) : null;
  const watchdog = new Watchdog({
    tag,
    cgroup: cgroup?.path ?? null,
    folder: fifos.folder,
    onTrouble: options.onTrouble,
    nowMs,
  });
  if (hasWatchdog) watchdog.start();
  // Behind the watchdog, which stays outside.
  cgroup?.enter();
  await fifos.prefetch(options.processes * PIPES_A_PROCESS);
  const descendants = new Descendants(tag, nowMs);
  const holders = new Holders(fifos.folder, nowMs);
  return {
    tagOf: process => [tag, String(process)],
    groupStarted: group => watchdog.groupStarted(group),
    groupEnded: group => watchdog.groupEnded(group),
    tagged: process => descendants.tagged(process),
    outputPipe: () => fifos.outputPipe(),
    holders: links => holders.holders(links),
    watchdogPid: () => watchdog.pid,
    stop: () => stop(fifos, cgroup, watchdog),
  };
};

const nowMs = (): number => performance.now();

const stop = async (fifos: Fifos, cgroup: RunCgroup | null, watchdog: Watchdog): Promise<void> => {
  await fifos.close();
  // Only then can the watchdog remove it.
  cgroup?.leave();
  await watchdog.stop();
};
