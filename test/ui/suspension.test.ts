import {fileURLToPath} from 'node:url';
import {describe, expect, onTestFinished, test} from 'vitest';
import {openShell} from '../support/shell.ts';
import type {Shell} from '../support/shell.ts';
import {openTerminal} from '../support/terminal.ts';
import type {TestTerminal} from '../support/terminal.ts';
import {until} from '../support/until.ts';

const CTRL_Z = '\u001A';
const STILL = 'exited-0+exited-1';
/** Nothing moves on its own any more, but the header. */
const freeze = async (terminal: TestTerminal): Promise<void> => {
  terminal.press(' ');
  await terminal.waitFor((text) => text.includes('frozen') && text.includes('go on'));
};

const open = async (): Promise<{shell: Shell; pid: number}> => {
  const shell = await openShell('bash');
  onTestFinished(() => shell.kill());
  const pid = await shell.startUi(STILL);
  await freeze(shell);
  return {shell, pid};
};

const stopped = async (shell: Shell): Promise<void> => {
  await shell.waitFor(() => !shell.altScreen() && !shell.cursorHidden());
  await shell.atPrompt();
};

const body = (terminal: TestTerminal): string => terminal.lines().slice(1).join('\n');
const shows = async (shell: Shell, screen: string): Promise<void> => {
  await shell.waitFor(() => shell.altScreen() && shell.cursorHidden() && body(shell) === screen);
};

describe('the screen as a job of a shell', () => {
  test('Ctrl-Z leaves a usable prompt, fg brings the whole screen back, again and again', async () => {
    const {shell} = await open();
    const screen = body(shell);
    for (let round = 0; round < 3; round++) {
      shell.press(CTRL_Z);
      await stopped(shell);
      await shell.check();
      shell.type('fg');
      await shows(shell, screen);
    }
    shell.press('?');
    await shell.waitFor((text) => text.includes('All processes'));
  }, 60_000);

  test('fills the terminal that has changed its size meanwhile', async () => {
    const {shell} = await open();
    for (const [cols, rows] of [[140, 40], [70, 20], [100, 30]] as const) {
      shell.press(CTRL_Z);
      await stopped(shell);
      shell.resize(cols, rows);
      shell.type('fg');
      await shell.waitFor((text) => text.includes('q quit') && shell.altScreen());
      await shell.waitFor(() => {
        const lines = shell.lines();
        return lines.length === rows && (lines.at(-1) ?? '').includes('q quit') && lines[1]?.length === cols;
      });
    }
  }, 60_000);

  test('a stop from outside puts nothing away; fg sets raw mode and paints everything again', async () => {
    const {shell, pid} = await open();
    const screen = body(shell);
    const modes = shell.modes();
    for (let round = 0; round < 2; round++) {
      process.kill(pid, 'SIGSTOP');
      await shell.atPrompt();
      await shell.check();
      shell.type('fg');
      await shows(shell, screen);
      await until(() => shell.modes() === modes);
    }
    shell.press('?');
    await shell.waitFor((text) => text.includes('All processes'));
  }, 60_000);

  test('SIGTSTP from outside is Ctrl-Z', async () => {
    const {shell, pid} = await open();
    const screen = body(shell);
    process.kill(pid, 'SIGTSTP');
    await stopped(shell);
    shell.type('fg');
    await shows(shell, screen);
  });

  test('does not take the terminal in the background', async () => {
    const {shell} = await open();
    const screen = body(shell);
    shell.press(CTRL_Z);
    await stopped(shell);
    shell.type('bg; wait; echo "now" stopped');
    await shell.waitFor((text) => text.includes('now stopped') && !shell.altScreen());
    await shell.check();
    shell.type('fg');
    await shows(shell, screen);
  });

  test('leaves a terminal as it was, when it is quit after all that', async () => {
    const {shell} = await open();
    shell.press(CTRL_Z);
    await stopped(shell);
    const modes = shell.modes();
    shell.type('fg');
    await shell.waitFor((text) => shell.altScreen() && text.includes('q quit'));
    shell.press('q');
    await stopped(shell);
    expect(shell.modes()).toBe(modes);
  });
});

test('where no shell could bring it back, Ctrl-Z comes back at once', async () => {
  const fakeUi = fileURLToPath(new URL('../support/fake-ui.ts', import.meta.url));
  const env = {...process.env, CI: undefined, NODE_ENV: undefined, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8'};
  const terminal = openTerminal({file: process.execPath, args: [fakeUi, STILL], env});
  onTestFinished(() => terminal.kill());
  await terminal.waitFor((text) => text.includes('q quit'), 25_000);
  await freeze(terminal);
  const screen = body(terminal);
  terminal.press(CTRL_Z);
  await terminal.waitFor(() => /\[\?1049l[^]*\[\?1049h/.test(terminal.raw) && body(terminal) === screen);
  terminal.press('?');
  await terminal.waitFor((text) => text.includes('All processes'));
});
