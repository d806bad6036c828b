import {spawn} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {newRunId, tagName} from '../../src/guard/run-tag.ts';
import {startTimeOf} from '../../src/guard/start-time.ts';
import {WATCHDOG_SCRIPT} from '../../src/guard/watchdog-script.ts';
import {kill, startLoose} from '../support/loose-processes.ts';
import {tempFolder} from '../support/parser-module.ts';
import {isRunning, processesWith} from '../support/processes.ts';
import {eventually} from '../support/eventually.ts';

const startScript = (tag: string, folder = '') => {
  const child = spawn('/bin/sh', ['-c', WATCHDOG_SCRIPT, 'watchdog', tag, '', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: {PATH: process.env['PATH']},
  });
  const exited = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)));
  return {pid: child.pid!, tell: (text: string) => child.stdin.write(text), end: () => child.stdin.end(), exited};
};

const newTag = (): string => tagName(newRunId());

/** A group whose leader has exited and whose one member, with this word in its arguments, lives on. */
const orphanedGroup = async (word: string): Promise<{group: number; member: number}> => {
  const {pid, exited} = startLoose(`sh -c 'while :; do sleep 0.1; done' ${word} &`);
  await exited;
  const [member] = await eventually(() => processesWith(word), pids => pids.length > 0);
  return {group: pid, member: member!};
};

describe('when its pipe closes without a goodbye', () => {
  test('the groups it knows are killed, stopped ones too; those that ended, and others, are not', async () => {
    const script = 'trap "" TERM HUP; sleep 1000 & kill -STOP $$; wait';
    const [known, ended, strange] = [startLoose(script), startLoose(script), startLoose(script)];
    const watchdog = startScript(newTag());
    for (const {pid} of [known, ended]) watchdog.tell(`+ ${pid} ${startTimeOf(pid)}\n`);
    watchdog.tell(`- ${ended.pid}\n`);
    watchdog.end();
    await known.exited;
    await watchdog.exited;
    expect([ended, strange].map(({pid}) => isRunning(pid))).toEqual([true, true]);
  });

  test('a group whose number was given away again is left alone', async () => {
    const [reused, unknown] = [startLoose('sleep 1000'), startLoose('sleep 1000')];
    const watchdog = startScript(newTag());
    watchdog.tell(`+ ${reused.pid} ${Number(startTimeOf(reused.pid)) - 1}\n+ ${unknown.pid} -\n`);
    watchdog.end();
    await watchdog.exited;
    await unknown.exited;
    expect(isRunning(reused.pid)).toBe(true);
  });

  test('a group is killed though its leader is gone', async () => {
    const {group, member} = await orphanedGroup(newTag());
    const watchdog = startScript(newTag());
    watchdog.tell(`+ ${group} 12345\n`);
    watchdog.end();
    await watchdog.exited;
    expect(isRunning(member)).toBe(false);
  });

  test('what carries the tag is killed, wherever it has gone; other tags are spared', async () => {
    const [tag, other] = [newTag(), newTag()];
    const ours = startLoose('setsid sh -c "sleep 1000 & setsid sleep 1000 & wait" & wait', {[tag]: '0'});
    startLoose('sleep 1000', {[other]: '0'});
    await eventually(() => processesWith(tag), pids => pids.length >= 4);
    const watchdog = startScript(tag);
    watchdog.end();
    await watchdog.exited;
    await ours.exited;
    expect(processesWith(tag)).toEqual([]);
    expect(processesWith(other)).not.toEqual([]);
  });

  test('a goodbye that was cut off is none', async () => {
    const {pid, exited} = startLoose('sleep 1000');
    const watchdog = startScript(newTag());
    watchdog.tell(`+ ${pid} ${startTimeOf(pid)}\nq`);
    watchdog.end();
    await exited;
    await watchdog.exited;
  });

  test('its folder of pipes is removed', async () => {
    const folder = folderWithFiles();
    const watchdog = startScript(newTag(), folder);
    watchdog.end();
    await watchdog.exited;
    expect(existsSync(folder)).toBe(false);
  });
});

test('a goodbye kills nothing, removes the folder and ends it', async () => {
  const tag = newTag();
  const {pid} = startLoose('sleep 1000', {[tag]: '0'});
  const folder = folderWithFiles();
  const watchdog = startScript(tag, folder);
  watchdog.tell(`+ ${pid} ${startTimeOf(pid)}\nq\n`);
  expect(await watchdog.exited).toBe(0);
  expect(isRunning(pid)).toBe(true);
  expect(existsSync(folder)).toBe(false);
});

test('signals that end others do not end it', async () => {
  const {pid, exited} = startLoose('sleep 1000');
  const watchdog = startScript(newTag());
  watchdog.tell(`+ ${pid} ${startTimeOf(pid)}\n`);
  // Ignored from its first line on; before, a signal would end it.
  await eventually(() => ignoredBy(watchdog.pid), mask => (mask & 0x7) === 0x7);
  for (const signal of IGNORED) process.kill(watchdog.pid, signal);
  expect(isRunning(watchdog.pid)).toBe(true);
  watchdog.end();
  await exited;
  await watchdog.exited;
  kill(pid);
});

const IGNORED = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGPIPE'] as const;

const ignoredBy = (pid: number): number => {
  const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? '0';
  return Number(BigInt(`0x${mask}`) & 0xFFn);
};

const folderWithFiles = (): string => {
  const folder = path.join(tempFolder(), 'pipes');
  mkdirSync(folder);
  for (const name of ['1', '2']) writeFileSync(path.join(folder, name), '');
  return folder;
};
