import {readFileSync} from 'node:fs';

/** What we ourselves open, threads and guard counted, and what a child takes while it is started. */
const OWN_FILES = 100;
const FILES_PER_PROCESS = 4;

/**
 * Whether so many processes may use up the file descriptors that we may have.
 *
 * @param limits Text of `/proc/self/limits`.
 */
export const areFilesScarce = (processes: number, limits: string | null): boolean => {
  const soft = /^Max open files +(\d+)/m.exec(limits ?? '')?.[1];
  return soft !== undefined && Number(soft) < OWN_FILES + FILES_PER_PROCESS * processes;
};

/** As the system has it; null where it doesn't tell. */
export const readLimits = (): string | null => {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return null;
  }
};
