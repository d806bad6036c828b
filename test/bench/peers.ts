import {execFile} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {delimiter, dirname, join} from 'node:path';
import {promisify, stripVTControlCharacters} from 'node:util';
import {spawn as spawnPty} from '@lydell/node-pty';
import {SCREEN} from './measure.ts';

/** What came of one run. */
export type PeerRun =
  | {
      readonly kind: 'ended';
      /** From the start until the peer has exited by itself. */
      readonly wallS: number;
      /** Of all its processes, without the cats and their shells. */
      readonly cpuS: number;
      /** Lines of the cats whose beginning it printed; null where it paints a screen. */
      readonly linesShown: number | null;
    }
  | {readonly kind: 'failed'; readonly reason: string};

/** A program that runs others and shows what they print, as keepup does. */
export type Peer = {
  /** With the version. */
  readonly title: string;
  /** Runs so many cats of a file at once, in a terminal that is read as fast as it prints. Never rejects. */
  run(path: string, cats: number): Promise<PeerRun>;
};

/**
 * Installs the peers from npm, each into a folder of its own in `dir`, which the caller takes away. Never rejects: one
 * that cannot be had here says why in each of its runs.
 */
export const installPeers = async (dir: string): Promise<Peer[]> =>
  Promise.all(PROGRAMS.map(program => installPeer(program, dir)));

/** How a peer is had and called. */
export type Program = {
  readonly name: string;
  readonly version: string;
  readonly printsLines: boolean;
  /** What makes it run shell commands and exit when all have ended; may write its configuration to `home`. */
  argsFor(commands: readonly string[], home: string): readonly string[];
};

const PROGRAMS: readonly Program[] = [
  {name: 'mprocs', version: '0.9.6', printsLines: false, argsFor: mprocsArguments},
  {name: 'turbo', version: '2.11.11', printsLines: true, argsFor: turboArguments},
  {name: 'concurrently', version: '10.0.7', printsLines: true, argsFor: commands => commands},
];

function mprocsArguments(commands: readonly string[]): string[] {
  return ['--on-all-finished', '{c: quit}', ...commands];
}

/** Turbo runs scripts of a package, by npm. What is not cached is not written to a log file either. */
function turboArguments(commands: readonly string[], home: string): string[] {
  const names = commands.map((_, index) => `cat-${index}`);
  const scripts = Object.fromEntries(names.map((name, index) => [name, commands[index]]));
  const tasks = Object.fromEntries(names.map(name => [name, {cache: false}]));
  writeFileSync(join(home, 'package.json'), JSON.stringify({name: 'cats', private: true, scripts}));
  writeFileSync(join(home, 'turbo.json'), JSON.stringify({tasks}));
  const flags = ['--ui=stream', '--env-mode=loose', '--dangerously-disable-package-manager-check'];
  return ['run', ...names, `--concurrency=${names.length}`, ...flags];
}

