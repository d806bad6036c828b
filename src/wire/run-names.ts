import {createHash} from 'node:crypto';
import path from 'node:path';
import {UsageError} from '../model/errors.ts';

/** Longest part of a name that is kept as it is. */
const MAX_CHARS = 40;
const HASH_CHARS = 8;
export const SOCKET_SUFFIX = '.sock';

/**
 * A run's name as the stem of a file's: the name itself where it is short and
 * plain; else its plain characters, cut, and a hash of the whole. Never
 * empty, never starting with a dot, the same for the same name; given a stem,
 * the stem.
 */
export const fileStem = (name: string): string => {
  const plain = name.replaceAll(/[^\w.-]/g, '_').replace(/^\./, '_');
  if (plain === name && name.length > 0 && name.length <= MAX_CHARS + 1 + HASH_CHARS) return name;
  const hash = createHash('sha256').update(name.toWellFormed()).digest('hex').slice(0, HASH_CHARS);
  return `${plain.slice(0, MAX_CHARS) || 'run'}-${hash}`;
};

/** What a socket's address can hold besides its end; Node cuts a longer one without a word. */
const MAX_PATH_BYTES = process.platform === 'linux' ? 107 : 103;

/**
 * The socket of a run.
 *
 * @throws UsageError where the path is too long for a socket.
 */
export const socketPath = (folder: string, name: string): string => {
  const file = path.join(folder, `${fileStem(name)}${SOCKET_SUFFIX}`);
  const bytes = Buffer.byteLength(file);
  if (bytes <= MAX_PATH_BYTES) return file;
  throw new UsageError(
    `the socket ${file} can't be made: expected a path of at most ${MAX_PATH_BYTES} bytes, got ${bytes}; ` +
      'give the run a shorter --run-name, or let XDG_RUNTIME_DIR name a shorter folder',
  );
};
