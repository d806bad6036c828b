import {execFileSync} from 'node:child_process';
import {readlinkSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {openTerminal} from './terminal.ts';
import type {TestTerminal} from './terminal.ts';
import {until} from './until.ts';

/** Shells with job control: one that reads its lines cooked, one with a line editor of its own. */
export const SHELLS = {
  dash: ['/bin/sh', '-i'],
  bash: ['/bin/bash', '--norc', '--noprofile', '-i'],
} as const;
export type ShellName = keyof typeof SHELLS;

const FAKE_UI = fileURLToPath(new URL('fake-ui.ts', import.meta.url));
const PROMPT = 'ready> ';

/** An interactive shell in a pseudo-terminal. */
export type Shell = TestTerminal & {
  /** What `stty -a` says of the terminal now. */
  modes(): string;
  /** Resolves when the shell waits for a line: its prompt is the last thing on the screen, its modes are set. */
  atPrompt(): Promise<void>;
  /** Types a line. */
  type(line: string): void;
  /** Types a command and resolves when its output has come; rejects when it was not echoed. */
  check(): Promise<void>;
  /** Starts the scripted UI and resolves with its pid when its screen is up. */
  startUi(...args: string[]): Promise<number>;
};

/** Opens a shell at its prompt. Its caller kills it. */
export const openShell = async (name: ShellName, cols = 100, rows = 30): Promise<Shell> => {
  const [file, ...args] = SHELLS[name];
  const utf8 = {LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8'};
  const unset = {NODE_ENV: undefined, CI: undefined, ENV: undefined, HISTFILE: undefined};
  const env = {...process.env, ...unset, ...utf8, PS1: PROMPT, COLORTERM: 'truecolor'};
  const terminal = openTerminal({file, args, cols, rows, env});
  await terminal.waitFor((text) => text.includes(PROMPT.trim()));
  const device = readlinkSync(`/proc/${terminal.pid}/fd/0`);
  let checks = 0;
  const modes = (): string => execFileSync('stty', ['-a', '-F', device], {encoding: 'utf8'});
  const type = (line: string): void => terminal.press(`${line}\r`);
  return Object.assign(terminal, {
    modes,
    atPrompt: () =>
      until(() => terminal.text().trimEnd().endsWith(`\n${PROMPT.trim()}`) && (name !== 'bash' || modes().includes('-icanon'))),
    type,
    check: async () => {
      checks += 1;
      // The quotes are in what is echoed, not in what comes of it.
      type(`echo "check" 'no'${checks}`);
      await terminal.waitFor(
        (text) => text.includes(`echo "check" 'no'${checks}`) && text.includes(`check no${checks}`),
      );
    },
    startUi: async (...uiArgs: string[]) => {
      const from = terminal.raw.length;
      type([process.execPath, FAKE_UI, ...uiArgs].map((word) => `'${word}'`).join(' '));
      await terminal.waitFor((text) => terminal.altScreen() && text.includes('q quit'), BOOT_MS);
      return Number(/^pid (\d+)\r?$/m.exec(terminal.raw.slice(from))?.[1]);
    },
  });
};

const BOOT_MS = 25_000;
