import {readdirSync, readFileSync} from 'node:fs';

/**
 * The processes of a group or session, zombies left out: those that may hold
 * the output of an exited child open.
 *
 * Reads `/proc` (proc_pid_stat(5)); empty where there is none.
 *
 * @param leader The exited child's pid, which is also its group's and its session's number.
 */
export const groupMembers = (leader: number): number[] => {
  try {
    return readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(Number)
      .filter(pid => isMember(pid, leader));
  } catch {
    return [];
  }
};

const isMember = (pid: number, leader: number): boolean => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the name in parentheses and may hold anything, parentheses too.
    const [state, , group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state !== 'Z' && pid !== leader && (Number(group) === leader || Number(session) === leader);
  } catch {
    return false;
  }
};
