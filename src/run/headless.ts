import type {Engine} from '../engine/engine.ts';
import type {EndReason} from '../engine/run-end.ts';
import type {QuitSignal} from '../model/command.ts';
import type {RunConfig} from '../model/config.ts';
import {UsageError} from '../model/errors.ts';
import type {Report} from '../model/report.ts';
import type {Notice, ProcessSnapshot} from '../model/snapshot.ts';
import {writeState, writeTick, TICK_EVENT_MS} from '../plain/json-lines.ts';
import {Output} from '../plain/output.ts';
import {Patience} from '../plain/patience.ts';
import {reportTable} from '../plain/report-table.ts';
import {stateSentence} from '../plain/state-words.ts';
import {colorDepth} from '../text/style.ts';
import {openEngineRun} from './engine-run.ts';
import {exitCodeOf} from './exit-code.ts';
import {reportText, writeReport} from './files.ts';
import {isLogged} from './held.ts';
import type {Mode} from './mode.ts';
import {printable, say, writeStderr} from './say.ts';
import {ServedRun} from './served-run.ts';
import {onQuitSignal} from './signals.ts';

type HeadlessMode = Exclude<Mode, 'tui'>;

/** What is there for as long as a run without a screen lasts. */
type Run = {
  readonly config: RunConfig;
  readonly mode: HeadlessMode;
  readonly engine: Engine;
  readonly output: Output;
  readonly patience: Patience;
  readonly served: ServedRun | null;
};

/**
 * Runs without a screen: prefixed lines, JSON events or nothing on stdout,
 * all else on stderr. The engine is in this process.
 *
 * @param env The caller's environment, from before anything of ours touched it.
 * @returns The exit code.
 * @throws UsageError for a parser that can't be used, and where no socket can be had.
 */
export const runHeadless = async (config: RunConfig, mode: HeadlessMode, env: NodeJS.ProcessEnv): Promise<number> => {
  const output = new Output(process.stdout);
  const opened = await openEngineRun({
    config,
    mode,
    env,
    depth: colorDepth(env, process.stdout.isTTY),
    sink: bytes => output.write(bytes),
    endWhenDone: () => !config.linger,
    onState: snapshot => onState(mode, output, snapshot),
    onNotice: notice => onNotice(config, notice),
    onTrouble: say,
  });
  if ('problem' in opened) throw new UsageError(opened.problem);
  const {engine, close} = opened;
  const served = config.socket ? new ServedRun(config, engine, env) : null;
  const problem = (await served?.listen()) ?? null;
  if (problem !== null) {
    await close();
    throw new UsageError(problem);
  }
  return drive({config, mode, engine, output, patience: new Patience(), served}, close);
};

const drive = async (run: Run, close: () => Promise<void>): Promise<number> => {
  const {config, mode, engine, output, patience, served} = run;
  const release = listen(run);
  endOnCrash(engine);
  engine.start();
  const reason = await engine.finished;
  release();
  if (mode === 'json') writeTick(output, engine.snapshot());
  const signal = await Promise.race([output.flush(), patience.over]);
  const code = exitCodeOf(signal === undefined ? reason : {kind: 'signal', signal}, config, engine);
  const report = engine.report();
  await served?.end({report, exitCode: code, said: [], problem: null});
  await close();
  return finish(run, reason, code, report);
};

/** A bug of ours leaves no children behind. */
const endOnCrash = (engine: Engine): void => {
  process.on('uncaughtException', error => {
    // Twice: at once.
    for (let time = 0; time < 2; time++) engine.end({kind: 'signal', signal: 'SIGTERM'});
    writeStderr(printable(`keepup: internal error: ${error.stack ?? String(error)}`));
    process.exit(1);
  });
};

/** Signals and a stdout that nobody reads end the run. Returns what ends the listening. */
const listen = ({config, engine, output, patience, mode}: Run): (() => void) => {
  const goesOn = config.onHangup === 'detach';
  onQuitSignal((signal: QuitSignal) => {
    if (signal === 'SIGHUP' && goesOn) return;
    patience.try(signal);
    engine.end({kind: 'signal', signal});
  });
  if (mode !== 'none' && !goesOn) void output.closed.then(() => engine.end({kind: 'output-closed'}));
  // A reader that stands still does not need to be told the time as well.
  const tick = (): void => (output.isBehind ? undefined : writeTick(output, engine.snapshot()));
  const ticker = mode === 'json' ? setInterval(tick, TICK_EVENT_MS) : undefined;
  return () => clearInterval(ticker);
};

const onState = (mode: HeadlessMode, output: Output, snapshot: ProcessSnapshot): void => {
  if (mode === 'json') writeState(output, snapshot, performance.now(), Date.now());
  const sentence = stateSentence(snapshot.state, performance.now());
  if (sentence !== null) say(`${snapshot.name}: ${sentence}`);
};

const onNotice = ({logFile}: RunConfig, notice: Notice): void => {
  if (!isLogged(logFile, notice)) say(notice.text);
};

const finish = async (run: Run, reason: EndReason, code: number, report: Report): Promise<number> => {
  const {config, output} = run;
  // Who has stopped reading, as `head` does, wants to hear no more.
  if (reason.kind !== 'output-closed' || output.problem !== null) writeStderr(`${reportTable(report).join('\n')}\n`);
  const isWritten = config.reportFile === null || (await putReport(report, config.reportFile, run));
  const problem = output.problem ?? (output.isBehind ? 'its reader stands still' : null);
  if (problem !== null) say(`stdout: ${problem}; what was to be written there is lost`);
  return code === 0 && (!isWritten || problem !== null) ? 1 : code;
};

const putReport = async (report: Report, file: string, {output, patience}: Run): Promise<boolean> => {
  if (file === '-') {
    await Promise.race([output.write(reportText(report)), patience.over]);
    return true;
  }
  const problem = writeReport(report, file);
  if (problem === null) return true;
  say(`${problem}; here it is instead`);
  writeStderr(reportText(report));
  return false;
};
