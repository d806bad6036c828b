import {spawn, type ChildProcess} from 'node:child_process';
import type {Duplex} from 'node:stream';
import {fileURLToPath} from 'node:url';
import {UsageError} from '../model/errors.ts';
import {Connection} from '../wire/connection.ts';
import {MAX_FRAME_TO_CLIENT} from '../wire/protocol.ts';
import {PAIR_FD} from './start-message.ts';

/** The engine's process, as the screen's process sees it. */
export type EngineChild = {
  readonly connection: Connection;
  /** How it ended, in words; resolves once it has. */
  readonly ended: Promise<string>;
  /** The last that it said on stderr, raw: a crash tells there why. */
  readonly lastSaid: () => string;
};

/** V8's young generation kept small, as the launcher does. */
const MEMORY_FLAG = '--max-semi-space-size=2';
const MAX_SAID_CHARS = 16 * 1024;
const STDERR = 2;
const NO_DESCRIPTORS = 'the engine could not be started: no file descriptors or processes left; raise ulimit -n or -u';

/**
 * Starts the engine in a session of its own, without a controlling terminal:
 * what happens to ours does not happen to it.
 *
 * @param env Becomes that of the children.
 */
export const spawnEngine = (env: NodeJS.ProcessEnv): EngineChild => {
  const entry = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? 'engine-start.ts' : 'engine-start.js', import.meta.url));
  const child = spawn(process.execPath, [MEMORY_FLAG, entry], {
    env,
    detached: true,
    // Node's pipe at 3 is a socket pair; 4 is for last words, should we be killed.
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', STDERR],
  });
  // Where there are no descriptors left, not even these were made.
  const pair = child.stdio?.[PAIR_FD] as Duplex | null | undefined;
  if (pair === null || pair === undefined) throw new UsageError(NO_DESCRIPTORS);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-MAX_SAID_CHARS);
  });
  return {
    connection: new Connection(pair, MAX_FRAME_TO_CLIENT),
    ended: endedOf(child),
    lastSaid: () => said,
  };
};

const endedOf = (child: ChildProcess): Promise<string> =>
  new Promise(resolve => {
    child.once('error', error => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(signal === null ? `exited with ${code}` : `was ended by ${signal}`));
  });
