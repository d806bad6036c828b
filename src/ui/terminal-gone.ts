import {closeSync, fstatSync} from 'node:fs';
import {isatty} from 'node:tty';

/**
 * Waits for the terminal to vanish: closed, hung up, its link cut. From then on
 * its errors are swallowed, now and after the screen is gone.
 *
 * @returns Settles only when it has vanished; `release` ends the waiting.
 */
export const watchTerminal = (
  stdin: NodeJS.ReadStream,
  stdout: NodeJS.WriteStream,
): {readonly gone: Promise<void>; readonly release: () => void} => {
  const {promise, resolve} = Promise.withResolvers<undefined>();
  let isWatching = true;
  const vanish = (): void => {
    if (!isWatching) return;
    isWatching = false;
    process.once('exit', leaveDeadTerminals);
    resolve(undefined);
  };
  // These stay: a write or a mode that was under way fails later.
  stdin.on('error', vanish);
  stdout.on('error', vanish);
  stdin.once('end', vanish);
  stdin.once('close', vanish);
  stdout.once('close', vanish);
  const release = (): void => {
    isWatching = false;
    for (const event of ['end', 'close']) stdin.off(event, vanish);
    stdout.off('close', vanish);
  };
  return {gone: promise, release};
};

/**
 * Node puts back the modes of every terminal it began with when it ends, and
 * aborts where that fails. It passes over descriptors that are closed.
 */
const leaveDeadTerminals = (): void => {
  for (const fd of [0, 1, 2]) {
    try {
      // A terminal that hung up is a character device that no longer says so.
      if (fstatSync(fd).isCharacterDevice() && !isatty(fd)) closeSync(fd);
    } catch {
      // Closed already.
    }
  }
};
