import type {Shell} from './shell.ts';
import {until} from './until.ts';

/**
 * Kills a screen that a shell has started, and waits until the terminal is as
 * it was at the shell's prompt before: main screen, cursor, modes, and a
 * command that is typed is echoed and run. Rejects, with the screen, when it
 * never is.
 */
export const deathRound = async (
  shell: Shell,
  die: (pid: number) => void,
  args: readonly string[] = ['five'],
): Promise<void> => {
  shell.type('');
  await shell.atPrompt();
  const before = shell.modes();
  const pid = await shell.startUi(...args);
  if (shell.modes() === before) throw new Error('the screen has set no modes: the round would prove nothing');
  die(pid);
  await until(() => !shell.altScreen() && !shell.cursorHidden() && shell.modes() === before);
  await shell.check();
  await shell.atPrompt();
  if (shell.modes() !== before) throw new Error(`other modes afterwards: ${shell.modes()}`);
};

export const killed = (pid: number): void => {
  process.kill(pid, 'SIGKILL');
};
