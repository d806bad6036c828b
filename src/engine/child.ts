import {execa} from 'execa';
import type {ExitStatus} from '../model/lifecycle.ts';
import type {OutputPipe} from '../model/guard.ts';
import {groupMembers} from './group-members.ts';
import {closePipes, closeWriters, readerOf, type ByteSource, type OutputPipes} from './output-streams.ts';
import type {LaunchContext, ResolvedLaunch} from './preflight.ts';

/** A running child and its process group. */
export type Child = {
  readonly pid: number;
  readonly stdout: ByteSource;
  readonly stderr: ByteSource;
  /** What `/proc/PID/fd` of whoever holds a stream open links to; null where that can't be told. */
  readonly links: {readonly stdout: string | null; readonly stderr: string | null};
  /** How the child itself ended; its group and its pipes may live on. Never rejects. */
  readonly exited: Promise<ExitStatus>;
  /** Signals the whole group. False when nothing of it is left. */
  readonly signalGroup: (signal: NodeJS.Signals) => boolean;
  /** Whether anything of the group is left that runs. To be asked once the child itself has exited. */
  readonly isGroupAlive: () => boolean;
  /** The same, zombies counted: it costs next to nothing. */
  readonly isGroupThere: () => boolean;
};

/** A spawn that failed, with the operating system's word for it. */
export type SpawnError = {readonly errno: string};

/**
 * Starts a child as leader of its own session and process group, its stdin
 * closed, its stdout and stderr as bytes.
 *
 * @param pipes For its output; taken over, whatever happens.
 * @param landing Where what is read of it is put.
 * @returns The child, or why there is none. Never rejects.
 */
export const spawnChild = async (
  launch: ResolvedLaunch,
  context: LaunchContext,
  pipes: OutputPipes,
  landing: Uint8Array,
): Promise<Child | SpawnError> => {
  const subprocess = start(launch, context, pipes);
  if ('errno' in subprocess || subprocess.pid === undefined) {
    closePipes(pipes);
    return 'errno' in subprocess ? subprocess : {errno: errnoOf(await subprocess)};
  }
  const {pid} = subprocess;
  const exited = new Promise<ExitStatus>(resolve => {
    subprocess.nodeChildProcess.once('exit', (code, signal) => resolve({code, signal}));
  });
  // The result tells what `exited` tells, only later: when all pipes are closed.
  void subprocess.catch(() => {});
  closeWriters(pipes);
  return {
    pid,
    stdout: pipes.stdout === null ? subprocess.stdout! : readerOf(pipes.stdout, landing),
    stderr: pipes.stderr === null ? subprocess.stderr! : readerOf(pipes.stderr, landing),
    links: {stdout: pipes.stdout?.link ?? null, stderr: pipes.stderr?.link ?? null},
    exited,
    signalGroup: signal => signalGroup(pid, signal),
    isGroupAlive: () => signalGroup(pid, 0) && !isGroupOfZombies(pid),
    isGroupThere: () => signalGroup(pid, 0),
  };
};

/** Whether {@link spawnChild} started nothing. */
export const isSpawnError = (result: Child | SpawnError): result is SpawnError => 'errno' in result;

const start = (launch: ResolvedLaunch, context: LaunchContext, {stdout, stderr}: OutputPipes) => {
  try {
    return execa(launch.file, launch.args, {
      cwd: context.cwd,
      env: context.env,
      extendEnv: false,
      stdio: ['ignore', targetOf(stdout), targetOf(stderr)],
      buffer: false,
      encoding: 'buffer',
      reject: false,
      cleanup: false,
      detached: true,
    });
  } catch (error) {
    return {errno: errnoOf(error)};
  }
};

/** execa's types know no descriptor beyond 9; it hands Node any. */
const targetOf = (pipe: OutputPipe | null): 'pipe' | 3 => (pipe === null ? 'pipe' : (pipe.writeFd as 3));

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
