import {closeSync} from 'node:fs';
import {Socket} from 'node:net';
import type {Readable} from 'node:stream';
import type {OutputPipe} from '../model/guard.ts';

/** Named pipes for a child's output; null where Node's own must do. */
export type OutputPipes = {readonly stdout: OutputPipe | null; readonly stderr: OutputPipe | null};

/**
 * What bytes come from: `data` as they are read, then `end`, `close` or `error`. The bytes of a `data` event are the
 * listener's only until it returns. It must be there before the first bytes can come: in the turn of its making.
 */
export type ByteSource = Pick<Readable, 'on' | 'once' | 'pause' | 'resume' | 'destroy'> & {
  /** Where somebody else can read in our place. */
  readonly lending?: Lending;
};

/** Lends a pipe to another reader. */
export type Lending = {
  /** Nothing is read here any more. The pipe stays open, even if it is destroyed, until it is taken back. */
  readonly lend: () => number;
  /** Reads on here. */
  readonly takeBack: () => void;
};

/**
 * What reads a named pipe; ends when its last writer has closed it, and closes our end then, or when destroyed.
 *
 * All read into the same memory: a buffer for each piece would be garbage at the speed of the flood, 60 MB of it
 * before it is collected. From there to its batch each byte is copied once more, which costs little: these 64 KiB
 * never leave the processor's cache. In return nothing is ever read into a batch that is on its way already.
 *
 * @param landing Where what is read is put, until the listener returns.
 */
export const readerOf = ({readFd}: OutputPipe, landing: Uint8Array): ByteSource => {
  const bytes = Buffer.from(landing.buffer, landing.byteOffset, landing.length);
  const socket: Socket = new Socket({
    fd: readFd,
    readable: true,
    writable: false,
    onread: {
      buffer: bytes,
      callback: count => {
        socket.emit('data', bytes.subarray(0, count));
        return true;
      },
    },
  });
  return Object.assign(socket, {lending: lendingOf(socket, readFd)});
};

/** Its number may be another file's at once when a descriptor is closed: so it stays open while somebody reads it. */
const lendingOf = (socket: Socket, readFd: number): Lending => {
  let isLent = false;
  let mustDestroy = false;
  const destroy = socket.destroy.bind(socket);
  socket.destroy = error => {
    if (!isLent) return destroy(error);
    mustDestroy = true;
    return socket;
  };
  return {
    lend: () => {
      isLent = true;
      socket.pause();
      return readFd;
    },
    takeBack: () => {
      isLent = false;
      if (mustDestroy) destroy();
      else socket.resume();
    },
  };
};

/** Closes our copies of the ends that a child writes to: as long as one is open, no reader sees an end. */
export const closeWriters = (pipes: OutputPipes): void => {
  for (const pipe of present(pipes)) close(pipe.writeFd);
};

/** Gives up pipes that nobody is going to read. */
export const closePipes = (pipes: OutputPipes): void => {
  closeWriters(pipes);
  for (const pipe of present(pipes)) close(pipe.readFd);
};

const present = ({stdout, stderr}: OutputPipes): OutputPipe[] => [stdout, stderr].filter(pipe => pipe !== null);

const close = (fd: number): void => {
  try {
    closeSync(fd);
  } catch {
    // It was ours and is closed, whatever the system says of it.
  }
};
