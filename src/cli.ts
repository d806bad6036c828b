import {accessSync, appendFileSync, constants as fileModes, statSync, writeFileSync, writeSync} from 'node:fs';
import {availableParallelism, constants} from 'node:os';
import path from 'node:path';
import {parseFlags} from './config/flags.ts';
import {systemClock} from './engine/clock.ts';
import {Engine} from './engine/engine.ts';
import {checkParsers, startPools, stopPools, type Pools} from './engine/pools.ts';
import type {EndReason} from './engine/run-end.ts';
import {startTerminalGuard} from './guard/terminal-guard.ts';
import type {RunConfig, UiMode} from './model/config.ts';
import {UsageError} from './model/errors.ts';
import type {Report} from './model/report.ts';
import type {Notice, ProcessSnapshot} from './model/snapshot.ts';
import {writeState, writeTick, TICK_EVENT_MS} from './plain/json-lines.ts';
import {Output} from './plain/output.ts';
import {emitOf} from './plain/emit.ts';
import {Patience} from './plain/patience.ts';
import {reportTable} from './plain/report-table.ts';
import {stateSentence} from './plain/state-words.ts';
import {runExitCode} from './state/outcome.ts';
import {maskSecrets} from './text/mask.ts';
import {escapeOddInJson, sanitize} from './text/sanitize.ts';
import {colorDepth} from './text/style.ts';
import type {UiHandle} from './ui/start.tsx';

type Mode = Exclude<UiMode, 'auto'>;

/** What is there for as long as a run lasts. */
type Run = {
  readonly config: RunConfig;
  readonly mode: Mode;
  readonly engine: Engine;
  readonly output: Output;
  readonly patience: Patience;
  /** Said while a screen was up; printed when it is gone. */
  readonly held: string[];
  /** Takes the screen off the terminal; replaced when there is one. */
  readonly screen: {close: () => Promise<void>};
};

const USAGE_EXIT = 2;
/** A thread's start and a module's loading take longer than a line may. */
const LOAD_MS = 15_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A terminal signals the whole group, and the launcher passes on what it got: the same signal may come twice. */
const SAME_SIGNAL_MS = 500;

/**
 * Runs keepup.
 *
 * @param argv Arguments without node and script. Ends the process when all is said and done.
 */
export const main = async (argv: readonly string[]): Promise<void> => {
  // Before anything of ours touches it: children get the caller's environment.
  const callersEnv = {...process.env};
  process.exitCode = await mainOf(argv, callersEnv).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    say(error.message);
    return USAGE_EXIT;
  });
  // Pipes that a stranger keeps open must not keep us.
  process.exit();
};

const mainOf = async (argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
  const flags = parseFlags(argv, {cwd: process.cwd(), cores: availableParallelism()});
  if (flags.kind !== 'run') {
    const stdout = new Output(process.stdout);
    await stdout.write(`${flags.text}\n`);
    return 0;
  }
  const {config} = flags;
  checkFiles(config);
  const pools = startPools(config);
  const problem = await checkParsers({...config, parseTimeoutMs: config.parseTimeoutMs + LOAD_MS}, pools);
  if (problem !== null) {
    await stopPools(pools);
    throw new UsageError(`--format ${problem}`);
  }
  return runMode(config, pools, env);
};

const runMode = async (config: RunConfig, pools: Pools, env: NodeJS.ProcessEnv): Promise<number> => {
  const mode = modeOf(config.ui, env);
  const depth = colorDepth(env, process.stdout.isTTY);
  const output = new Output(process.stdout);
  const clock = systemClock();
  const held: string[] = [];
  const engine: Engine = new Engine({
    config,
    pools,
    clock,
    random: Math.random,
    env,
    cwd: process.cwd(),
    mask: maskSecrets,
    emitOf: emitOf(mode, config.processes, depth),
    sink: bytes => output.write(bytes),
    endWhenDone: mode !== 'tui' || config.exitWhenDone,
    onState: snapshot => onState(run, snapshot),
    onNotice: notice => onNotice(run, notice),
    strict: env['KEEPUP_CHECK'] === '1',
  });
  const run: Run = {config, mode, engine, output, patience: new Patience(), held, screen: {close: async () => {}}};
  const release = listen(run);
  endOnCrash(run);
  engine.start();
  const reason = mode === 'tui' ? await withScreen(run, env) : await engine.finished;
  release();
  if (mode === 'json') writeTick(output, engine.snapshot());
  const signal = await Promise.race([output.flush(), run.patience.over]);
  const code = exitCode(signal === undefined ? reason : {kind: 'signal', signal}, config, engine);
  return finish(run, reason, code, pools);
};