const installPeer = async (program: Program, dir: string): Promise<Peer> => {
  const {name, version} = program;
  const home = join(dir, name);
  try {
    mkdirSync(home, {recursive: true});
    // None needs its scripts: the binaries are in the packages.
    const args = ['install', '--prefix', home, '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`];
    await promisify(execFile)('npm', args, {timeout: MAX_INSTALL_MS});
    return peerOf(program, home);
  } catch (error) {
    const {killed, stderr, message} = error as {killed?: boolean; stderr?: string; message: string};
    const why = killed === true ? `not within ${MAX_INSTALL_MS / 1000} s` : (stderr?.split('\n')[0] || message);
    const reason = `npm install ${name}@${version}: ${why}`;
    return {title: titleOf(program), run: async () => ({kind: 'failed', reason})};
  }
};

const MAX_INSTALL_MS = 120_000;

const titleOf = ({name, version}: Program): string => `${name} ${version}`;

/** The peer that is installed in `home`. */
export const peerOf = (program: Program, home: string): Peer => ({
  title: titleOf(program),
  run: async (path, cats) => {
    try {
      return await runPeer(program, home, path, cats);
    } catch (error) {
      return {kind: 'failed', reason: `${titleOf(program)}: ${(error as Error).message}`};
    }
  },
});

const runPeer = async (program: Program, home: string, path: string, cats: number): Promise<PeerRun> => {
  const dir = mkdtempSync(join(home, 'times-'));
  const catTimes = Array.from({length: cats}, (_, index) => join(dir, `cat-${index}`));
  const allTimes = join(dir, 'all');
  const args = program.argsFor(catTimes.map(file => `cat '${path}' && times >'${file}'`), home);
  const lines = countLines();
  const startedAtMs = performance.now();
  const command = ['-c', TIMED, allTimes, join(home, 'node_modules', '.bin', program.name), ...args];
  await runInPty(command, home, program.printsLines ? lines.add : () => {});
  const wallS = (performance.now() - startedAtMs) / 1000;
  const catsS = catTimes.reduce((sum, file) => sum + secondsIn(file), 0);
  // Ticks are coarse: a peer that does next to nothing may seem to use less than nothing.
  const cpuS = Math.max(0, secondsIn(allTimes) - catsS);
  return {kind: 'ended', wallS, cpuS, linesShown: program.printsLines ? lines.count() : null};
};

const secondsIn = (file: string): number => {
  if (!existsSync(file)) throw new Error('exited before a cat had ended well');
  return cpuSecondsOf(readFileSync(file, 'utf8'));
};

/** A shell, because it adds up what all below it used, and Node would use more than some peers. */
const TIMED = '"$@"; code=$?; times >"$0"; exit $code';

const runInPty = async (args: string[], cwd: string, read: (chunk: Buffer) => void): Promise<void> => {
  const pty = spawnPty('/bin/sh', args, {...SCREEN, name: 'xterm-256color', cwd, env: peerEnv(cwd), encoding: null});
  let last = Buffer.of();
  pty.onData(data => {
    // Bytes, as no encoding is named; the types know strings alone.
    last = data as unknown as typeof last;
    read(last);
  });
  let isLate = false;
  const deadline = setTimeout(() => {
    isLate = true;
    pty.kill('SIGKILL');
  }, MAX_RUN_MS);
  const code = await new Promise<number>(resolve =>
    pty.onExit(({exitCode, signal}) => resolve(exitCode || (signal ?? 0))),
  );
  clearTimeout(deadline);
  if (isLate) throw new Error(`had not exited after ${MAX_RUN_MS / 1000} s`);
  if (code !== 0) throw new Error(`exited with ${code}: ${lastLineOf(last.toString())}`);
};

const MAX_RUN_MS = 900_000;

/** Ours, without what npm tells its scripts; and neither settings of the user's nor anything sent home. */
const peerEnv = (home: string): Record<string, string | undefined> => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|TURBO_|CI$|GITHUB_)/.test(name))),
  PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
  XDG_CONFIG_HOME: home,
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  npm_config_update_notifier: 'false',
});

const lastLineOf = (text: string): string =>
  stripVTControlCharacters(text).split(/[\r\n]+/).findLast(line => line.trim() !== '')?.trim() ?? 'it printed nothing';

/** All the seconds that a shell's `times` names: the shell's own and its children's, as user and as system. */
export const cpuSecondsOf = (times: string): number =>
  [...times.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, s]) => sum + Number(minutes) * 60 + Number(s), 0);

/** Counts the lines in which a record begins, in bytes cut anywhere: not a peer's own remarks, and a torn line once. */
export const countLines = (): {add(this: void, chunk: Buffer): void; count(): number} => {
  let lines = 0;
  let matched = 0;
  const add = (chunk: Buffer): void => {
    for (let from = 0; from < chunk.length; ) {
      const newline = chunk.indexOf(NEWLINE, from);
      const end = newline === -1 ? chunk.length : newline;
      for (let at = from; at < end && matched < RECORD.length; at++) matched = nextMatched(matched, chunk[at]);
      if (newline === -1) return;
      if (matched === RECORD.length) lines++;
      matched = 0;
      from = newline + 1;
    }
  };
  return {add, count: () => lines};
};

const NEWLINE = 0x0a;
/** How each line of the dataset begins. */
const RECORD = Buffer.from('{"level"');

const nextMatched = (matched: number, byte: number | undefined): number => {
  if (byte === RECORD[matched]) return matched + 1;
  return byte === RECORD[0] ? 1 : 0;
};
