import {mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** A cgroup of one run's own, inside that in which keepup was started. */
export type RunCgroup = {
  readonly path: string;
  /** Moves our own process into it, and so all that we start from now on. False, and it is removed, if it can't. */
  readonly enter: () => boolean;
  /** Moves us, and all that still runs in it, back to where we came from; then it is empty. */
  readonly leave: () => void;
};

/** Where to look; tests bring a folder of their own. */
export type CgroupSources = {
  /** Content of `/proc/self/mountinfo` and `/proc/self/cgroup`. */
  readonly mountinfo: string;
  readonly membership: string;
};

/** A keepup that has just made its cgroup has not yet moved into it. */
const LEFT_OVER_MS = 60_000;
/** Processes that fork while they are moved. */
const LEAVE_ROUNDS = 20;

/**
 * Makes a cgroup for a run, where cgroup v2 is mounted and our own part of it
 * is ours to write (as root, or where it was delegated). Removes what earlier
 * runs have left behind empty.
 *
 * @returns null where there can be none, for whatever reason: that is no failure.
 */
export const makeCgroup = (runId: string, sources: CgroupSources | null = systemSources()): RunCgroup | null => {
  const home = sources === null ? null : ownCgroup(sources);
  if (home === null) return null;
  try {
    removeLeftOvers(home);
    const folder = path.join(home, `${PREFIX}${runId}`);
    mkdirSync(folder);
    return {path: folder, enter: () => enter(folder), leave: () => leave(folder, home)};
  } catch {
    return null;
  }
};

const PREFIX = 'keepup-';

const systemSources = (): CgroupSources | null => {
  try {
    return {
      mountinfo: readFileSync('/proc/self/mountinfo', 'utf8'),
      membership: readFileSync('/proc/self/cgroup', 'utf8'),
    };
  } catch {
    return null;
  }
};

/** The directory of the cgroup v2 that we are in; null unless it can be seen from here that we are. */
export const ownCgroup = ({mountinfo, membership}: CgroupSources): string | null => {
  const own = /^0::(\/.*)$/m.exec(membership)?.[1];
  if (own === undefined) return null;
  for (const line of mountinfo.split('\n')) {
    const folder = folderIn(line, own);
    if (folder !== null && holdsUs(folder)) return folder;
  }
  return null;
};

/** Of one line of mountinfo (proc_pid_mountinfo(5)): id, parent, device, root, mount point, options, … - type, … */
const folderIn = (line: string, own: string): string | null => {
  const [mount = '', kind = ''] = line.split(' - ');
  const [, , , root, point] = mount.split(' ').map(unescaped);
  if (!kind.startsWith('cgroup2 ') || root === undefined || point === undefined) return null;
  const below = path.relative(root, own);
  return below.startsWith('..') ? null : path.join(point, below);
};

/** Blanks and the like are written in octal. */
const unescaped = (field: string): string =>
  field.replaceAll(/\\([0-7]{3})/g, (_match, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

const holdsUs = (folder: string): boolean => {
  try {
    return pidsIn(folder).includes(process.pid);
  } catch {
    return false;
  }
};

const removeLeftOvers = (home: string): void => {
  for (const name of readdirSync(home)) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = path.join(home, name);
    const status = statSync(folder, {throwIfNoEntry: false});
    if (status !== undefined && Date.now() - status.ctimeMs > LEFT_OVER_MS) removeIfEmpty(folder);
  }
};

const removeIfEmpty = (folder: string): void => {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody runs in it.
  }
};

const enter = (folder: string): boolean => {
  if (move(process.pid, folder)) return true;
  removeIfEmpty(folder);
  return false;
};

const leave = (folder: string, home: string): void => {
  for (let round = 0; round < LEAVE_ROUNDS; round++) {
    const pids = remaining(folder);
    if (pids.length === 0) return;
    for (const pid of pids) move(pid, home);
  }
};

const remaining = (folder: string): number[] => {
  try {
    return pidsIn(folder);
  } catch {
    return [];
  }
};

const pidsIn = (folder: string): number[] =>
  readFileSync(path.join(folder, 'cgroup.procs'), 'latin1').split('\n').filter(Boolean).map(Number);

const move = (pid: number, folder: string): boolean => {
  try {
    writeFileSync(path.join(folder, 'cgroup.procs'), String(pid));
    return true;
  } catch {
    return false;
  }
};