/** Shows the screen for as long as the run lasts; it is gone, and the terminal as before, when this resolves. */
const withScreen = async ({engine, held, screen}: Run, env: NodeJS.ProcessEnv): Promise<EndReason> => {
  // Before React is loaded, which runs twice as slow without it; children do not get it.
  process.env['NODE_ENV'] = 'production';
  const {stdin, stdout} = process;
  const [{startUi}, guard] = await Promise.all([
    import('./ui/start.tsx'),
    startTerminalGuard({fd: stdout.fd, env}),
  ]);
  const terminal = {stdin, stdout, env, guard};
  const ui: UiHandle = startUi({monitor: engine, ...terminal, nowMs: () => performance.now(), detach: stay});
  screen.close = () => ui.close();
  void ui.crashed.then(error => {
    held.push(`the screen failed: ${error.stack ?? error.message}`);
    engine.end({kind: 'signal', signal: 'SIGTERM'});
  });
  void ui.gone.then(() => engine.end({kind: 'signal', signal: 'SIGHUP'}));
  const reason = await engine.finished;
  await ui.close();
  guard.bye();
  return reason;
};

/** A run in one process can't go on without it. */
const stay = (): void => undefined;

/** A bug of ours leaves neither children behind nor the terminal as the screen had it. */
const endOnCrash = ({engine, screen}: Run): void => {
  let isCrashing = false;
  process.on('uncaughtException', error => {
    if (isCrashing) return;
    isCrashing = true;
    // Twice: at once.
    for (let time = 0; time < 2; time++) engine.end({kind: 'signal', signal: 'SIGTERM'});
    void screen.close().finally(() => {
      const lines = `internal error: ${error.stack ?? String(error)}`.split('\n');
      writeStderr(`keepup: ${lines.map(sanitize).join('\n')}\n`);
      process.exit(1);
    });
  });
};

/** Signals and a stdout that nobody reads end the run. Returns what ends the listening. */
const listen = ({engine, output, patience, mode}: Run): (() => void) => {
  const end = (signal: NodeJS.Signals): void => {
    patience.try(signal);
    engine.end({kind: 'signal', signal});
  };
  for (const signal of SIGNALS) process.on(signal, unlessSame(() => end(signal)));
  if (mode === 'plain' || mode === 'json') void output.closed.then(() => engine.end({kind: 'output-closed'}));
  // A reader that stands still does not need to be told the time as well.
  const tick = (): void => (output.isBehind ? undefined : writeTick(output, engine.snapshot()));
  const ticker = mode === 'json' ? setInterval(tick, TICK_EVENT_MS) : undefined;
  return () => clearInterval(ticker);
};

const unlessSame = (act: () => void): (() => void) => {
  let actedAtMs = -Infinity;
  return () => {
    if (performance.now() - actedAtMs < SAME_SIGNAL_MS) return;
    actedAtMs = performance.now();
    act();
  };
};

const onState = ({mode, output}: Run, snapshot: ProcessSnapshot): void => {
  if (mode === 'tui') return;
  if (mode === 'json') writeState(output, snapshot, performance.now(), Date.now());
  const sentence = stateSentence(snapshot.state, performance.now());
  if (sentence !== null) say(`${snapshot.name}: ${sentence}`);
};

const onNotice = ({config, mode, held}: Run, {text, atMs}: Notice): void => {
  const line = sanitize(text);
  if (config.logFile !== null && isLogged(config.logFile, `${new Date(atMs).toISOString()} ${line}\n`)) return;
  if (mode === 'tui') held.push(line);
  else say(line);
};

