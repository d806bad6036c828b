import {spawn} from 'node:child_process';
import type {ChildProcess} from 'node:child_process';
import {closeSync, constants, openSync} from 'node:fs';
import {Socket} from 'node:net';
import {NO_TERMINAL_GUARD} from '../model/terminal-guard.ts';
import type {TerminalGuard} from '../model/terminal-guard.ts';
import {TERMINAL_SCRIPT} from './terminal-script.ts';

export type TerminalGuardOptions = {
  /** A descriptor of the terminal; it need not stay open. */
  readonly fd: number;
  /** For `PATH`. */
  readonly env: NodeJS.ProcessEnv;
  /** How long the guard may take to get ready, ms. */
  readonly deadlineMs?: number;
};

/**
 * Starts a guard for a terminal: a small shell in a session of its own, which
 * puts the terminal back when this process dies while its screen is up, by
 * whatever signal. Must be ready before the terminal's modes are changed.
 *
 * @returns Resolves when the terminal's modes are known, or, where that fails
 *   or takes too long, with a guard that does nothing. Never rejects. Keeps
 *   neither the event loop alive nor, after our death, the machine busy.
 */
export const startTerminalGuard = async (options: TerminalGuardOptions): Promise<TerminalGuard> => {
  const terminal = openAnew(options.fd);
  if (terminal === null) return NO_TERMINAL_GUARD;
  const shell = startShell(terminal, options.env);
  const modes = shell === null ? null : await readyModes(shell, options.deadlineMs ?? DEADLINE_MS);
  if (shell !== null && modes !== null) return guardBy(shell, () => startShell(terminal, options.env, modes), terminal);
  shell?.kill('SIGKILL');
  closeSync(terminal);
  return NO_TERMINAL_GUARD;
};

/** Long, since without it nothing would put the terminal back: a machine may be that busy. */
const DEADLINE_MS = 10_000;

/**
 * The terminal once more: ours does not block, and a shell's `printf` loses
 * what a full terminal does not take at once. It must not become our
 * controlling terminal. Null where it can't be opened.
 */
const openAnew = (fd: number): number | null => {
  for (const path of [`/proc/self/fd/${fd}`, '/dev/tty']) {
    try {
      return openSync(path, constants.O_RDWR | constants.O_NOCTTY);
    } catch {
      // No /proc: macOS. Neither: no terminal.
    }
  }
  return null;
};

/** Null where not even a process can be started. Whatever happens to it later shows as `exit`, `error` or silence. */
const startShell = (terminal: number, {PATH}: NodeJS.ProcessEnv, modes?: string): ChildProcess | null => {
  try {
    const shell = spawn('/bin/sh', ['-c', TERMINAL_SCRIPT, 'keepup-terminal', ...(modes === undefined ? [] : [modes])], {
      stdio: ['pipe', 'pipe', 'ignore', terminal],
      // Its own session: no signal from the terminal, and none for our process group, reaches it.
      detached: true,
      cwd: '/',
      // Not the caller's: functions that bash exports would take the place of stty and sleep.
      env: {PATH: `${PATH ?? ''}:/usr/bin:/bin`, LC_ALL: 'C'},
    });
    shell.on('error', ignore);
    shell.stdin?.on('error', ignore);
    shell.unref();
    return shell;
  } catch {
    return null;
  }
};

const ignore = (): void => undefined;

/** What `stty -g` said in the shell; null when it failed or said nothing in time. */
const readyModes = async (shell: ChildProcess, deadlineMs: number): Promise<string | null> => {
  const {promise, resolve} = Promise.withResolvers<string | null>();
  // Where loading modules held the event loop meanwhile, what came in time is read only now.
  const timer = setTimeout(() => setImmediate(() => resolve(null)), deadlineMs);
  let text = '';
  shell.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    const ready = /^ready (\S+)\n/.exec(text);
    if (ready !== null) resolve(ready[1] ?? null);
  });
  shell.once('error', () => resolve(null));
  shell.once('exit', () => resolve(null));
  const modes = await promise;
  clearTimeout(timer);
  return modes;
};

/** The guard over a shell that is ready; another takes its place when it dies. */
const guardBy = (first: ChildProcess, another: () => ChildProcess | null, terminal: number): TerminalGuard => {
  let shell: ChildProcess | null = null;
  let [isUp, said, isOver]: [boolean, readonly string[], boolean] = [false, [], false];
  const tell = (...lines: string[]): void => {
    if (shell?.stdin?.writable === true) shell.stdin.write(lines.map((line) => `${line}\n`).join(''));
  };
  const tellAll = (): void => tell(isUp ? 'on' : 'off', 'hush', ...said.map((line) => `say ${line}`));
  const use = (next: ChildProcess | null): void => {
    shell = next;
    next?.stdout?.destroy();
    letGo(next?.stdin);
    const lost = once(() => replaceLater());
    if (next === null) lost();
    next?.once('exit', lost);
    next?.once('error', lost);
    tellAll();
  };
  const replaceLater = (): void => {
    shell = null;
    if (!isOver) setTimeout(() => (isOver ? undefined : use(another())), RESPAWN_MS).unref();
  };
  use(first);
  return {
    on: () => {
      isUp = true;
      tell('on');
    },
    off: () => {
      isUp = false;
      tell('off');
    },
    say: (lines) => {
      said = [...lines];
      tellAll();
    },
    bye: () => {
      if (isOver) return;
      isOver = true;
      if (!isUp) tell('bye');
      shell?.stdin?.end();
      closeSync(terminal);
    },
  };
};

/** A machine that kills the guard again and again is not to be kept busy. */
const RESPAWN_MS = 1000;

const once = (act: () => void): (() => void) => {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    act();
  };
};

/** Keeps a pipe from keeping the event loop alive. */
const letGo = (pipe: unknown): void => {
  if (pipe instanceof Socket) pipe.unref();
};
