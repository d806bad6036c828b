import {readdirSync, readFileSync, readlinkSync} from 'node:fs';

const SAMPLE_MS = 250;

/**
 * Watches how much memory a program holds: its process and all below it that run in the same Node, without the
 * commands that it runs. Proportional set size: pages that several processes share are counted once.
 *
 * @returns What ends it and tells the most that was seen, in MB.
 */
export const watchPss = (pid: number): (() => number) => {
  let peakKb = 0;
  const sample = (): void => {
    const kb = programOf(pid).reduce((sum, member) => sum + pssKb(member), 0);
    peakKb = Math.max(peakKb, kb);
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    return peakKb / 1024;
  };
};

/** The process and its descendants that run in the same executable as we do. */
export const programOf = (pid: number): number[] => {
  if (!isNode(pid)) return [];
  return [pid, ...childrenOf(pid).flatMap(programOf)];
};

const isNode = (pid: number): boolean => {
  try {
    return readlinkSync(`/proc/${pid}/exe`) === readlinkSync('/proc/self/exe');
  } catch {
    return false;
  }
};

const childrenOf = (pid: number): number[] => {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap(task => {
      const children = readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').trim();
      return children === '' ? [] : children.split(' ').map(Number);
    });
  } catch {
    return [];
  }
};

const pssKb = (pid: number): number => {
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0);
  } catch {
    return 0;
  }
};
