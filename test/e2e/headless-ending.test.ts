import {describe, expect, test} from 'vitest';
import {isRunning} from '../support/processes.ts';
import {runKeepup, runReported, startKeepup} from '../support/run-keepup.ts';

const pidsOf = (text: string): number[] => [...text.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid));

const plain = (...args: readonly string[]) => runKeepup(['--ui', 'plain', ...args]);

describe('a stop', () => {
  test('kills a child that ignores SIGTERM after the grace, not before', async () => {
    const stubborn = 'trap "" TERM; echo pid $$; while :; do sleep 0.05; done';
    const {code, report} = await runReported(['--for', '2s', '--kill-timeout', '800ms', stubborn]);
    expect(code).toBe(0);
    expect(report.processes[0]).toMatchObject({signal: 'SIGKILL', exitCode: null, stoppedByUs: true, state: 'exited'});
    expect(report.durationMs).toBeGreaterThanOrEqual(2800);
  });

  test('takes the whole group: children of children, in the background or not', async () => {
    const family = '(sleep 1000 & echo pid $!; (sleep 1000 & echo pid $!; wait); wait) & echo pid $!; sleep 1000';
    const run = startKeepup(['--ui', 'plain', family]);
    await run.until(/pid \d+[^]*pid \d+[^]*pid \d+/);
    run.child.kill('SIGTERM');
    const {stdout} = await run.ended;
    expect(pidsOf(stdout)).toHaveLength(3);
    expect(pidsOf(stdout).filter(isRunning)).toEqual([]);
  });

  test('takes those of a group that ignore SIGTERM though their parent does not', async () => {
    const family = `sh -c 'trap "" TERM; echo pid $$; while :; do sleep 0.05; done' & wait`;
    const run = startKeepup(['--ui', 'plain', '--kill-timeout', '500ms', family]);
    await run.until(/pid \d+/);
    run.child.kill('SIGINT');
    const {code, stdout} = await run.ended;
    expect(code).toBe(130);
    expect(pidsOf(stdout).filter(isRunning)).toEqual([]);
  });

  test('gives children time to say goodbye, and shows it', async () => {
    const polite = `trap 'echo bye; exit 0' TERM; while :; do sleep 0.05; done`;
    const {stdout} = await plain('--for', '2s', '-n', 'x', polite);
    expect(stdout).toContain('x │ bye\n');
  });
});

test('a failure stays one though what it has left behind is stopped by us later', async () => {
  const leaver = 'sleep 1000 > /dev/null 2>&1 & exit 3';
  const {code, report} = await runReported(['--for', '1s', leaver, 'sleep 1000']);
  expect(code).toBe(1);
  expect(report.processes[0]).toMatchObject({exitCode: 3, stoppedByUs: false});
});

describe.concurrent('output that outlives its process', () => {
  test('is read for as long as something comes, then what keeps it open is named and stopped', async () => {
    const keeper = '(for i in 1 2 3; do sleep 0.3; echo late $i; done; sleep 1000) & echo pid $!; exit 0';
    const {code, stdout, stderr} = await plain('-n', 'x', keeper);
    expect(code).toBe(0);
    expect(stdout).toContain('x │ late 3\n');
    const [pid] = pidsOf(stdout);
    expect(stderr).toMatch(
      new RegExp(`^keepup: x: output still held by PID (\\d+, )*${pid}(, \\d+)* after its exit`, 'm'),
    );
    expect(isRunning(pid!)).toBe(false);
    expect(stderr).toMatch(/^x +exit 0 /m);
  });

  test('held open by what has left its group ends us all the same', async () => {
    const escaped = 'setsid sleep 20 & echo a; exit 0';
    const {code, stdout, stderr} = await plain('-n', 'x', '--kill-timeout', '300ms', escaped);
    expect([code, stdout]).toEqual([0, 'x │ a\n']);
    expect(stderr).toContain('output still held by');
  });
});

describe.concurrent('when one ends', () => {
  test('--kill-others stops the rest', async () => {
    const {code, report} = await runReported(['--kill-others', '-n', 'a,b', 'sleep 0.3', 'sleep 1000']);
    expect(code).toBe(0);
    expect(report.processes).toMatchObject([
      {exitCode: 0, stoppedByUs: false},
      {exitCode: null, signal: 'SIGTERM', stoppedByUs: true},
    ]);
  });

  test('--kill-others makes a failure of one ours', async () => {
    expect((await runReported(['--kill-others', 'exit 3', 'sleep 1000'])).code).toBe(1);
  });

  test('--kill-others-on-fail leaves the rest alone when it ended well', async () => {
    const {code, report} = await runReported(['--kill-others-on-fail', 'true', 'sleep 0.5; echo a']);
    expect(code).toBe(0);
    expect(report.processes).toMatchObject([{stoppedByUs: false}, {stoppedByUs: false, linesIn: 1}]);
  });

  test('--kill-others-on-fail stops the rest when it failed', async () => {
    const {code, report} = await runReported(['--kill-others-on-fail', 'sleep 0.2; exit 3', 'sleep 1000']);
    expect(code).toBe(1);
    expect(report.processes[1]).toMatchObject({stoppedByUs: true, signal: 'SIGTERM'});
  });

  test('--kill-others-on-fail stops the rest, or does not even start it, when it could not start', async () => {
    const {code, report} = await runReported([
      '--for',
      '5s',
      '--kill-others-on-fail',
      'no-such-program-here',
      'sleep 1000',
    ]);
    expect(code).toBe(1);
    expect(report.durationMs).toBeLessThan(5000);
  });
});
