import {closeSync, constants, openSync, writeSync} from 'node:fs';
import {isatty} from 'node:tty';
import {sanitize} from '../text/sanitize.ts';

/** Says something of keepup's own on stderr, in one line. */
export const say = (text: string): void => writeStderr(`keepup: ${sanitize(text)}\n`);

/** A text of several lines, each of them safe for a terminal: what an exception or another process has said. */
export const printable = (text: string): string => `${text.trimEnd().split('\n').map(sanitize).join('\n')}\n`;

const STDERR = 2;

/**
 * Writes to stderr, waiting at most two seconds for its reader: a terminal
 * that stalls holds nothing up.
 *
 * @param text Sanitized. What nobody takes is lost: there is no one left to tell.
 */
export const writeStderr = (text: string): void => {
  if (isatty(STDERR)) writeToTerminal(text, STDERR);
  else writePatiently(text, STDERR);
};

/**
 * The same to a descriptor of a terminal. It is opened anew: the old one is
 * shared with others who want it blocking, and takes nothing any more once its
 * session has ended.
 */
export const writeToTerminal = (text: string, fd: number): void => {
  let terminal;
  try {
    terminal = openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    // No /proc: macOS.
    return writePatiently(text, fd);
  }
  writePatiently(text, terminal);
  closeSync(terminal);
};

/** A terminal or pipe that does not block may be full for a moment. */
const PATIENCE_MS = 2000;
const PAUSE_MS = 10;

/** Writes to any descriptor, waiting for its reader as {@link writeStderr} does where it does not block. */
export const writePatiently = (text: string, fd: number): void => {
  let rest = Buffer.from(text);
  for (let waitedMs = 0; rest.length > 0 && waitedMs < PATIENCE_MS; ) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      waitedMs += PAUSE_MS;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
};
