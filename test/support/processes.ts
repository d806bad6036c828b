import {readdirSync, readFileSync, readlinkSync} from 'node:fs';

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

/** What makes a daemon: it leads a session, has no controlling terminal and holds no terminal open. */
export const daemonFacts = (
  pid: number,
): {readonly leadsSession: boolean; readonly terminal: number; readonly terminalFds: readonly string[]} => {
  const stat = fileOf(pid, 'stat');
  // proc_pid_stat(5): state, parent, group, session, controlling terminal.
  const [, , , session, terminal] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
  const links = readdirSync(`/proc/${pid}/fd`).map(fd => linkOf(`/proc/${pid}/fd/${fd}`));
  return {
    leadsSession: session === pid,
    terminal: terminal ?? -1,
    terminalFds: links.filter(link => /^\/dev\/(pts|tty)/.test(link)),
  };
};

/** Whether it is the engine's own process. */
export const isEngine = (pid: number): boolean => fileOf(pid, 'cmdline').includes('engine-start.js');

/** Whether it is a process that paints: the launcher, where it needs no other Node. */
export const isScreen = (pid: number): boolean => fileOf(pid, 'cmdline').includes('launcher.js');

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
};

const fileOf = (pid: number, name: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
};
