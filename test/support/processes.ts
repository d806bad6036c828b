import {readdirSync, readFileSync} from 'node:fs';

/** Whether a process runs; a dead one that nobody has collected does not. */
export const isRunning = (pid: number): boolean => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.charAt(stat.lastIndexOf(')') + 2) !== 'Z';
  } catch {
    return false;
  }
};

/** Pids of all processes that run with this word in their environment or command line. */
export const processesWith = (word: string): number[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(
      pid =>
        pid !== process.pid && isRunning(pid) && `${fileOf(pid, 'environ')}\0${fileOf(pid, 'cmdline')}`.includes(word),
    );

const fileOf = (pid: number, name: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
};
