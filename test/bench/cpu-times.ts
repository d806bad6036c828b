import {readFileSync} from 'node:fs';

const TICKS_PER_S = 100;

/** User and system time of a process so far, s: of all its own threads, and of its children that have ended. */
export const cpuTimes = (pid: number | 'self'): {readonly ownS: number; readonly childrenS: number} => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // Fields 14 to 17 (proc_pid_stat(5)), counted behind the name, which may hold blanks.
  const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(ticks => Number(ticks) / TICKS_PER_S);
  return {ownS: user + system, childrenS: childrenUser + childrenSystem};
};
