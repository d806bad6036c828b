import {fileURLToPath} from 'node:url';
import {afterEach, describe, expect, it} from 'vitest';
import {openTerminal} from '../support/terminal.ts';
import type {TestTerminal} from '../support/terminal.ts';

const FAKE_UI = fileURLToPath(new URL('../support/fake-ui.ts', import.meta.url));

const open: TestTerminal[] = [];
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.kill();
});

/** The UI on scripted processes, and after it what `stty` says of the terminal. */
const start = async (set: string, cols = 120, rows = 40, ...more: string[]): Promise<TestTerminal> => {
  const modes = "stty -a | grep -o -E '[-]?(icanon|echo)\\b' | tr '\\n' ' '";
  const command = `"${process.execPath}" "${FAKE_UI}" ${[set, ...more].join(' ')}; ${modes}; echo done`;
  const env = {
    ...process.env,
    NODE_ENV: undefined,
    CI: undefined,
    COLORTERM: 'truecolor',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
  };
  const terminal = openTerminal({file: '/bin/sh', args: ['-c', command], cols, rows, env});
  open.push(terminal);
  await terminal.waitFor((text) => /q quit|too small/.test(text), 20_000);
  return terminal;
};

const expectRestored = async (terminal: TestTerminal): Promise<void> => {
  await terminal.waitFor((text) => text.includes('done'));
  expect(terminal.altScreen()).toBe(false);
  expect(terminal.cursorHidden()).toBe(false);
  expect(terminal.text()).toMatch(/(^|[^-])icanon.*[^-]echo/);
  expect(terminal.raw.lastIndexOf('\u001B[?2004l')).toBeGreaterThan(terminal.raw.lastIndexOf('\u001B[?2004h'));
};

const ESC = '\u001B';

