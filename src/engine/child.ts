import type {Readable} from 'node:stream';
import {execa} from 'execa';
import type {ExitStatus} from '../model/lifecycle.ts';
import {groupMembers} from './group-members.ts';
import type {LaunchContext, ResolvedLaunch} from './preflight.ts';

/** A running child and its process group. */
export type Child = {
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How the child itself ended; its group and its pipes may live on. Never rejects. */
  readonly exited: Promise<ExitStatus>;
  /** Signals the whole group. False when nothing of it is left. */
  readonly signalGroup: (signal: NodeJS.Signals) => boolean;
  /** Whether anything of the group is left that runs. To be asked once the child itself has exited. */
  readonly isGroupAlive: () => boolean;
};

/** A spawn that failed, with the operating system's word for it. */
export type SpawnError = {readonly errno: string};

/**
 * Starts a child as leader of its own session and process group, its stdin
 * closed, its stdout and stderr as bytes.
 *
 * @returns The child, or why there is none. Never rejects.
 */
export const spawnChild = async (launch: ResolvedLaunch, context: LaunchContext): Promise<Child | SpawnError> => {
  let subprocess;
  try {
    subprocess = execa(launch.file, launch.args, {
      cwd: context.cwd,
      env: context.env,
      extendEnv: false,
      stdin: 'ignore',
      buffer: false,
      encoding: 'buffer',
      reject: false,
      cleanup: false,
      detached: true,
    });
  } catch (error) {
    return {errno: errnoOf(error)};
  }
  const {pid, stdout, stderr} = subprocess;
  if (pid === undefined) return {errno: errnoOf(await subprocess)};
  const exited = new Promise<ExitStatus>(resolve => {
    subprocess.nodeChildProcess.once('exit', (code, signal) => resolve({code, signal}));
  });
  // The result tells what `exited` tells, only later: when all pipes are closed.
  void subprocess.catch(() => {});
  return {
    pid,
    stdout,
    stderr,
    exited,
    signalGroup: signal => signalGroup(pid, signal),
    isGroupAlive: () => signalGroup(pid, 0) && !isGroupOfZombies(pid),
  };
};

/** Whether {@link spawnChild} started nothing. */
export const isSpawnError = (result: Child | SpawnError): result is SpawnError => 'errno' in result;

const signalGroup = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
};

/** Where nobody collects orphans, as in many containers, dead ones keep a group in being for ever. */
const isGroupOfZombies = (pid: number): boolean => {
  const members = groupMembers(pid);
  return members !== null && members.every(({group}) => group !== pid);
};

const errnoOf = (error: unknown): string => {
  const {code, cause} = error as {code?: string; cause?: {code?: string}};
  return code ?? cause?.code ?? 'EIO';
};
