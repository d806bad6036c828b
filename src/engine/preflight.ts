import {accessSync, closeSync, constants, openSync, readSync, statSync} from 'node:fs';
import path from 'node:path';
import type {Launch} from '../model/config.ts';
import type {StartFailure} from '../model/lifecycle.ts';

/** What a child is started with: a file that exists, and all of its arguments. */
export type ResolvedLaunch = {readonly file: string; readonly args: readonly string[]};

export type LaunchContext = {readonly cwd: string; readonly env: NodeJS.ProcessEnv};

/** Linux: one argument or variable may take 32 pages; all of them together about a quarter of the stack, 2 MiB. */
const MAX_STRING_BYTES = 131_072;
const MAX_TOTAL_BYTES = 2_000_000;
/** Where programs are looked for when PATH is not set, as `execvp` does. */
const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin';

/**
 * Finds before spawning why a command could not start, since the error of a
 * failed spawn names the wrong thing: a bad working directory is reported as
 * the program not found, a NUL byte as a type error.
 *
 * For shell commands the first word is looked up too, where it is plain enough
 * to be sure that the shell would run it as a program.
 */
export const preflight = (launch: Launch, context: LaunchContext): ResolvedLaunch | StartFailure => {
  const resolved = wordsOf(launch, context);
  const word = launch.kind === 'argv' ? launch.argv[0] : programOf(launch.line);
  return (
    cwdProblem(context.cwd) ??
    stringProblem([resolved.file, ...resolved.args], context.env) ??
    (word === null ? null : programProblem(word, context)) ??
    resolved
  );
};

/** Whether {@link preflight} found a reason not to start. */
export const isStartFailure = (result: ResolvedLaunch | StartFailure): result is StartFailure => 'errno' in result;

/** In words of our own, what the operating system says of a spawn that failed all the same. */
export const spawnFailure = (what: string, errno: string): StartFailure => ({
  what,
  errno,
  reason: SPAWN_REASONS[errno] ?? `the operating system refused to start it (${errno})`,
  next: NEXT_STEPS[errno] ?? 'free some resources or raise the limit, then start it again',
});

/** Whether the machine may have what is missing the next time. */
export const isTransient = ({errno}: StartFailure): boolean => TRANSIENT.has(errno);

const TRANSIENT = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM']);

/** A failure as people may see it: it quotes the command, which may hold secrets. */
export const masked = (failure: StartFailure, mask: (text: string) => string): StartFailure => ({
  ...failure,
  what: mask(failure.what),
  reason: mask(failure.reason),
  next: mask(failure.next),
});

const SPAWN_REASONS: Readonly<Record<string, string>> = {
  EMFILE: 'keepup has no file descriptors left (ulimit -n)',
  ENFILE: 'the machine has no file descriptors left',
  EAGAIN: 'no more processes may be started (ulimit -u, pids.max)',
  ENOMEM: 'the machine has no memory left for a new process',
  E2BIG: 'its arguments and environment are too long together',
  ENOENT: 'the program or its interpreter (the #! line) was not found',
  EACCES: 'the program may not be executed',
  ENOEXEC: 'it is no program that this machine can run',
};

const NEXT_STEPS: Readonly<Record<string, string>> = {
  E2BIG: 'pass less, or pass it in a file',
  ENOENT: 'check the first line of the script, or install what it names',
  EACCES: 'check its rights, and those of what its #! line names',
  ENOEXEC: 'check what kind of file it is, or give a script a #! line',
};

const wordsOf = (launch: Launch, context: LaunchContext): ResolvedLaunch =>
  launch.kind === 'argv' ? direct(launch.argv, context) : (withoutShell(launch.line, context) ?? viaShell(launch.line));

const viaShell = (line: string): ResolvedLaunch => ({file: '/bin/sh', args: ['-c', line]});

const direct = ([program, ...args]: readonly [string, ...string[]], context: LaunchContext): ResolvedLaunch => ({
  file: findProgram(program, context) ?? program,
  args,
});

/** Words that mean to a shell what they say. */
const PLAIN_LINE = /^ *[\w./+:@%-]+(?: +[\w./+:@%,=-]+)* *$/;

/**
 * A line of plain words needs no shell: dash would drop variables such as `a.b`
 * from its environment, and stand between us and the program. Null for all else.
 */
const withoutShell = (line: string, context: LaunchContext): ResolvedLaunch | null => {
  if (!PLAIN_LINE.test(line) || programOf(line) === null) return null;
  const launch = direct(line.trim().split(/ +/) as [string, ...string[]], context);
  return isBinaryOrHasInterpreter(launch.file) ? launch : null;
};

