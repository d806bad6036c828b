import net from 'node:net';
import {Connection} from './connection.ts';
import {greet} from './greet.ts';
import {MAX_FRAME_TO_CLIENT, type RunFacts} from './protocol.ts';
import {socketFileAt, type SocketFile} from './socket-file.ts';

/** What stands behind a path in the folder of sockets. */
export type Probed =
  | {readonly kind: 'live'; readonly run: RunFacts}
  /** Someone listens, and does not serve us: stopped, busy, full, ending, or of another version. `sentence`: which. */
  | {readonly kind: 'silent'; readonly sentence: string}
  /** A socket that nobody listens on. */
  | {readonly kind: 'stale'; readonly socket: SocketFile}
  /** No socket; perhaps something else. */
  | {readonly kind: 'none'};

/** How long a run may take to say that it lives. */
export const PROBE_MS = 2000;

/** Asks who is there, by a real handshake. Never rejects. */
export const probe = async (file: string, waitMs = PROBE_MS): Promise<Probed> => {
  // Looked at before it is tried: what is found stale is then surely this one.
  const socket = socketFileAt(file);
  if (socket === null) return {kind: 'none'};
  const dialled = await dial(file);
  if (dialled.kind === 'refused') return {kind: 'stale', socket};
  if (dialled.kind === 'failed') return {kind: 'silent', sentence: dialled.sentence};
  const greeted = await greet(dialled.connection, 'probe', waitMs);
  dialled.connection.destroy();
  return greeted.kind === 'welcome' ? {kind: 'live', run: greeted.run} : {kind: 'silent', sentence: greeted.sentence};
};

export type Dialled =
  | {readonly kind: 'connected'; readonly connection: Connection}
  /** Nobody listens there. */
  | {readonly kind: 'refused'}
  | {readonly kind: 'failed'; readonly sentence: string};

/** Connects to a socket by its path. Never rejects. */
export const dial = (file: string): Promise<Dialled> =>
  new Promise(resolve => {
    const socket = net.connect(file);
    const fail = (error: NodeJS.ErrnoException): void => resolve(failure(error));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      resolve({kind: 'connected', connection: new Connection(socket, MAX_FRAME_TO_CLIENT)});
    });
  });

const failure = ({code, message}: NodeJS.ErrnoException): Dialled => {
  if (code === 'ECONNREFUSED' || code === 'ENOENT') return {kind: 'refused'};
  // A stopped run takes nobody in, and the queue before it is full.
  if (code === 'EAGAIN') return {kind: 'failed', sentence: 'too many wait for it already; is it stopped?'};
  return {kind: 'failed', sentence: message};
};
