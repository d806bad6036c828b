import {writeSync} from 'node:fs';
import {sanitize} from '../text/sanitize.ts';

/** Says something of keepup's own on stderr, in one line. */
export const say = (text: string): void => writeStderr(`keepup: ${sanitize(text)}\n`);

/** A terminal or pipe that we have made non-blocking for stdout may be the same behind stderr, and full for a moment. */
const STDERR_PATIENCE_MS = 2000;
const STDERR_PAUSE_MS = 10;
const STDERR = 2;

/**
 * Writes to a descriptor, stderr as a rule, waiting at most two seconds for its reader.
 *
 * @param text Sanitized. What nobody takes is lost: there is no one left to tell.
 */
export const writeStderr = (text: string, fd = STDERR): void => {
  let rest = Buffer.from(text);
  for (let waitedMs = 0; rest.length > 0 && waitedMs < STDERR_PATIENCE_MS; ) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      waitedMs += STDERR_PAUSE_MS;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STDERR_PAUSE_MS);
    }
  }
};
