import {describe, expect, onTestFinished, test} from 'vitest';
import type {Report} from '../../src/model/report.ts';
import type {Status} from '../../src/run/status.ts';
import {openVerb} from '../support/open-keepup.ts';
import {ownRunFolder} from '../support/run-folder.ts';
import {runVerb, startKeepup, type Running} from '../support/run-keepup.ts';

const PATIENCE = {timeout: 20_000};
const ticking = `echo '{"msg":"up"}'; while :; do sleep 0.05; echo '{"msg":"tick"}'; done`;

type Env = {readonly XDG_RUNTIME_DIR: string};

/** A run without a screen and with a socket, found by name once this resolves. */
const startShop = async (env: Env, ...args: string[]): Promise<Running> => {
  const run = startKeepup(['--ui', 'none', '--socket', '--run-name', 'shop', '-n', 'web,db', ...args, ticking, ticking], {env});
  onTestFinished(async () => {
    run.child.kill('SIGTERM');
    await run.ended;
  });
  await expect.poll(async () => (await runVerb(['ls'], env)).stdout, PATIENCE).toContain('2 running');
  return run;
};

const statesOf = async (env: Env): Promise<Record<string, string>> => {
  const {stdout} = await runVerb(['ctl', 'status', '--json'], env);
  return Object.fromEntries((JSON.parse(stdout) as Status).processes.map(({name, state}) => [name, state]));
};

describe('keepup ctl', () => {
  test('steers single processes of a run, tells where it stands, and gives its report', async () => {
    const env = ownRunFolder();
    await startShop(env);
    expect((await runVerb(['ctl', 'pause', 'web'], env)).code).toBe(0);
    await expect.poll(() => statesOf(env), PATIENCE).toEqual({web: 'paused', db: 'running'});
    await runVerb(['ctl', 'resume', 'web'], env);
    await runVerb(['ctl', '-r', 'shop', 'stop', 'db'], env);
    await expect.poll(() => statesOf(env), PATIENCE).toEqual({web: 'running', db: 'exited'});
    await runVerb(['ctl', 'start', 'db'], env);
    await expect.poll(() => statesOf(env), PATIENCE).toEqual({web: 'running', db: 'running'});
    await runVerb(['ctl', 'restart', '--all'], env);
    await expect.poll(async () => (await runVerb(['ctl', 'status'], env)).stdout, PATIENCE).toMatch(
      /web +running +\d+ +2 .*\ndb +running +\d+ +3 /,
    );
    const report = JSON.parse((await runVerb(['ctl', 'report', '--json'], env)).stdout) as Report;
    expect(report.processes.map(({name, generations}) => [name, generations])).toEqual([['web', 2], ['db', 3]]);
    expect((await runVerb(['report'], env)).stdout).toMatch(/^keepup shop .*\n\nprocess +state/);
  });

  test('clears what every screen displays, and nothing else', async () => {
    const env = ownRunFolder();
    await startShop(env);
    const screens = [openVerb(['attach'], {env}), openVerb(['attach', 'shop'], {env})];
    for (const screen of screens) await screen.waitFor(text => text.includes('tick') && !text.includes('when it was cleared'), 30_000);
    const before = JSON.parse((await runVerb(['ctl', 'status', '--json'], env)).stdout) as Status;
    expect((await runVerb(['ctl', 'clear'], env)).code).toBe(0);
    for (const screen of screens) await screen.waitFor(text => text.includes('when it was cleared'), 30_000);
    const after = JSON.parse((await runVerb(['ctl', 'status', '--json'], env)).stdout) as Status;
    expect(after.totals.linesIn).toBeGreaterThanOrEqual(before.totals.linesIn);
  });

  test('says which names there are, and ends with 1, for one that there is not', async () => {
    const env = ownRunFolder();
    await startShop(env);
    const {code, stderr} = await runVerb(['ctl', 'restart', 'web', 'wbe'], env);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^keepup: no process "wbe" in this run; expected of "web", "db"\n$/)]);
    expect(await statesOf(env)).toEqual({web: 'running', db: 'running'});
  });
});

describe('a run is found by its name', () => {
  test('the next of the same name gets -2; without a name, one must choose; ls lists both', async () => {
    const env = ownRunFolder();
    await startShop(env);
    startKeepup(['--ui', 'none', '--socket', '--run-name', 'shop', ticking], {env});
    onTestFinished(async () => void (await runVerb(['stop', 'shop-2', '--force'], env)));
    await expect.poll(async () => (await runVerb(['ls'], env)).stdout, PATIENCE).toMatch(/shop .*\nshop-2 .*1 running/);
    const several = await runVerb(['ctl', 'status'], env);
    expect([several.code, several.stderr]).toEqual([3, expect.stringContaining('expected the name of one of shop, shop-2')]);
    expect((await runVerb(['ctl', '-r', 'shop-2', 'status'], env)).code).toBe(0);
    const unknown = await runVerb(['stop', 'shpo'], env);
    expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('no run named shpo')]);
  });

  test('where there is none, that is said, with 3', async () => {
    const env = ownRunFolder();
    for (const words of [['attach'], ['stop'], ['report', 'x'], ['ctl', 'status']]) {
      const {code, stderr} = await runVerb(words, env);
      // Without a terminal, attach has another thing to say first.
      if (words[0] === 'attach') expect([code, stderr]).toEqual([2, expect.stringContaining('needs a terminal')]);
      else expect([code, stderr]).toEqual([3, expect.stringMatching(/no run .*--detachable or --socket/)]);
    }
    expect(await runVerb(['ls'], env)).toMatchObject({code: 0, stdout: '', stderr: expect.stringContaining('no runs')});
  });
});

test('stop ends a run as q does: its report is printed here, and written where it was asked for', async () => {
  const env = ownRunFolder();
  const run = await startShop(env);
  const {code, stdout} = await runVerb(['stop'], env);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/web +stopped \(SIGTERM\)/)]);
  expect(await run.ended).toMatchObject({code: 0, stderr: expect.stringMatching(/db +stopped/)});
});

test('a run that lingers stays when all have ended, and is told to go', async () => {
  const env = ownRunFolder();
  const run = startKeepup(['--ui', 'none', '--socket', '--linger', '--run-name', 'stays', 'echo "{}"'], {env});
  onTestFinished(async () => void (await runVerb(['stop', 'stays', '--force'], env)));
  await expect.poll(async () => (await runVerb(['ls'], env)).stdout, PATIENCE).toMatch(/stays .*1 exited/);
  expect((await runVerb(['stop', 'stays'], env)).code).toBe(0);
  expect((await run.ended).code).toBe(0);
});
