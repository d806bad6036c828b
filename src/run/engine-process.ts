import {Socket} from 'node:net';
import type {Engine} from '../engine/engine.ts';
import type {EndReason} from '../engine/run-end.ts';
import type {QuitSignal} from '../model/command.ts';
import type {RunConfig} from '../model/config.ts';
import {Connection} from '../wire/connection.ts';
import type {Ending} from '../wire/protocol.ts';
import {openEngineRun, type EngineRun} from './engine-run.ts';
import {exitCodeOf, USAGE_EXIT} from './exit-code.ts';
import {writeReport} from './files.ts';
import {Held} from './held.ts';
import {LastWords} from './last-words.ts';
import {Owner} from './owner.ts';
import {printable, writeStderr} from './say.ts';
import {ServedRun} from './served-run.ts';
import {onQuitSignal} from './signals.ts';
import {LAST_WORDS_FD, MAX_START_BYTES, PAIR_FD, type StartedMessage, type StartMessage} from './start-message.ts';

/** The screen's process gets so long to take in why nothing starts. */
const REFUSE_MS = 2000;

/** What this process has besides the engine itself. */
type Parts = {
  readonly config: RunConfig;
  readonly pair: Connection;
  readonly owner: Owner;
  readonly held: Held;
  readonly lastWords: LastWords;
};

/** The engine's own process: owner of the children and of the books, told what to run by the screen's process. */
const main = async (): Promise<number> => {
  const pair = new Connection(new Socket({fd: PAIR_FD}), MAX_START_BYTES);
  const received = await pair.next();
  if (received.kind !== 'message') return 1;
  const {config} = received.message as StartMessage;
  const held = new Held(config.logFile);
  const parts = {config, pair, held, owner: new Owner(pair), lastWords: new LastWords(LAST_WORDS_FD)};
  return run(parts);
};

const run = async (parts: Parts): Promise<number> => {
  const {config, pair, owner, held} = parts;
  let served: ServedRun | null = null;
  // Before anyone is served nobody has left either.
  const isAlone = (): boolean => !owner.isThere && served?.views === 0;
  const opened = await openEngineRun({
    config,
    mode: 'tui',
    env: {...process.env},
    depth: 'none',
    sink: () => {},
    endWhenDone: () => config.exitWhenDone || (isAlone() && !config.linger),
    onState: () => {},
    onNotice: notice => held.add(notice),
    onTrouble: text => held.add({seq: 0, atMs: Date.now(), text}),
  });
  if ('problem' in opened) return refuse(pair, opened.problem);
  served = new ServedRun(config, opened.engine, process.env);
  const problem = config.socket ? await served.listen() : null;
  if (problem === null) return drive(parts, opened, served);
  await opened.close();
  return refuse(pair, problem);
};

const drive = async (parts: Parts, {engine, close}: EngineRun, served: ServedRun): Promise<number> => {
  const {pair, owner, lastWords} = parts;
  const stop = (signal: QuitSignal): void => engine.end({kind: 'signal', signal});
  onQuitSignal(stop);
  endOnCrash(() => stop('SIGTERM'));
  send(pair, {kind: 'started'});
  served.add(pair);
  void owner.gone.then(() => (served.isDetachable ? lastWords.letGo() : stop('SIGTERM')));
  engine.start();
  const reason = await engine.finished;
  const ending = endingOf(parts, reason, engine);
  // Who is told says it; otherwise nobody would.
  const lostAtMs = owner.isThere ? null : await owner.gone;
  await served.end(ending);
  await close();
  if (lostAtMs !== null) await lastWords.say(ending, lostAtMs);
  return ending.exitCode;
};

const endingOf = ({config, held}: Parts, reason: EndReason, engine: Engine): Ending => {
  const report = engine.report();
  const {reportFile} = config;
  // The screen's process has stdout.
  const problem = reportFile === null || reportFile === '-' ? null : writeReport(report, reportFile);
  const code = exitCodeOf(reason, config, engine);
  return {report, exitCode: code === 0 && problem !== null ? 1 : code, said: held.lines, problem};
};

/** A bug of ours leaves no children behind; the screen's process prints what we say on stderr. */
const endOnCrash = (end: () => void): void => {
  // The screen's process may be gone, and with it the reader.
  process.stderr.on('error', () => {});
  process.on('uncaughtException', error => {
    // Twice: at once.
    for (let time = 0; time < 2; time++) end();
    writeStderr(printable(`internal error: ${error.stack ?? String(error)}`));
    process.exit(1);
  });
};

const refuse = async (pair: Connection, message: string): Promise<number> => {
  send(pair, {kind: 'unstartable', message});
  await pair.end(REFUSE_MS);
  return USAGE_EXIT;
};

const send = (pair: Connection, message: StartedMessage): void => pair.send(message);

// Pipes that a stranger keeps open must not keep us.
process.exit(await main());
