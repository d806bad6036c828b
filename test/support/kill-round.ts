import {spawn, type ChildProcess} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync} from 'node:fs';
import path from 'node:path';
import {ownCgroup} from '../../src/guard/cgroup.ts';
import {eventually} from './eventually.ts';
import {kill} from './loose-processes.ts';
import {tempFolder} from './parser-module.ts';
import {isRunning, processesWith} from './processes.ts';

/** What runs under keepup when it is killed; `ready`: more processes than that are enough to begin. */
export const LOADS = {
  idle: {
    commands: ['sleep 1000 & setsid sleep 1000 & setsid sh -c "sleep 1000 & exec sleep 1000" & wait'],
    ready: 5,
  },
  storm: {
    commands: Array.from(
      {length: 2},
      () => 'while :; do setsid sh -c "sleep 1000 & setsid sleep 1000" & sleep 0.03; done',
    ),
    ready: 12,
  },
  restarting: {
    commands: ['setsid sleep 1000 & sleep 0.05; exit 1', 'sleep 1000 & setsid sleep 1000 & exit 1'],
    ready: 3,
  },
  paused: {
    commands: ['setsid sh -c "kill -STOP \\$\\$; sleep 1000" & sh -c "kill -STOP \\$\\$" & kill -STOP $$'],
    ready: 3,
  },
  quitting: {
    commands: ['trap "" TERM; setsid sh -c "trap \'\' TERM; sleep 1000; sleep 1000" & sleep 1000; sleep 1000'],
    ready: 3,
  },
} as const;

export type KillRound = {
  readonly load: keyof typeof LOADS;
  /** Whether keepup may use a cgroup, where there is one. */
  readonly cgroup: boolean;
  /** False: it has no watchdog; then there should be survivors. */
  readonly watchdog?: boolean;
  /** Kill the watchdog first, and wait for the next one. */
  readonly killsWatchdog?: boolean;
  /** Kill so long after all is ready: any moment must do. */
  readonly afterMs?: number;
};

const PROGRAM = path.resolve('dist/launcher.js');
/** Without a watchdog nothing is waited for: those that are there then go on for ever. */
const CONTROL_PATIENCE_MS = 500;

/**
 * Starts keepup without a screen, kills it with SIGKILL in the midst of its
 * work, and waits until nothing of it runs any more.
 *
 * Survivors are counted by a cgroup of the test's own, which no process can
 * leave on its own, where there can be one; else by a word in the environment.
 *
 * @returns The pids that survive (after 20 s, which is a failure, or without a
 *   watchdog after a moment). They are killed before this returns.
 */
export const killRound = async (round: KillRound): Promise<readonly number[]> => {
  const {commands, ready} = LOADS[round.load];
  const scene = makeScene();
  try {
    const keepup = start(scene, commands, round);
    await eventually(() => scene.members(), pids => pids.length > ready);
    if (round.killsWatchdog === true) await replaceWatchdog(keepup.pid!);
    await pause(round.afterMs ?? 0);
    if (round.load === 'quitting') await quit(keepup);
    keepup.kill('SIGKILL');
    return await survivors(scene, round);
  } finally {
    await scene.clear();
  }
};

/** Those among which survivors are counted. */
type Scene = {
  readonly word: string;
  /** A shell line that moves the shell into the scene; empty where there is none. */
  readonly enter: string;
  /** Keepup's own processes included, which end, too. */
  readonly members: () => number[];
  readonly clear: () => Promise<void>;
};

const makeScene = (): Scene => {
  const word = `kill_round_${randomBytes(8).toString('hex')}`;
  const folder = makeTestCgroup(word);
  const members = (): number[] => (folder === null ? processesWith(`${word}=`) : membersOf(folder)).filter(isRunning);
  const clear = async (): Promise<void> => {
    await eventually(
      () => members().map(kill).length,
      count => count === 0 && (folder === null || isRemoved(folder)),
    );
  };
  return {word, enter: folder === null ? '' : `echo $$ > '${folder}/cgroup.procs'; `, members, clear};
};

const makeTestCgroup = (name: string): string | null => {
  try {
    const home = ownCgroup({
      mountinfo: readFileSync('/proc/self/mountinfo', 'utf8'),
      membership: readFileSync('/proc/self/cgroup', 'utf8'),
    });
    if (home === null) return null;
    const folder = path.join(home, name);
    mkdirSync(folder);
    return folder;
  } catch {
    return null;
  }
};

/** Of a cgroup and those below; none where one has just gone. */
const membersOf = (folder: string): number[] => {
  try {
    const own = readFileSync(path.join(folder, 'cgroup.procs'), 'latin1').split('\n').filter(Boolean).map(Number);
    return [...own, ...subfolders(folder).flatMap(membersOf)];
  } catch {
    return [];
  }
};

const subfolders = (folder: string): string[] =>
  readdirSync(folder, {withFileTypes: true})
    .filter(entry => entry.isDirectory())
    .map(({name}) => path.join(folder, name));

const isRemoved = (folder: string): boolean => {
  try {
    for (const below of subfolders(folder)) if (!isRemoved(below)) return false;
    rmdirSync(folder);
    return true;
  } catch {
    // Someone dies in it yet.
    return !existsSync(folder);
  }
};

const start = (scene: Scene, commands: readonly string[], round: KillRound): ChildProcess => {
  const switches = {
    KEEPUP_NO_WATCHDOG: round.watchdog === false ? '1' : undefined,
    KEEPUP_NO_CGROUP: round.cgroup ? undefined : '1',
  };
  const args = [PROGRAM, '--ui', 'none', '--restart', 'always', '--kill-timeout', '60s', ...commands];
  return spawn('/bin/sh', ['-c', `${scene.enter}exec "$@"`, 'sh', process.execPath, ...args], {
    stdio: 'ignore',
    env: {...process.env, ...switches, TMPDIR: tempFolder(), [scene.word]: '1'},
  });
};

/** Kills the watchdog of a keepup; resolves when there is another one. */
const replaceWatchdog = async (keepup: number): Promise<void> => {
  const [pid] = await eventually(() => watchdogsOf(keepup), pids => pids.length === 1);
  kill(pid!);
  await eventually(() => watchdogsOf(keepup), ([next]) => next !== undefined && next !== pid);
};

const watchdogsOf = (keepup: number): number[] =>
  readFileSync(`/proc/${keepup}/task/${keepup}/children`, 'latin1')
    .split(' ')
    .map(Number)
    .filter(pid => pid > 0 && isRunning(pid) && argumentsOf(pid).includes('keepup-watchdog'));

const argumentsOf = (pid: number): string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
  } catch {
    return [];
  }
};

const quit = async (keepup: ChildProcess): Promise<void> => {
  keepup.kill('SIGTERM');
  await pause(150);
};

const survivors = async (scene: Scene, {watchdog}: KillRound): Promise<readonly number[]> => {
  if (watchdog === false) {
    await pause(CONTROL_PATIENCE_MS);
    return scene.members();
  }
  return eventually(scene.members, pids => pids.length === 0).catch(() => scene.members());
};

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));
