import {existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** A control group that no fork can leave: whoever was born in it is counted. */
export type Census = {
  /** Puts a process, and so all that it will start, into the group. */
  readonly enlist: (pid: number) => void;
  /** All of the group that run, but for the one that was put into it. */
  readonly survivors: () => number[];
  /** Kills what is left and takes the group away. */
  readonly end: () => void;
};

/** @throws Error where cgroup v2 can't be written: then there is no way to count that a fork can't escape. */
export const takeCensus = (name: string): Census => {
  const folder = path.join(mountPoint(), name);
  mkdirSync(folder);
  let enlisted = 0;
  return {
    enlist: pid => {
      enlisted = pid;
      writeFileSync(path.join(folder, 'cgroup.procs'), String(pid));
    },
    survivors: () => members(folder).filter(pid => pid !== enlisted && !isZombie(pid)),
    end: () => {
      writeFileSync(path.join(folder, 'cgroup.kill'), '1');
      removeTree(folder);
    },
  };
};

const mountPoint = (): string => {
  const line = readFileSync('/proc/self/mountinfo', 'utf8').split('\n').find(text => / - cgroup2 /.test(text));
  const point = line?.split(' ')[4];
  if (point === undefined) throw new Error('no cgroup v2 is mounted here');
  return point;
};

const members = (folder: string): number[] => {
  if (!existsSync(folder)) return [];
  const own = readFileSync(path.join(folder, 'cgroup.procs'), 'latin1').split('\n').filter(Boolean).map(Number);
  return [...own, ...children(folder).flatMap(members)];
};

const children = (folder: string): string[] =>
  readdirSync(folder, {withFileTypes: true}).filter(entry => entry.isDirectory()).map(({name}) => path.join(folder, name));

const isZombie = (pid: number): boolean => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return 'ZX'.includes(stat.charAt(stat.lastIndexOf(')') + 2));
  } catch {
    return true;
  }
};

/** Dead members leave a group a moment after they were killed. */
const removeTree = (folder: string): void => {
  for (const child of children(folder)) removeTree(child);
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      rmdirSync(folder);
      return;
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
};
