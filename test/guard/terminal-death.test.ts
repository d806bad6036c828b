import {onTestFinished, test} from 'vitest';
import {deathRound} from '../support/death-round.ts';
import {SHELLS, openShell} from '../support/shell.ts';
import type {ShellName} from '../support/shell.ts';

test.each(Object.keys(SHELLS) as ShellName[])(
  'under %s the terminal is as it was, whatever kills the screen',
  async (name) => {
    const shell = await openShell(name);
    onTestFinished(() => shell.kill());
    for (const signal of ['SIGKILL', 'SIGSEGV', 'SIGKILL'] as const) {
      await deathRound(shell, (pid) => {
        process.kill(pid, signal);
      });
    }
  },
  90_000,
);
