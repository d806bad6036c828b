import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, onTestFinished, test} from 'vitest';
import {isRunning} from '../support/processes.ts';
import {openTerminal} from '../support/terminal.ts';
import type {TestTerminal} from '../support/terminal.ts';
import {until} from '../support/until.ts';

const FAKE_UI = fileURLToPath(new URL('../support/fake-ui.ts', import.meta.url));

type Bench = {readonly terminal: TestTerminal; readonly pid: number; readonly log: () => string};

/** The scripted UI, and what it tells a file; behind it `code N` when it has ended. */
const open = async (...args: string[]): Promise<Bench> => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'keepup-ui-')), 'log');
  writeFileSync(file, '');
  const run = `'${process.execPath}' '${FAKE_UI}' ${args.join(' ')}`;
  // It stays behind: the terminal is closed when its first process ends.
  const command = `trap "" HUP; ${run}; echo "code $?" >> '${file}'; exec sleep 60`;
  const utf8 = {LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8'};
  const env = {...process.env, ...utf8, CI: undefined, NODE_ENV: undefined, FAKE_UI_LOG: file};
  const terminal = openTerminal({file: '/bin/sh', args: ['-c', command], env});
  onTestFinished(() => terminal.kill());
  await terminal.waitFor((text) => text.includes('q quit'), 25_000);
  const pid = Number(/pid (\d+)/.exec(terminal.raw)?.[1]);
  return {terminal, pid, log: () => readFileSync(file, 'utf8')};
};

/** How the UI fared at its newest tick: how many bytes wait for the terminal, how many commands were given. */
const lastTick = (log: string): {ticks: number; queued: number; commands: number} => {
  const found = [...log.matchAll(/^tick (\d+) queued (\d+) commands (\d+)$/gm)].at(-1);
  return {ticks: Number(found?.[1] ?? 0), queued: Number(found?.[2] ?? 0), commands: Number(found?.[3] ?? 0)};
};

/** More than any frame of this size. */
const FRAME_BYTES = 20_000;

test('a terminal that vanishes is told of, ends nothing else, and Node does not abort over it', async () => {
  const {terminal, pid, log} = await open('five');
  terminal.hangUp();
  await until(() => /^code /m.test(log()));
  expect(log()).toMatch(/^gone, closed within \d+ ms$/m);
  expect(log()).toMatch(/^code 0$/m);
  expect(isRunning(pid)).toBe(false);
});

test('a terminal that stalls gets no more frames, keys act, and leaving takes a moment only', async () => {
  const {terminal, pid, log} = await open('five', 'attached');
  terminal.stall();
  await until(() => lastTick(log()).queued > 0);
  const {ticks, queued} = lastTick(log());
  terminal.press('x');
  await until(() => lastTick(log()).commands === 1);
  for (let cols = 60; cols < 160; cols++) terminal.resize(cols, 40);
  terminal.resize(120, 40);
  await until(() => lastTick(log()).ticks > ticks + 20);
  // A whole frame may be under way; nothing comes on top of it.
  expect(lastTick(log()).queued).toBeLessThanOrEqual(queued + FRAME_BYTES);
  terminal.press('d');
  await until(() => /^code 0$/m.test(log()));
  expect(Number(/^detached, closed within (\d+) ms$/m.exec(log())?.[1])).toBeLessThan(5000);
  expect(isRunning(pid)).toBe(false);
  // What was queued is lost with the process; the guard restores what it can't any more.
  terminal.unstall();
  await terminal.waitFor(() => !terminal.altScreen() && !terminal.cursorHidden());
}, 60_000);

test('a terminal that has stalled shows everything when it goes on', async () => {
  const {terminal, log} = await open('exited-0+exited-1');
  terminal.press(' ');
  await terminal.waitFor((text) => text.includes('frozen'));
  const screen = terminal.lines().slice(1).join('\n');
  terminal.stall();
  while (lastTick(log()).queued === 0) {
    terminal.press('?\u000C?');
    const {ticks} = lastTick(log());
    await until(() => lastTick(log()).ticks > ticks);
  }
  terminal.resize(80, 24);
  terminal.resize(120, 40);
  const {ticks} = lastTick(log());
  await until(() => lastTick(log()).ticks > ticks + 3);
  terminal.unstall();
  await terminal.waitFor(() => terminal.lines().slice(1).join('\n') === screen);
}, 60_000);