/** A log that can no longer be written (a full disk) is no reason to end. */
const isLogged = (file: string, line: string): boolean => {
  try {
    appendFileSync(file, line);
    return true;
  } catch {
    return false;
  }
};

const exitCode = (reason: EndReason, config: RunConfig, engine: Engine): number => {
  if (reason.kind === 'signal') return 128 + constants.signals[reason.signal];
  if (reason.kind === 'output-closed') return 0;
  return runExitCode(config.success, engine.outcomes(), constants.signals);
};

const finish = async (run: Run, reason: EndReason, code: number, pools: Pools): Promise<number> => {
  const {config, engine, held} = run;
  const report = engine.report();
  await stopPools(pools);
  // Who has stopped reading, as `head` does, wants to hear no more.
  if (reason.kind !== 'output-closed' || run.output.problem !== null) {
    for (const line of held) say(line);
    writeStderr(`${reportTable(report).join('\n')}\n`);
  }
  const isWritten = config.reportFile === null || (await writeReport(report, config.reportFile, run));
  const problem = run.output.problem ?? (run.output.isBehind ? 'its reader stands still' : null);
  if (problem !== null) say(`stdout: ${problem}; what was to be written there is lost`);
  return code === 0 && (!isWritten || problem !== null) ? 1 : code;
};

const writeReport = async (report: Report, file: string, {output, patience}: Run): Promise<boolean> => {
  const text = `${escapeOddInJson(JSON.stringify(report))}\n`;
  if (file === '-') {
    await Promise.race([output.write(text), patience.over]);
    return true;
  }
  try {
    writeFileSync(file, text);
    return true;
  } catch (error) {
    say(`--report: ${file} could not be written: ${(error as Error).message}; here it is instead`);
    writeStderr(text);
    return false;
  }
};

/** Files are tried before anything runs: a report that can't be written is no surprise for the end. */
const checkFiles = ({logFile, reportFile, processes}: RunConfig): void => {
  if (logFile !== null) checkWritable('--log', logFile);
  if (reportFile !== null && reportFile !== '-') checkWritable('--report', reportFile);
  for (const {format} of processes) {
    if (format.kind !== 'module') continue;
    if (statSync(new URL(format.url), {throwIfNoEntry: false}) === undefined) {
      throw new UsageError(`--format module:${format.path}: no such file; expected a module that exports parse(line) as default`);
    }
  }
};

const checkWritable = (option: string, file: string): void => {
  const folder = path.dirname(path.resolve(file));
  try {
    const found = statSync(file, {throwIfNoEntry: false});
    if (found?.isDirectory()) throw new Error('it is a folder');
    if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no folder`);
    accessSync(found === undefined ? folder : file, fileModes.W_OK);
  } catch (error) {
    const {message} = error as Error;
    throw new UsageError(`${option}: ${file} can't be written: ${message}; name a file in a folder that exists`);
  }
};

const modeOf = (ui: UiMode, env: NodeJS.ProcessEnv): Mode => {
  const hasScreen = process.stdin.isTTY && process.stdout.isTTY && env['TERM'] !== 'dumb';
  if (ui === 'auto') return hasScreen ? 'tui' : 'plain';
  if (ui === 'tui' && !(process.stdin.isTTY && process.stdout.isTTY)) {
    throw new UsageError('--ui tui: needs a terminal as stdin and stdout; use --ui plain, json or none without one');
  }
  return ui;
};

const say = (text: string): void => writeStderr(`keepup: ${sanitize(text)}\n`);

/** A terminal or pipe that we have made non-blocking for stdout may be the same behind stderr, and full for a moment. */
const STDERR_PATIENCE_MS = 2000;
const STDERR_PAUSE_MS = 10;

const writeStderr = (text: string): void => {
  let rest = Buffer.from(text);
  for (let waitedMs = 0; rest.length > 0 && waitedMs < STDERR_PATIENCE_MS; ) {
    try {
      rest = rest.subarray(writeSync(2, rest));
    } catch (error) {
      // Nobody reads stderr: there is no one left to tell.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      waitedMs += STDERR_PAUSE_MS;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STDERR_PAUSE_MS);
    }
  }
};