describe('the screen in a terminal', () => {
  it('takes the alternate screen, hides the cursor and shows every process', async () => {
    const terminal = await start('five');
    expect(terminal.altScreen()).toBe(true);
    expect(terminal.cursorHidden()).toBe(true);
    for (const name of ['api#1', 'api#2', 'batch', 'tail', 'worker']) expect(terminal.text()).toContain(name);
  });

  it('moves on while processes print', async () => {
    const terminal = await start('five');
    const before = terminal.text();
    await terminal.waitFor((text) => text !== before);
  });

  it('moves the focus by arrows, Tab, letters and digits, also when keys arrive together', async () => {
    const terminal = await start('five');
    const focused = (name: string): Promise<string> => terminal.waitFor((text) => text.includes(`▶ ${name}`));
    terminal.press(`${ESC}[C`);
    await focused('2 api#2');
    terminal.press('\t');
    await focused('3 batch');
    terminal.press('5');
    await focused('5 worker');
    terminal.press('kl');
    await focused('4 tail');
    terminal.press(`${ESC}[Z${ESC}[Z`);
    await focused('2 api#2');
  });

  it('opens a process, scrolls its history, inspects a line and comes back', async () => {
    const terminal = await start('five');
    terminal.press('5');
    terminal.press('\r');
    await terminal.waitFor((text) => text.includes('newest lines'));
    terminal.press('k');
    await terminal.waitFor((text) => /line \d+ of generation 1 .*new · G follows/.test(text));
    terminal.press('g');
    await terminal.waitFor((text) => text.includes('(the oldest kept)'));
    terminal.press('jj\r');
    await terminal.waitFor((text) => /(record|invalid-json) line/.test(text) && /"msg": |Unexpected token/.test(text));
    terminal.press(ESC);
    await terminal.waitFor((text) => !text.includes('line before, after'));
    terminal.press('G');
    await terminal.waitFor((text) => text.includes('newest lines'));
    terminal.press(ESC);
    await terminal.waitFor((text) => text.includes('api#1'));
  });

  it('lists the errors of a process', async () => {
    const terminal = await start('five');
    terminal.press('5');
    terminal.press('e');
    await terminal.waitFor((text) => /errors of worker .* 4 kinds/.test(text));
    terminal.press('j');
    await terminal.waitFor((text) => /▶ +\d+ +invalid-json .*/.test(text) && text.includes('Unexpected token'));
  });

  it('freezes and goes on', async () => {
    const terminal = await start('five');
    terminal.press(' ');
    await terminal.waitFor((text) => /frozen · \+\d/.test(text));
    const bodyOf = (): string =>
      terminal
        .lines()
        .slice(3, 9)
        .join('\n')
        .replaceAll(/\d+ s\b|now/g, '');
    const still = bodyOf();
    const first = /frozen · \+([\d ]+) new/.exec(terminal.text())?.[1];
    await terminal.waitFor((text) => !text.includes(`+${first} new`));
    expect(bodyOf()).toBe(still);
    terminal.press(' ');
    await terminal.waitFor((text) => !text.includes('frozen'));
  });

  it('shows in the next frame that a process is being stopped', async () => {
    const terminal = await start('five');
    terminal.press('x');
    await terminal.waitFor((text) => /1 api#1 {2}◌ stopping…/.test(text), 1000);
    await terminal.waitFor((text) => /1 api#1 {2}■ stopped/.test(text));
  });

  it('takes no paste for keys', async () => {
    const terminal = await start('five');
    terminal.press(`${ESC}[200~XRPq${ESC}[201~`);
    terminal.press('?');
    await terminal.waitFor((text) => text.includes('All processes'));
    expect(terminal.text()).not.toMatch(/quit\?|stopping|pausing/);
  });
});

describe('a terminal that changes its size', () => {
  it('is filled exactly, whatever it was before', async () => {
    const terminal = await start('five', 200, 50);
    for (const [cols, rows] of [
      [120, 40],
      [80, 24],
      [60, 15],
      [40, 10],
      [30, 8],
      [200, 50],
      [90, 12],
      [160, 45],
    ] as const) {
      terminal.resize(cols, rows);
      if (cols < 40) {
        await terminal.waitFor((text) => text.includes(`${cols}x${rows} is too small`));
        continue;
      }
      await terminal.waitFor(() => {
        const lines = terminal.lines();
        return (
          lines.length === rows &&
          (lines.at(-1) ?? '').includes('q quit') &&
          (lines[0] ?? '').includes('lines/s') &&
          isTidy(lines, cols)
        );
      });
    }
  });
});

/** Nothing of an older frame: borders and rules reach the right edge, and nothing else is there. */
const isTidy = (lines: readonly string[], cols: number): boolean =>
  lines.slice(1, -1).every((line) => line.length < cols || /([│┃╮╯┐┘┓┛─━]|\/s|lines)$/u.test(line));

describe('quitting', () => {
  it('asks while something runs, and goes on after a no', async () => {
    const terminal = await start('five');
    terminal.press('q');
    await terminal.waitFor((text) => text.includes('Stop everything and quit?'));
    terminal.press('n');
    await terminal.waitFor((text) => !text.includes('Stop everything'));
    terminal.press('\u0003');
    await terminal.waitFor((text) => text.includes('Stop everything and quit?'));
  });

  it('stops everything after a yes, says so, and gives the terminal back', async () => {
    const terminal = await start('five');
    terminal.press('q');
    await terminal.waitFor((text) => text.includes('Stop everything and quit?'));
    terminal.press('y');
    await terminal.waitFor((text) => text.includes('stopping everything…'));
    await expectRestored(terminal);
    expect(terminal.text()).toContain('after the screen: quit');
  });

  it('forces with the same key again', async () => {
    const terminal = await start('five');
    terminal.press('qqq');
    await expectRestored(terminal);
  });

  it('goes at once when nothing runs', async () => {
    const terminal = await start('exited-0+exited-1');
    terminal.press('q');
    await expectRestored(terminal);
  });

  it('stays when all have ended', async () => {
    const terminal = await start('exited-0+exited-1');
    expect(terminal.text()).toContain('s start');
    expect(terminal.altScreen()).toBe(true);
  });
});

describe('a crash of the screen', () => {
  it('gives the terminal back and tells the root of what', async () => {
    const terminal = await start('five', 120, 40, 'crash');
    await expectRestored(terminal);
    expect(terminal.text()).toMatch(/after the screen: crashed: .*undefined/);
  });
});
