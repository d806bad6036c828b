import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {tempFolder} from '../support/parser-module.ts';
import {runReported, startKeepup} from '../support/run-keepup.ts';

// Their pauses are seconds long, as they are for users: side by side.
describe.concurrent('restarts', () => {
  test('on failure go on until the process ends well; generations add up', async () => {
    const count = path.join(tempFolder(), 'count');
    const flaky = `echo x >> ${count}; echo '{"n":1}'; test $(wc -l < ${count}) -ge 3`;
    const {code, stderr, report} = await runReported(['--restart', 'on-failure', '-f', 'json', '-n', 'x', flaky]);
    expect(code).toBe(0);
    expect(report.processes).toMatchObject([{state: 'exited', exitCode: 0, generations: 3, linesIn: 3, records: 3}]);
    expect(report.totals.generations).toBe(3);
    expect(stderr.match(/^keepup: x: exited 1; restarting in \d s$/gm)).toHaveLength(2);
    expect(readFileSync(count, 'utf8')).toBe('x\nx\nx\n');
  });

  test('on failure leave alone what ended well; never leaves alone what failed', async () => {
    const {report} = await runReported(['--restart', 'on-failure', 'true', 'true']);
    expect(report.processes).toMatchObject([{generations: 1}, {generations: 1}]);
    expect((await runReported(['false'])).report.processes).toMatchObject([{generations: 1, state: 'exited'}]);
  });

  test('always happen until we are ended, and number each run in its events', async () => {
    const run = startKeepup(['--ui', 'json', '--restart', 'always', '-f', 'json', 'echo "{}"']);
    await run.until(/"kind":"record","process":"echo","generation":3/);
    run.child.kill('SIGTERM');
    const {code, stdout} = await run.ended;
    expect(code).toBe(143);
    const records = stdout
      .split('\n')
      .filter(line => line.includes('"kind":"record"'))
      .map(line => JSON.parse(line));
    expect(records.map(({generation, line, offset}) => [generation, line, offset])).toEqual(
      records.map((_record, index) => [index + 1, 1, 0]),
    );
  });

  test('that come too often are a crash loop, and the end', async () => {
    const {code, stderr, report} = await runReported(['--restart', 'on-failure', '-n', 'x', 'exit 3']);
    expect(code).toBe(1);
    expect(report.processes).toMatchObject([{state: 'crash-loop', exitCode: 3, signal: null, generations: 6}]);
    expect(stderr).toContain('keepup: x: exited 3; gave up after 5 restarts in a minute\n');
    expect(stderr).toMatch(/^x +crash loop \(exit 3\) +6 /m);
  }, 60_000);
});
