import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {Report} from '../../src/model/report.ts';
import type {Status} from '../../src/run/status.ts';
import {openKeepup, openVerb, type Screen} from '../support/open-keepup.ts';
import {daemonFacts, isEngine, isRunning, isScreen, processesWith} from '../support/processes.ts';
import {ownRunFolder} from '../support/run-folder.ts';
import {runVerb} from '../support/run-keepup.ts';
import {openShell, type Shell} from '../support/shell.ts';

const ticking = `i=0; while :; do i=$((i+1)); echo "{\\"level\\":\\"info\\",\\"msg\\":\\"tick $i\\"}"; sleep 0.05; done`;

/** A run of one ticking process, shown; whatever of it is left is killed after the test. */
const openTicking = (env: Readonly<Record<string, string>>, ...args: string[]): Screen => {
  const screen = openKeepup(['--run-name', 'shop', '-n', 'ticker', ...args, ticking], {env});
  onTestFinished(async () => void (await runVerb(['stop', '--force'], env)));
  return screen;
};

/** The same, started by a shell: so the terminal outlives the screen. */
const openTickingInShell = async (
  {XDG_RUNTIME_DIR: folder}: {readonly XDG_RUNTIME_DIR: string},
  ...args: string[]
): Promise<Shell & {readonly screenPid: () => number; readonly alive: () => number[]}> => {
  const shell = await openShell('dash', 120, 40);
  onTestFinished(() => shell.kill());
  const mark = `XDG_RUNTIME_DIR=${folder}`;
  shell.type(`${mark} '${process.execPath}' dist/launcher.js ${args.join(' ')} -n ticker '${ticking}'`);
  await shell.waitFor(text => shell.altScreen() && /tick \d/.test(text), PATIENCE_MS);
  const alive = (): number[] => processesWith(mark);
  return Object.assign(shell, {alive, screenPid: () => alive().find(isScreen) ?? 0});
};

const lastTick = (text: string): string => [...text.matchAll(/tick \d+/g)].at(-1)?.[0] ?? '';

const statusOf = async (env: Readonly<Record<string, string>>): Promise<Status> => {
  const {code, stdout, stderr} = await runVerb(['ctl', 'status', '--json'], env);
  if (code !== 0) throw new Error(`ctl status failed: ${stderr}`);
  return JSON.parse(stdout) as Status;
};

const PATIENCE_MS = 20_000;

describe('a run that may be detached', () => {
  test('d leaves it alone; ls lists it, attach shows it again, and q there ends it with its report', async () => {
    const env = ownRunFolder();
    const screen = openTicking(env, '--detachable');
    await screen.waitFor(text => text.includes('tick 3') && text.includes('d detach'));
    screen.press('d');
    expect((await screen.waitForExit()).exitCode).toBe(0);
    expect(screen.altScreen()).toBe(false);
    expect(screen.text()).toContain('shop goes on: keepup attach shop');
    expect((await runVerb(['ls'], env)).stdout).toMatch(/^run .*\nshop .*1 running/);
    const again = openVerb(['attach', 'shop'], {env});
    await again.waitFor(text => /ticker .* running/.test(text) && /tick \d\d/.test(text));
    again.press('q');
    await again.waitFor(text => text.includes('stop and quit') && text.includes('detach'));
    again.press('y');
    expect((await again.waitForExit()).exitCode).toBe(0);
    expect(again.text()).toMatch(/ticker\s+stopped/);
    expect((await runVerb(['ls'], env)).stdout).toMatch(/shop +ended/);
    expect((await runVerb(['report', 'shop'], env)).stdout).toMatch(/ticker\s+stopped/);
  });

  test('is a daemon then: a session of its own, no terminal, and gone when it is told so', async () => {
    const env = ownRunFolder();
    const screen = openTicking(env, '--detachable');
    await screen.waitFor(text => text.includes('tick 3'));
    screen.press('d');
    await screen.waitForExit();
    const [run] = JSON.parse((await runVerb(['ls', '--json'], env)).stdout) as {pid: number}[];
    const pid = run!.pid;
    expect(daemonFacts(pid)).toEqual({leadsSession: true, terminal: 0, terminalFds: []});
    const {code, stdout} = await runVerb(['stop', 'shop'], env);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/ticker\s+stopped/)]);
    await expect.poll(() => isRunning(pid), {timeout: PATIENCE_MS}).toBe(false);
    expect(readdirSync(path.join(env.XDG_RUNTIME_DIR, 'keepup')).filter(name => name.endsWith('.sock'))).toEqual([]);
  });

  test('ends by itself when all processes have, unless told to linger; its report stays', async () => {
    const env = ownRunFolder();
    const gate = path.join(env.XDG_RUNTIME_DIR, 'gate');
    const waits = `until [ -e ${gate} ]; do sleep 0.05; done; echo '{"msg":"through"}'; exit 3`;
    for (const [name, args] of [['goes', []], ['stays', ['--linger']]] as const) {
      const screen = openKeepup(['--run-name', name, '--detachable', ...args, waits], {env});
      await screen.waitFor(text => text.includes('d detach'));
      screen.press('d');
      await screen.waitForExit();
    }
    onTestFinished(async () => void (await runVerb(['stop', 'stays'], env)));
    expect((await runVerb(['ctl', '-r', 'goes', 'clear'], env)).code).toBe(0);
    await runVerb(['ls'], env);
    writeFileSync(gate, '');
    await expect.poll(async () => (await runVerb(['ls'], env)).stdout, {timeout: 15_000}).toMatch(/goes +ended/);
    const report = JSON.parse((await runVerb(['report', 'goes', '--json'], env)).stdout) as {totals: {records: number}};
    expect(report.totals.records).toBe(1);
    expect((await runVerb(['ls'], env)).stdout).toMatch(/stays .*1 exited/);
  });

  test('goes on when its screen is killed; the terminal is given back and says how to come back', async () => {
    const env = ownRunFolder();
    const shell = await openTickingInShell(env, '--detachable', '--run-name', 'shop');
    onTestFinished(async () => void (await runVerb(['stop', '--force'], env)));
    process.kill(shell.screenPid(), 'SIGKILL');
    await shell.waitFor(text => text.includes('shop goes on: keepup attach shop') && !shell.altScreen(), PATIENCE_MS);
    await shell.check();
    const before = (await statusOf(env)).totals.linesIn;
    await expect.poll(async () => (await statusOf(env)).totals.linesIn, {timeout: PATIENCE_MS}).toBeGreaterThan(before);
  });

  test('without --detachable, d makes it so; a hangup with --on-hangup detach detaches', async () => {
    const env = ownRunFolder();
    const screen = openTicking(env);
    await screen.waitFor(text => text.includes('tick 3'));
    expect(existsSync(path.join(env.XDG_RUNTIME_DIR, 'keepup'))).toBe(false);
    screen.press('d');
    expect((await screen.waitForExit()).exitCode).toBe(0);
    expect((await statusOf(env)).processes).toMatchObject([{name: 'ticker', state: 'running'}]);
    await runVerb(['stop'], env);
    const hung = openTicking(env, '--on-hangup', 'detach');
    await hung.waitFor(text => text.includes('tick 3'));
    hung.kill('SIGHUP');
    await hung.waitForExit();
    expect((await statusOf(env)).processes).toMatchObject([{name: 'ticker', state: 'running'}]);
  });
});

