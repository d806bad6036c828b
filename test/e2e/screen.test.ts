import {execFileSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {openKeepup} from '../support/open-keepup.ts';

const ticking = `i=0; while :; do i=$((i+1)); echo "{\\"level\\":\\"info\\",\\"msg\\":\\"tick $i\\"}"; sleep 0.05; done`;
const flood = `yes '{"level":"info","msg":"flood","n":12345}'`;
const SIGTERM_EXIT = 143;
/** A machine that is busy with other tests takes its time. */
const BOOT_MS = 20_000;

describe('the screen', () => {
  test('shows each process in its pane, with what it prints', async () => {
    const screen = openKeepup(['-n', 'ticker,failing,missing', ticking, 'echo sorry >&2; exit 3', 'nosuchprogram']);
    await screen.waitFor(text => /ticker .* running/.test(text) && /tick \d/.test(text));
    const text = await screen.waitFor(seen => seen.includes('exited 3') && seen.includes('failed to start'));
    expect(text).toContain('sorry');
    expect(text).toContain('no such program in PATH');
    expect(screen.altScreen()).toBe(true);
    expect(screen.cursorHidden()).toBe(true);
  });

  test('pauses, resumes, restarts and stops the focused process, and says so at once', async () => {
    const screen = openKeepup(['-n', 'one', '--kill-timeout', '1s', ticking]);
    await screen.waitFor(text => /tick \d/.test(text), BOOT_MS);
    screen.press('p');
    await screen.waitFor(text => text.includes('paused since'));
    screen.press('p');
    await screen.waitFor(text => /one .* running/.test(text) && !text.includes('paused'));
    screen.press('r');
    await screen.waitFor(text => text.includes('gen 2') && /one .* running/.test(text));
    screen.press('x');
    await screen.waitFor(text => /stopped|stopping/.test(text));
    await screen.waitFor(text => text.includes('stopped'));
    screen.press('s');
    await screen.waitFor(text => text.includes('gen 3') && /one .* running/.test(text));
  });

  test('zooms into a process, scrolls back through its history, inspects a record, and comes back', async () => {
    const screen = openKeepup(['-n', 'counter,other', `seq 1 3000 | sed 's/.*/{"msg":"line &","n":&}/'; sleep 60`, 'sleep 60']);
    await screen.waitFor(text => text.includes('line 3000'));
    screen.press('\r');
    await screen.waitFor(text => text.includes('in 3.00 k') && !text.includes('other'));
    screen.press('g');
    await screen.waitFor(text => /line 1 /.test(text) && !text.includes('line 3000'));
    screen.press('\r');
    await screen.waitFor(text => text.includes('"msg": "line'));
    screen.press('\u001b');
    await screen.waitFor(text => !text.includes('"msg": "line'));
    screen.press('G');
    await screen.waitFor(text => text.includes('line 3000'));
    screen.press('\u001b');
    await screen.waitFor(text => text.includes('other'));
  });

  test('freezes the view while everything goes on', async () => {
    const screen = openKeepup([ticking]);
    await screen.waitFor(text => /tick \d/.test(text), BOOT_MS);
    screen.press(' ');
    const frozen = await screen.waitFor(text => /frozen.*\+\d+/.test(text));
    const shown = /tick \d+/g.exec(frozen)![0];
    await screen.waitFor(text => /frozen.*\+[1-9]\d/.test(text));
    expect(screen.text()).toContain(shown);
    screen.press(' ');
    await screen.waitFor(text => !text.includes('frozen'));
  });

  test('answers keys while flooded, and loses no line', async () => {
    const screen = openKeepup(['-f', 'json', `${flood} | head -n 2000000`, `${flood} | head -n 2000000`], {cols: 200, rows: 50});
    await screen.waitFor(text => text.includes('flood'));
    screen.press('?');
    await screen.waitFor(text => text.includes('focus the process'));
    screen.press('\u001b');
    await screen.waitFor(text => !text.includes('focus the process'));
    await screen.waitFor(text => /2 \S exited 0/.test(text), 60_000);
    screen.press('q');
    await screen.waitForExit();
    expect(screen.report().totals).toMatchObject({linesIn: 4_000_000, records: 4_000_000, dropped: 0, pending: 0});
  }, 90_000);

  test('asks before it quits while something runs, leaves the report behind and the terminal as it was', async () => {
    const screen = openKeepup(['-n', 'ticker', ticking]);
    await screen.waitFor(text => /tick \d/.test(text), BOOT_MS);
    screen.press('q');
    await screen.waitFor(text => /quit/i.test(text) && /stop/i.test(text));
    screen.press('n');
    await screen.waitFor(text => text.includes('q quit'));
    screen.press('q');
    await screen.waitFor(text => /\by\b/.test(text));
    screen.press('y');
    const {exitCode} = await screen.waitForExit();
    expect(exitCode).toBe(0);
    expect(screen.altScreen()).toBe(false);
    expect(screen.cursorHidden()).toBe(false);
    expect(screen.text()).toMatch(/ticker\s+stopped/);
    expect(screen.report().processes[0]).toMatchObject({name: 'ticker', state: 'exited', signal: 'SIGTERM'});
  });

  test('stays when all have ended, until q; with --exit-when-done it leaves by itself', async () => {
    const stays = openKeepup(['echo done']);
    await stays.waitFor(text => text.includes('exited 0'));
    stays.press('q');
    expect((await stays.waitForExit()).exitCode).toBe(0);
    const leaves = openKeepup(['--exit-when-done', 'echo done', 'exit 4']);
    expect((await leaves.waitForExit()).exitCode).toBe(1);
    expect(leaves.text()).toContain('exit 4');
  });

  test('--for ends the run by itself', async () => {
    const screen = openKeepup(['--for', '3s', ticking]);
    expect((await screen.waitForExit()).exitCode).toBe(0);
  });

  test('a signal ends it cleanly: children gone, terminal restored, 128 + n', async () => {
    // Nobody else's: other runs of this test may go on at the same time.
    const nap = `sleep 5${process.pid}`;
    const screen = openKeepup([`${nap} & wait`]);
    await screen.waitFor(text => text.includes('running'));
    screen.kill('SIGTERM');
    expect((await screen.waitForExit()).exitCode).toBe(SIGTERM_EXIT);
    expect(screen.altScreen()).toBe(false);
    const left = execFileSync('ps', ['-eo', 'stat,args'], {encoding: 'utf8'})
      .split('\n')
      .filter(line => line.includes(nap) && !line.startsWith('Z'));
    expect(left).toEqual([]);
  });

  test.each([[200, 50], [120, 40], [80, 24], [60, 15], [40, 10], [20, 5], [1, 1], [500, 200]])(
    'survives %ix%i and comes back',
    async (cols, rows) => {
      const screen = openKeepup(['-n', 'ticker', ticking, 'sleep 60']);
      await screen.waitFor(text => /tick \d/.test(text), BOOT_MS);
      screen.resize(cols, rows);
      await screen.waitFor(text => text.trim() !== '');
      screen.resize(120, 40);
      // What was on the screen at the other size stays there until it is painted over.
      const text = await screen.waitFor(seen => /^.*\n[┏╭].*[┓╮]\n/.test(seen) && seen.includes('tick'));
      expect(text).toMatch(/ticker .* running/);
    },
  );

  test('without a terminal as stdin it takes the plain way', async () => {
    const screen = openKeepup(['-n', 'hello', 'echo hi; exit 0', '--ui', 'plain']);
    expect((await screen.waitForExit()).exitCode).toBe(0);
    expect(screen.raw).not.toContain('[?1049h');
    expect(screen.text()).toMatch(/hello │ hi/);
  });
});
