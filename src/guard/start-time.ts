import {readFileSync} from 'node:fs';

/** Field 22 of `/proc/PID/stat` (proc_pid_stat(5)); the first one behind the name is field 3. */
const START_TIME_FIELD = 22 - 3;

/**
 * When a process was started, in clock ticks since boot: with its pid it tells
 * one process from all others. Null where nothing can be known of it.
 */
export const startTimeOf = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in parentheses, may hold anything, parentheses too.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME_FIELD] ?? null;
  } catch {
    return null;
  }
};
