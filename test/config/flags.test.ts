import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseFlags} from '../../src/config/flags.ts';
import {DEFAULT_HISTORY_BYTES, DEFAULT_MAX_LINE_BYTES} from '../../src/model/config.ts';
import {CONTEXT, runConfigOf} from './run-config.ts';

const launchesOf = (...argv: string[]) => runConfigOf(...argv).processes.map(spec => spec.launch);

describe('parseFlags', () => {
  test('fills in every default', () => {
    expect(runConfigOf('node api.js')).toEqual({
      runName: 'shop',
      processes: [{name: 'node', launch: {kind: 'shell', line: 'node api.js'}, instance: 1, format: {kind: 'auto'}}],
      restart: 'never',
      forMs: null,
      workers: 4,
      parseTimeoutMs: 10_000,
      scanner: 'wasm',
      maxLineBytes: DEFAULT_MAX_LINE_BYTES,
      historyBytes: DEFAULT_HISTORY_BYTES,
      overload: {kind: 'block'},
      ui: 'auto',
      maxBytesPerSec: null,
      logFile: null,
      reportFile: null,
      killTimeoutMs: 5000,
      success: {kind: 'all'},
      killOthers: 'never',
      exitWhenDone: false,
      detachable: false,
      socket: false,
      onHangup: 'stop',
      linger: false,
      leaveDaemons: false,
      ansi: false,
    });
  });

  test('takes every argument for one shell command', () => {
    expect(launchesOf('a | b', 'c d', 'e')).toEqual(['a | b', 'c d', 'e'].map(line => ({kind: 'shell', line})));
  });

  test('takes the words behind -- for one command without a shell, untouched', () => {
    const argv = ['ls', '-l', '--help', '--name', 'x', '', '--', '-n=3', 'a b', '--version', '1', 'true'];
    expect(launchesOf('--workers', '2', '--', ...argv)).toEqual([{kind: 'argv', argv}]);
  });

  test('ignores a -- with nothing behind it when there are commands', () => {
    expect(launchesOf('a', '--')).toEqual([{kind: 'shell', line: 'a'}]);
  });

  test.each([
    [['--workers', '2', 'a', 'b']],
    [['a', '--workers', '2', 'b']],
    [['a', 'b', '--workers', '2']],
    [['a', '--workers=2', 'b']],
    [['--workers', '7', 'a', 'b', '--workers', '2']],
  ])('takes options before, between and behind commands: %j', argv => {
    const config = runConfigOf(...argv);
    expect(config.workers).toBe(2);
    expect(config.processes.map(spec => spec.launch)).toEqual([
      {kind: 'shell', line: 'a'},
      {kind: 'shell', line: 'b'},
    ]);
  });

  test.each([
    'true',
    'false',
    '1',
    '0x10',
    '1e3',
    'null',
    'a=b',
    'a.b',
    '{"x":1}',
    '"quoted"',
    "'quoted'",
    ' -x',
    '-',
    '__proto__',
    'toString',
  ])('leaves the command %j as it is, even behind a switch', command => {
    expect(launchesOf('--kill-others', command)).toEqual([{kind: 'shell', line: command}]);
  });

  test('leaves any command and any argv as they are', () => {
    const command = fc
      .string({unit: 'binary', minLength: 1})
      .filter(text => text.trim() !== '' && !text.startsWith('-'));
    fc.assert(
      fc.property(fc.array(command, {minLength: 1}), commands => {
        expect(launchesOf('true', ...commands).slice(1)).toEqual(commands.map(line => ({kind: 'shell', line})));
      }),
    );
    fc.assert(
      fc.property(command, fc.array(fc.string({unit: 'binary'})), (program, rest) => {
        expect(launchesOf('--', program, ...rest)).toEqual([{kind: 'argv', argv: [program, ...rest]}]);
      }),
    );
  });

  test.each([
    ['--help'],
    ['-h'],
    ['a', '--help'],
    ['--bogus', '--help'],
    ['--version', '--help'],
    ['--workers', '0', '-h'],
  ])('shows help for %j, whatever else is wrong', (...argv) => {
    expect(parseFlags(argv, CONTEXT)).toMatchObject({kind: 'help', text: expect.stringContaining('Usage')});
  });

  test.each([['--version'], ['a', '--version']])('shows the version for %j', (...argv) => {
    expect(parseFlags(argv, CONTEXT)).toEqual({kind: 'version', text: expect.stringMatching(/^\d+\.\d+\.\d+/)});
  });

  test.each([
    [8, 8],
    [1, 1],
    [0, 1],
    [1000, 256],
  ])('on %i cores starts %i workers', (cores, workers) => {
    expect(parseFlags(['a'], {cwd: '/', cores})).toMatchObject({config: {workers, runName: '/'}});
  });
});
