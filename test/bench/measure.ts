import {spawn} from 'node:child_process';
import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {stripTypeScriptTypes} from 'node:module';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {spawn as spawnPty} from '@lydell/node-pty';
import type {Counts} from './cats.ts';
import {watchPss} from './pss.ts';
import type {Usage} from './usage.ts';

/** One run of a contender. */
export type Measured = {
  readonly wallS: number;
  readonly usage: Omit<Usage, 'script'>;
  /** The most memory of all its processes together (PSS). */
  readonly peakPssMb: number;
  readonly counts: Counts;
};

export const SCREEN = {cols: 200, rows: 50} as const;

const LAUNCHER = fileURLToPath(new URL('../../dist/launcher.js', import.meta.url));
/** As the shebang of the launcher has it. */
const NODE_FLAGS = ['--max-semi-space-size=2'];

/** Runs a baseline on a file. */
export const measureBaseline = async (script: string, path: string, dir: string): Promise<Measured> => {
  const countsFile = join(dir, 'counts.json');
  const file = fileURLToPath(new URL(script, import.meta.url));
  return measure([file, path, countsFile], dir, runInPipes, () => readJson(countsFile));
};

/** Runs keepup on commands: with the screen, read by us as fast as it comes, or without any. */
export const measureKeepup = async (args: readonly string[], screen: boolean, dir: string): Promise<Measured> => {
  const reportFile = join(dir, 'report.json');
  const ui = screen ? ['--ui', 'tui', '--exit-when-done'] : ['--ui', 'none'];
  const command = [LAUNCHER, ...ui, '--report', reportFile, ...args];
  return measure(command, dir, screen ? runInPty : runInPipes, () => {
    const {totals}: {totals: Record<'bytesIn' | 'linesIn' | 'records' | 'failures', number>} = readJson(reportFile);
    return {bytes: totals.bytesIn, lines: totals.linesIn, records: totals.records, failures: totals.failures};
  });
};

/** The command line of keepup on this machine, for those who run it themselves. */
export const keepupCommand = (args: readonly string[]): string[] => [...NODE_FLAGS, LAUNCHER, ...args];

type Run = (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<Ran>;
type Ran = {readonly code: number; readonly peakPssMb: number};

const measure = async (args: readonly string[], dir: string, run: Run, counts: () => Counts): Promise<Measured> => {
  const usageFile = join(dir, 'usage.json');
  const startedAtMs = performance.now();
  // In the environment, so that the engine gets it, too, where it is a process of its own.
  const env = {...process.env, NODE_OPTIONS: `--import ${preloadIn(dir)}`, KEEPUP_BENCH_USAGE: usageFile};
  const {code, peakPssMb} = await run([...NODE_FLAGS, ...args], env);
  const wallS = (performance.now() - startedAtMs) / 1000;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return {wallS, usage: usageOf(dir, usageFile), peakPssMb, counts: counts()};
};

/**
 * What is preloaded, as plain JavaScript: to load TypeScript takes a process 90 ms and 20 MB, which would be measured
 * as the contender's own, twice where it is two processes.
 */
const preloadIn = (dir: string): string => {
  for (const name of ['usage', 'cpu-times']) {
    const source = readFileSync(new URL(`${name}.ts`, import.meta.url), 'utf8');
    writeFileSync(join(dir, `${name}.mjs`), stripTypeScriptTypes(source).replaceAll(".ts'", ".mjs'"));
  }
  return join(dir, 'usage.mjs');
};

/** Of all processes of a contender together; their notes are taken away. */
const usageOf = (dir: string, usageFile: string): Measured['usage'] => {
  const files = readdirSync(dir).map(name => join(dir, name)).filter(file => file.startsWith(`${usageFile}.`));
  const usages = files.map(file => readJson(file) as Usage);
  for (const file of files) rmSync(file);
  return {
    cpuS: usages.reduce((sum, {cpuS}) => sum + cpuS, 0),
    // The cats are the engine's children; whether the screen's note has the engine's own, depends on who ends first.
    childrenCpuS: (usages.find(({script}) => script.includes('engine-start')) ?? usages[0])!.childrenCpuS,
  };
};

const runInPipes: Run = async (args, env) => {
  const child = spawn(process.execPath, args, {env, stdio: ['ignore', 'ignore', 'pipe']});
  const peakPss = watchPss(child.pid!);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number>(resolve => child.on('close', ended => resolve(ended ?? 1)));
  if (code !== 0) process.stderr.write(stderr);
  return {code, peakPssMb: peakPss()};
};

const runInPty: Run = async (args, env) => {
  const pty = spawnPty(process.execPath, [...args], {...SCREEN, name: 'xterm-256color', env});
  const peakPss = watchPss(pty.pid);
  let last = '';
  pty.onData(data => (last = data));
  const code = await new Promise<number>(resolve =>
    pty.onExit(({exitCode, signal}) => resolve(exitCode || (signal ?? 0))),
  );
  if (code !== 0) process.stderr.write(last);
  return {code, peakPssMb: peakPss()};
};

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