test('a run that may not be detached is stopped, and reported, when its screen is killed', async () => {
  const env = ownRunFolder();
  const report = path.join(env.XDG_RUNTIME_DIR, 'report.json');
  const shell = await openTickingInShell(env, '--report', report);
  process.kill(shell.screenPid(), 'SIGKILL');
  await shell.waitFor(text => /ticker\s+stopped/.test(text) && !shell.altScreen(), PATIENCE_MS);
  await shell.check();
  await expect.poll(() => shell.alive(), {timeout: PATIENCE_MS}).toEqual([]);
  expect((JSON.parse(readFileSync(report, 'utf8')) as Report).processes).toMatchObject([
    {name: 'ticker', signal: 'SIGTERM', stoppedByUs: true},
  ]);
});

test('a screen that is stopped holds nothing up, and is right at once when it goes on', async () => {
  const env = ownRunFolder();
  const screen = openTicking(env, '--socket');
  await screen.waitFor(text => text.includes('tick 3'));
  screen.kill('SIGSTOP');
  const before = (await statusOf(env)).totals.linesIn;
  await expect.poll(async () => (await statusOf(env)).totals.linesIn, {timeout: 20_000}).toBeGreaterThan(before + 40);
  const {linesIn} = (await statusOf(env)).totals;
  screen.kill('SIGCONT');
  await screen.waitFor(text => Number(/tick (\d+)\D*$/.exec(lastTick(text))?.[1]) >= linesIn);
});

test('an engine that is killed takes everything with it, and the screen says so', async () => {
  const mark = `mark${process.pid}y${Date.now()}`;
  const screen = openTicking({...ownRunFolder(), KEEPUP_TEST_MARK: mark});
  await screen.waitFor(text => text.includes('tick 3'));
  const engine = processesWith(mark).find(isEngine);
  process.kill(engine!, 'SIGKILL');
  expect((await screen.waitForExit()).exitCode).toBe(1);
  expect(screen.altScreen()).toBe(false);
  expect(screen.text()).toContain("the engine's process was ended by SIGKILL");
  await expect.poll(() => processesWith(mark), {timeout: PATIENCE_MS}).toEqual([]);
});

describe('several screens at once', () => {
  test('show the same, and each says how many there are', async () => {
    const env = ownRunFolder();
    const first = openTicking(env, '--detachable');
    await first.waitFor(text => text.includes('tick 3'));
    const others = [1, 2, 3].map(() => openVerb(['attach'], {env, cols: 200}));
    for (const other of others) await other.waitFor(text => text.includes('4 views') && text.includes('tick'));
    others[0]!.press('p');
    await first.waitFor(text => text.includes('paused since'));
    others[1]!.press('d');
    expect((await others[1]!.waitForExit()).exitCode).toBe(0);
    await others[2]!.waitFor(text => text.includes('3 views'));
    others[2]!.kill('SIGKILL');
    await others[0]!.waitFor(text => text.includes('2 views'));
    first.press('p');
    await others[0]!.waitFor(text => /ticker .* running/.test(text));
  });
});
