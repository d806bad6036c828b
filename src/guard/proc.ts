import {readdirSync} from 'node:fs';

/** Pids of all processes that can be seen, ourselves left out. Empty where there is no `/proc`. */
export const otherPids = (): number[] => {
  try {
    return readdirSync('/proc').map(Number).filter(pid => pid > 0 && pid !== process.pid);
  } catch {
    return [];
  }
};
