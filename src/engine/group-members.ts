import {readdirSync, readFileSync} from 'node:fs';

/**
 * The processes of a group or session, zombies left out: those that may hold
 * the output of an exited child open.
 *
 * Reads `/proc` (proc_pid_stat(5)).
 *
 * @param leader The exited child's pid, which is also its group's and its session's number.
 * @returns null where there is no `/proc`.
 */
export const groupMembers = (leader: number): Member[] | null => {
  try {
    return readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(name => memberOf(Number(name)))
      .filter(member => member !== null)
      .filter(({pid, group, session}) => pid !== leader && (group === leader || session === leader));
  } catch {
    return null;
  }
};

/** The process group of a process that runs; null when it does not, or where there is no `/proc`. */
export const groupOf = (pid: number): number | null => memberOf(pid)?.group ?? null;

/** A process that is no zombie. */
export type Member = {readonly pid: number; readonly group: number; readonly session: number};

const memberOf = (pid: number): Member | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the name in parentheses and may hold anything, parentheses too.
    const [state, , group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? null : {pid, group: Number(group), session: Number(session)};
  } catch {
    return null;
  }
};
