import {execFileSync} from 'node:child_process';
import {closeSync, constants, openSync, readFileSync, readlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {startTerminalGuard} from '../../src/guard/terminal-guard.ts';
import {RESETS} from '../../src/guard/terminal-script.ts';
import {NO_TERMINAL_GUARD} from '../../src/model/terminal-guard.ts';
import type {TerminalGuard} from '../../src/model/terminal-guard.ts';
import {tempFolder} from '../support/parser-module.ts';
import {isRunning, processesWith} from '../support/processes.ts';
import {openTerminal} from '../support/terminal.ts';
import type {TestTerminal} from '../support/terminal.ts';
import {until} from '../support/until.ts';

type Bench = {
  readonly terminal: TestTerminal;
  readonly guard: TerminalGuard;
  readonly stty: (...modes: string[]) => string;
  /** The guard's shell, while there is one. */
  readonly pids: () => number[];
};

/** A terminal that somebody else holds. */
const openHeld = async (): Promise<{terminal: TestTerminal; device: string; fd: number}> => {
  const terminal = openTerminal({file: '/bin/sh', args: ['-c', 'echo up; exec sleep 1000']});
  onTestFinished(() => terminal.kill());
  await terminal.waitFor((text) => text.includes('up'));
  const device = readlinkSync(`/proc/${terminal.pid}/fd/0`);
  const fd = openSync(device, constants.O_RDWR | constants.O_NOCTTY);
  onTestFinished(() => closeSync(fd));
  return {terminal, device, fd};
};

/** The same, and a guard of ours for it. */
const open = async (): Promise<Bench> => {
  const {terminal, device, fd} = await openHeld();
  const guard = await startTerminalGuard({fd, env: process.env});
  onTestFinished(() => guard.bye());
  return {
    terminal,
    guard,
    stty: (...modes) => execFileSync('stty', ['-F', device, ...modes], {encoding: 'utf8'}),
    pids: () => guardsOf(device),
  };
};

const guardsOf = (device: string): number[] =>
  processesWith('keepup-terminal').filter((pid) => linkOf(pid) === device && parentOf(pid) === process.pid);

const linkOf = (pid: number): string => {
  try {
    return readlinkSync(`/proc/${pid}/fd/3`);
  } catch {
    return '';
  }
};

const parentOf = (pid: number): number => Number(/^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

/** What Node's raw mode is to `stty`. */
const RAW = ['-icrnl', '-ixon', '-isig', '-icanon', '-echo', '-iexten'];

const ended = (pids: readonly number[]): Promise<void> => until(() => pids.every((pid) => !isRunning(pid)));

describe('a terminal guard', () => {
  test('restores modes and screen when its pipe closes while the screen is up, and says what it was told', async () => {
    const {terminal, guard, stty, pids} = await open();
    const before = stty('-g');
    guard.on();
    guard.say(['never shown']);
    guard.say(['one', 'two % \\n']);
    stty(...RAW);
    const shells = pids();
    guard.bye();
    await terminal.waitFor((text) => text.includes('two'));
    expect(terminal.raw).toBe(`up\r\n${RESETS}one\r\ntwo % \\n\r\n`);
    expect(stty('-g')).toBe(before);
    expect(shells).toHaveLength(1);
    await ended(shells);
  });

  test.each<[string, (guard: TerminalGuard) => void]>([
    ['was never up', () => undefined],
    ['was given back', (guard) => guard.off()],
  ])('touches nothing when the screen %s', async (_, act) => {
    const {terminal, guard, stty, pids} = await open();
    const shells = pids();
    if (_ !== 'was never up') guard.on();
    act(guard);
    guard.say(['nobody died']);
    stty(...RAW);
    const modes = stty('-g');
    guard.bye();
    await ended(shells);
    expect(terminal.raw).toBe('up\r\n');
    expect(stty('-g')).toBe(modes);
  });

  test('leaves alone the modes that a line editor has set', async () => {
    const {terminal, guard, stty, pids} = await open();
    const shells = pids();
    guard.on();
    guard.say(['died']);
    stty('-icanon', '-echo');
    const modes = stty('-g');
    guard.bye();
    await ended(shells);
    await terminal.waitFor((text) => text.includes('died'));
    expect(terminal.raw).toBe(`up\r\n${RESETS}\r\ndied\r\n`);
    expect(stty('-g')).toBe(modes);
  });

  test('lives through signals, and another takes its place when it is killed, with the modes of before', async () => {
    const {terminal, guard, stty, pids} = await open();
    const before = stty('-g');
    const [first = 0] = pids();
    guard.on();
    guard.say(['still told']);
    stty(...RAW);
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGPIPE']) process.kill(first, signal);
    process.kill(first, 'SIGKILL');
    await until(() => pids().some((pid) => pid !== first));
    guard.bye();
    await terminal.waitFor((text) => text.includes('still told'));
    expect(stty('-g')).toBe(before);
  });

  test('ends when the terminal is gone', async () => {
    const {terminal, guard, pids} = await open();
    const shells = pids();
    guard.on();
    terminal.kill();
    await terminal.waitForExit();
    guard.bye();
    await ended(shells);
  });

  test('is none where there is no terminal', async () => {
    const fd = openSync('/dev/null', 'r+');
    onTestFinished(() => closeSync(fd));
    expect(await startTerminalGuard({fd, env: process.env})).toBe(NO_TERMINAL_GUARD);
  });

  test('is none when it does not get ready in time', async () => {
    const {fd} = await openHeld();
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'stty'), '#!/bin/sh\nexec sleep 10\n', {mode: 0o755});
    const env = {...process.env, PATH: `${folder}:${process.env['PATH']}`};
    expect(await startTerminalGuard({fd, env, deadlineMs: 50})).toBe(NO_TERMINAL_GUARD);
  });
});
