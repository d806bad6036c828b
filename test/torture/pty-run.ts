import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {spawn, type IPty} from '@lydell/node-pty';
import type {Status} from '../../src/run/status.ts';
import {isEngine, processesWith} from '../support/processes.ts';

/** As the shebang has it; without the flag, V8's young generation alone grows to 134 MB under a flood. */
const PROGRAM = ['--max-semi-space-size=2', path.resolve('dist/launcher.js')];
const MARK = 'KEEPUP_TORTURE_MARK';

/** keepup in a pseudo-terminal of its own, with a socket that tells where it stands. */
export type PtyRun = {
  readonly pty: IPty;
  /** Of the process that paints. */
  readonly uiPid: number;
  readonly enginePid: () => number;
  /** Everything of the run that is alive, keepup itself included. */
  readonly alive: () => number[];
  readonly status: () => Status;
  readonly readReport: () => unknown;
  /** How the launcher ended: its exit code. */
  readonly exited: Promise<number>;
  readonly remove: () => void;
  /** What `XDG_RUNTIME_DIR` names. */
  readonly runtimeFolder: string;
  readonly env: Record<string, string>;
};

/** @param args Options and commands; `--socket` and `--report` are added. */
export const openPtyRun = (args: readonly string[], size = {cols: 200, rows: 50}): PtyRun => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keepup-torture-'));
  const reportFile = path.join(folder, 'report.json');
  const mark = `${MARK}=${path.basename(folder)}`;
  const env = {...cleanEnv(), XDG_RUNTIME_DIR: folder, [MARK]: path.basename(folder)};
  const pty = spawn(process.execPath, [...PROGRAM, '--socket', '--report', reportFile, ...args], {
    ...size,
    name: 'xterm-256color',
    env,
  });
  const exited = new Promise<number>(resolve => pty.onExit(({exitCode}) => resolve(exitCode)));
  return {
    pty,
    uiPid: pty.pid,
    enginePid: () => processesWith(mark).find(isEngine) ?? 0,
    alive: () => processesWith(mark),
    status: () => {
      const {stdout, stderr} = spawnSync(process.execPath, [...PROGRAM, 'ctl', 'status', '--json'], {env, encoding: 'utf8'});
      if (stdout === '') throw new Error(stderr);
      return JSON.parse(stdout) as Status;
    },
    readReport: () => JSON.parse(readFileSync(reportFile, 'utf8')) as unknown,
    exited,
    remove: () => rmSync(folder, {recursive: true, force: true}),
    runtimeFolder: folder,
    env,
  };
};

/** One more screen of the same run. */
export const attachPty = ({env}: PtyRun): IPty =>
  spawn(process.execPath, [...PROGRAM, 'attach'], {cols: 120, rows: 40, name: 'xterm-256color', env});

/** Resolves when the run answers on its socket. */
export const untilReady = (run: PtyRun): Promise<number> =>
  until(
    'the run answers',
    () => {
      try {
        return run.enginePid() !== 0 && run.status().processes.length > 0;
      } catch {
        return false;
      }
    },
    20_000,
  );

/** Ours, as a user's shell would have it. */
export const cleanEnv = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !['NODE_ENV', 'CI'].includes(entry[0]),
    ),
  );

/** Looks again and again, without holding the event loop, until something is so. Says how long that took, ms. */
export const until = async (what: string, holds: () => boolean, timeoutMs: number): Promise<number> => {
  const startedAtMs = performance.now();
  for (;;) {
    if (holds()) return performance.now() - startedAtMs;
    if (performance.now() - startedAtMs > timeoutMs) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await pause(20);
  }
};

export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** Resident memory of a process, MB. */
export const rssMb = (pid: number): number => {
  const kb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kb) / 1024;
};
