import {unlinkSync, utimes} from 'node:fs';
import net from 'node:net';
import {UsageError} from '../model/errors.ts';
import {Connection} from './connection.ts';
import {probe} from './probe.ts';
import {MAX_FRAME_TO_ENGINE} from './protocol.ts';
import {socketPath} from './run-names.ts';
import {claimPath, removeOwn, removeStale, socketFileAt, uniquePath} from './socket-file.ts';

/** A run that can be reached by its name. */
export type Listening = {
  /** The one that was wanted, or with -2, -3 … behind it. */
  readonly name: string;
  /** Of the socket. */
  readonly path: string;
  /** Takes nobody in any more, and removes the socket if it still is ours. */
  readonly close: () => void;
};

/** Runs of one name. */
const MAX_NAMESAKES = 1000;

/**
 * Listens in the folder under a name that no live run has. A socket that a
 * dead run has left is removed, and its name taken.
 *
 * @param folder Of `openRunFolder`.
 * @param onConnection Gets each connection, on which nothing has been said yet.
 * @throws UsageError where the folder's path is too long, or it can't be written to.
 */
export const listenRun = async (
  folder: string,
  wantedName: string,
  onConnection: (connection: Connection) => void,
): Promise<Listening> => {
  socketPath(folder, wantedName);
  const server = net.createServer(socket => onConnection(new Connection(socket, MAX_FRAME_TO_ENGINE)));
  // First under a name of its own: the wanted one is then taken whole and in one step, and the server, which
  // removes its first path when it closes, can't remove someone else's.
  const file = uniquePath(folder);
  await listenPrivately(server, file, folder);
  try {
    const {inode} = socketFileAt(file)!;
    const {name, path} = await claimName(folder, wantedName, file);
    const touching = touchNowAndThen(path);
    return {name, path, close: () => close(server, path, inode, touching)};
  } catch (error) {
    unlinkSync(file);
    server.close();
    throw error;
  }
};

const NEXT_STEP = 'make the folder writable, or leave out --socket and --detachable';

const listenPrivately = (server: net.Server, file: string, folder: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', ({message}) =>
      reject(new UsageError(`no socket can be made in ${folder}: ${message}; ${NEXT_STEP}`)),
    );
    server.once('listening', resolve);
    // The socket is made in this very call.
    const before = process.umask(0o177);
    try {
      server.listen(file);
    } finally {
      process.umask(before);
    }
  });

const claimName = async (folder: string, wantedName: string, file: string): Promise<{name: string; path: string}> => {
  for (let copy = 1; copy <= MAX_NAMESAKES; copy++) {
    const name = copy === 1 ? wantedName : `${wantedName}-${copy}`;
    const path = socketPath(folder, name);
    if (await isClaimed(file, path)) return {name, path};
  }
  throw new UsageError(`expected less than ${MAX_NAMESAKES} runs named ${wantedName}; choose another --run-name`);
};

/** Others may claim, die and clean up at the same time; who is out of luck so often takes the next name. */
const MAX_TRIES = 10;

const isClaimed = async (file: string, path: string): Promise<boolean> => {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    if (claimPath(file, path)) return true;
    const found = await probe(path);
    if (found.kind === 'live' || found.kind === 'silent') return false;
    if (found.kind === 'stale') removeStale(path, found.socket);
  }
  return false;
};

/** Cleaners of temporary folders take what nobody has touched for days. */
const TOUCH_MS = 3_600_000;

const touchNowAndThen = (path: string): NodeJS.Timeout =>
  setInterval(() => utimes(path, new Date(), new Date(), () => {}), TOUCH_MS).unref();

const close = (server: net.Server, path: string, inode: bigint, touching: NodeJS.Timeout): void => {
  clearInterval(touching);
  removeOwn(path, inode);
  // Connections that were taken in are others' business: it is not waited for them.
  server.close();
};