/** A script without a `#!` line is run by a shell only. */
const isBinaryOrHasInterpreter = (file: string): boolean => {
  const head = Buffer.alloc(4);
  const errno = errnoOf(() => {
    const fd = openSync(file, 'r');
    readSync(fd, head);
    closeSync(fd);
  });
  // Some programs may be run and not be read; they are no scripts.
  return errno === 'EACCES' || head.toString('latin1').startsWith('#!') || !/^[\t\n\r -~]*$/.test(head.toString('latin1'));
};

const cwdProblem = (cwd: string): StartFailure | null => {
  const errno = errnoOf(() => {
    if (!statSync(cwd).isDirectory()) throw Object.assign(new Error('no directory'), {code: 'ENOTDIR'});
    accessSync(cwd, constants.X_OK);
  });
  if (errno === null) return null;
  return {what: cwd, errno, reason: 'the working directory can not be entered', next: 'run keepup from another one'};
};

const stringProblem = (words: readonly string[], env: NodeJS.ProcessEnv): StartFailure | null => {
  const what = words[0] ?? '';
  const nul = words.find(word => word.includes('\0'));
  if (nul !== undefined) {
    return {what, errno: 'EINVAL', reason: 'an argument holds a NUL byte', next: 'remove it: no program can be given one'};
  }
  const longest = Math.max(...words.map(word => Buffer.byteLength(word)));
  const total = [...words, ...Object.entries(env).flat()].reduce((sum, word) => sum + Buffer.byteLength(word ?? '') + 9, 0);
  if (longest < MAX_STRING_BYTES && total < MAX_TOTAL_BYTES) return null;
  const reason = `its arguments are too long: the longest has ${longest} bytes (${MAX_STRING_BYTES - 1} fit), all and the environment ${total}`;
  return {what, errno: 'E2BIG', reason, next: 'pass less, or pass it in a file'};
};

const programProblem = (word: string, context: LaunchContext): StartFailure | null => {
  if (findProgram(word, context) !== null) return null;
  const candidates = candidatesOf(word, context);
  const existing = candidates.find(candidate => errnoOf(() => accessSync(candidate, constants.F_OK)) === null);
  if (existing !== undefined) {
    const isFolder = statSync(existing).isDirectory();
    return {
      what: existing,
      errno: 'EACCES',
      reason: isFolder ? 'it is a directory, not a program' : 'it may not be executed',
      next: isFolder ? 'name a program in it' : `make it executable: chmod +x ${existing}`,
    };
  }
  return word.includes('/')
    ? {what: word, errno: 'ENOENT', reason: `no such file (looked in ${context.cwd})`, next: 'check the path'}
    : {what: word, errno: 'ENOENT', reason: 'no such program in PATH', next: 'install it, or give its whole path'};
};

const findProgram = (word: string, context: LaunchContext): string | null =>
  candidatesOf(word, context).find(
    candidate =>
      errnoOf(() => accessSync(candidate, constants.X_OK)) === null && !statSync(candidate).isDirectory(),
  ) ?? null;

const candidatesOf = (word: string, {cwd, env}: LaunchContext): string[] =>
  word.includes('/')
    ? [path.resolve(cwd, word)]
    : (env['PATH'] ?? DEFAULT_PATH).split(':').map(folder => path.resolve(cwd, folder, word));

const errnoOf = (check: () => void): string | null => {
  try {
    check();
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EIO';
  }
};

/** A word that the shell takes literally, with nothing before it that could give it another meaning. */
const PLAIN_COMMAND = /^\s*([A-Za-z0-9_./+:@%-]+)(?=\s|$)/;
/** Words of dash and bash (POSIX mode) that are no programs, or need none. */
const SHELL_WORDS = new Set(
  `. : [ alias bg break builtin case cd chdir command compgen continue coproc declare dirs disown do done echo elif
  else enable esac eval exec exit export false fc fg fi for function getopts hash help history if in jobs kill let
  local logout mapfile popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test
  then time times trap true type typeset ulimit umask unalias unset until wait while`.split(/\s+/),
);

const programOf = (line: string): string | null => {
  const word = PLAIN_COMMAND.exec(line)?.[1];
  return word === undefined || SHELL_WORDS.has(word) || definesFunctions(line) ? null : word;
};

const definesFunctions = (line: string): boolean => line.includes('()') || line.includes('alias ');
