import {closeSync} from 'node:fs';
import {Socket} from 'node:net';
import type {Readable} from 'node:stream';
import type {OutputPipe} from '../model/guard.ts';

/** Named pipes for a child's output; null where Node's own must do. */
export type OutputPipes = {readonly stdout: OutputPipe | null; readonly stderr: OutputPipe | null};

/** What reads a named pipe; ends when its last writer has closed it, and closes our end then, or when destroyed. */
export const readerOf = ({readFd}: OutputPipe): Readable => new Socket({fd: readFd, readable: true, writable: false});

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
