import {startTerminalGuard} from '../guard/terminal-guard.ts';
import type {RunConfig} from '../model/config.ts';
import {UsageError} from '../model/errors.ts';
import {attachMonitor, type WireMonitor} from '../wire/client.ts';
import {sayCrash, sayDetached, sayEnding} from './ending-words.ts';
import {printable, say, writeStderr} from './say.ts';
import {spawnEngine, type EngineChild} from './spawn-engine.ts';
import type {StartedMessage, StartMessage} from './start-message.ts';
import {showView, type ViewResult} from './view.ts';

/** The engine died, and took everything with it. */
const LOST_EXIT = 1;

/**
 * Runs with a screen: the engine in a process of its own, the screen in this
 * one. What becomes of the one is no concern of the other.
 *
 * @param env The caller's environment, from before anything of ours touched it.
 * @returns The exit code.
 */
export const runWithScreen = async (config: RunConfig, env: NodeJS.ProcessEnv): Promise<number> => {
  const engine = spawnEngine(env);
  const [guard, {startUi}, monitor] = await Promise.all([
    startTerminalGuard({fd: process.stdout.fd, env}),
    import('../ui/start.tsx'),
    startRun(engine, config),
  ]);
  if (monitor === null) return sayLost(engine);
  const {onHangup, maxBytesPerSec} = config;
  const result = await showView({monitor, env, guard, startUi, role: 'owner', onHangup, maxBytesPerSec});
  guard.bye();
  return finish(result, config, engine);
};

/** Tells the engine what to run, and waits for its first snapshot; null when the engine is gone before that. */
const startRun = async ({connection}: EngineChild, config: RunConfig): Promise<WireMonitor | null> => {
  connection.send({kind: 'start', config} satisfies StartMessage);
  const answer = await connection.next();
  if (answer.kind !== 'message') return null;
  const started = answer.message as StartedMessage;
  if (started.kind === 'unstartable') throw new UsageError(started.message);
  return attachMonitor(connection).catch(() => null);
};

const finish = async (result: ViewResult, config: RunConfig, engine: EngineChild): Promise<number> => {
  sayCrash(result);
  const {end} = result;
  switch (end.kind) {
    case 'ended':
      return sayEnding(end.ending, config.reportFile);
    case 'detached':
      sayDetached(end.name);
      return 0;
    case 'lost':
      return sayLost(engine);
  }
};

const sayLost = async ({ended, lastSaid}: EngineChild): Promise<number> => {
  say(`the engine's process ${await ended}: nothing of the run is left, and there is no report`);
  if (lastSaid() !== '') writeStderr(printable(lastSaid()));
  return LOST_EXIT;
};
