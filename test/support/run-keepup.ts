import {spawn, type ChildProcess} from 'node:child_process';
import {existsSync, openSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll} from 'vitest';
import type {Report} from '../../src/model/report.ts';
import {tempFolder} from './parser-module.ts';

export type RunOptions = {
  /** On top of ours; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** A file for stdout instead of our pipe. */
  readonly stdoutFile?: string;
};

/** How a run of keepup ended, and all that it wrote. */
export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** A run of keepup that goes on. */
export type Running = {
  readonly child: ChildProcess;
  /** Resolves with the match as soon as what it wrote on stdout and stderr has one; fails when it ends without. */
  readonly until: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
};

const PROGRAM = path.resolve('dist/launcher.js');

const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Starts the built program without a terminal. Its books are checked all the time; nothing of it outlives the test file. */
export const startKeepup = (args: readonly string[], options: RunOptions = {}): Running => {
  const env = {...process.env, NODE_ENV: undefined, KEEPUP_CHECK: '1', ...options.env};
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env,
    cwd: options.cwd,
    stdio: ['ignore', options.stdoutFile === undefined ? 'pipe' : openSync(options.stdoutFile, 'w'), 'pipe'],
  });
  const written = {stdout: [] as Buffer[], stderr: [] as Buffer[]};
  child.stdout?.on('data', (chunk: Buffer) => written.stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => written.stderr.push(chunk));
  children.push(child);
  const text = (): Pick<Ended, 'stdout' | 'stderr'> => ({
    stdout: Buffer.concat(written.stdout).toString(),
    stderr: Buffer.concat(written.stderr).toString(),
  });
  const ended = new Promise<Ended>(resolve => {
    child.once('close', (code, signal) => resolve({code, signal, ...text()}));
  });
  return {child, ended, until: pattern => untilMatch(child, text, pattern)};
};

/** Runs the built program to its end. */
export const runKeepup = (args: readonly string[], options: RunOptions = {}): Promise<Ended> =>
  startKeepup(args, options).ended;

/** Says a word to a run that goes on. */
export const runVerb = (args: readonly string[], env: NonNullable<RunOptions['env']>): Promise<Ended> =>
  runKeepup(args, {env});

/** A run with `--ui none` and its report. */
export const runReported = async (
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ended & {readonly report: Report}> => {
  const file = path.join(tempFolder(), 'report.json');
  const ended = await runKeepup(['--ui', 'none', '--report', file, ...args], options);
  if (!existsSync(file)) throw new Error(`no report was written: ${JSON.stringify(ended)}`);
  return {...ended, report: JSON.parse(readFileSync(file, 'utf8')) as Report};
};

const untilMatch = (
  child: ChildProcess,
  text: () => Pick<Ended, 'stdout' | 'stderr'>,
  pattern: RegExp,
): Promise<RegExpExecArray> =>
  new Promise((resolve, reject) => {
    const streams = [child.stdout, child.stderr].filter(stream => stream !== null);
    const look = (): void => {
      const {stdout, stderr} = text();
      const match = pattern.exec(stdout) ?? pattern.exec(stderr);
      if (match === null) return;
      // Behind a match may come gigabytes.
      for (const stream of streams) stream.off('data', look);
      resolve(match);
    };
    for (const stream of streams) stream.on('data', look);
    child.once('close', () => reject(new Error(`ended without ${pattern}: ${JSON.stringify(text())}`)));
    look();
  });
