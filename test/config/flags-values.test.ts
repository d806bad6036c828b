import {describe, expect, test} from 'vitest';
import {runConfigOf} from './run-config.ts';

describe('the value of', () => {
  test.each([
    [['--run-name', 'x y'], {runName: 'x y'}],
    [['--restart', 'never'], {restart: 'never'}],
    [['--restart=on-failure'], {restart: 'on-failure'}],
    [['--restart', 'always'], {restart: 'always'}],
    [['--for', '5s'], {forMs: 5000}],
    [['--for=1m30s'], {forMs: 90_000}],
    [['--workers', '3'], {workers: 3}],
    [['--parse-timeout', '250ms'], {parseTimeoutMs: 250}],
    [['--max-line-bytes', '1000'], {maxLineBytes: 1000}],
    [['--max-line-bytes', '64k'], {maxLineBytes: 65_536}],
    [['--history', '1g'], {historyBytes: 1024 ** 3}],
    [['--history', '0'], {historyBytes: 0}],
    [['--overload', 'drop-oldest'], {overload: {kind: 'drop-oldest'}}],
    [['--overload', 'sample:100'], {overload: {kind: 'sample', every: 100}}],
    [['--overload', 'sample:1'], {overload: {kind: 'sample', every: 1}}],
    [['--ui', 'plain'], {ui: 'plain'}],
    [['--ui=json'], {ui: 'json'}],
    [['--ui', 'plain', '--ui', 'none'], {ui: 'none'}],
    [['--log', 'k.log'], {logFile: 'k.log'}],
    [['--log=-odd'], {logFile: '-odd'}],
    [['--report', '-'], {reportFile: '-'}],
    [['--report', 'a=b'], {reportFile: 'a=b'}],
    [['--report', '12'], {reportFile: '12'}],
    [['--kill-timeout', '0'], {killTimeoutMs: 0}],
    [['--kill-timeout', '1.5s'], {killTimeoutMs: 1500}],
    [['--success', 'first'], {success: {kind: 'first'}}],
    [['--success', 'last'], {success: {kind: 'last'}}],
    [['--success', 'api'], {success: {kind: 'name', name: 'api'}}],
    [['--kill-others'], {killOthers: 'on-end'}],
    [['--kill-others-on-fail'], {killOthers: 'on-fail'}],
    [['--kill-others', '--kill-others-on-fail'], {killOthers: 'on-end'}],
    [['--kill-others', '--no-kill-others'], {killOthers: 'never'}],
    [['--kill-others=false'], {killOthers: 'never'}],
    [['--exit-when-done'], {exitWhenDone: true}],
  ])('%j is %j', (argv, expected) => {
    expect(runConfigOf(...argv, 'api')).toMatchObject(expected);
    expect(runConfigOf('api', ...argv)).toMatchObject(expected);
  });

  test.each([
    [['-f', 'json'], {kind: 'json'}],
    [['-fjson'], {kind: 'json'}],
    [['-f=json'], {kind: 'json'}],
    [['--format=text'], {kind: 'text'}],
    [['-f', 'auto'], {kind: 'auto'}],
    [['-f', 'module:./parse.ts'], {kind: 'module', path: './parse.ts', url: 'file:///srv/shop/parse.ts'}],
    [['-f', 'module:../a b#c.ts'], {kind: 'module', path: '../a b#c.ts', url: 'file:///srv/a%20b%23c.ts'}],
    [['-f', 'module:/opt/p.js'], {kind: 'module', path: '/opt/p.js', url: 'file:///opt/p.js'}],
  ])('%j is the format %j of every process', (argv, format) => {
    expect(runConfigOf(...argv, 'a', 'b').processes.map(spec => spec.format)).toEqual([format, format]);
  });

  test.each([
    [
      ['-n', 'web,api', 'a', 'b'],
      ['web', 'api'],
    ],
    [
      ['-nweb', 'a', 'b'],
      ['web', 'b'],
    ],
    [
      ['--name=web', 'a', 'b'],
      ['web', 'b'],
    ],
    [
      ['-n', 'web', '-n', 'api', 'a', 'b'],
      ['api', 'b'],
    ],
    [
      ['-i', '3', 'web'],
      ['web#1', 'web#2', 'web#3'],
    ],
    [
      ['-i2', '-n', 'x', 'a', 'b'],
      ['x#1', 'x#2', 'b#1', 'b#2'],
    ],
    [['-i', '1', 'web'], ['web']],
    [
      ['node a', 'node b', 'node c'],
      ['node', 'node-2', 'node-3'],
    ],
    [['--', 'node', 'a'], ['node']],
    [
      ['-i', '2', '--', 'node', 'a'],
      ['node#1', 'node#2'],
    ],
  ])('%j names processes %j', (argv, names) => {
    expect(runConfigOf(...argv).processes.map(spec => spec.name)).toEqual(names);
  });

  test('--instances numbers the copies of each command', () => {
    expect(runConfigOf('-i', '2', 'a', 'b').processes.map(spec => spec.instance)).toEqual([1, 2, 1, 2]);
  });

  test('--success may name a copy', () => {
    expect(runConfigOf('-i', '2', '--success', 'web#2', 'web').success).toEqual({kind: 'name', name: 'web#2'});
  });
});
