import {chmodSync, lstatSync, mkdirSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {UsageError} from '../model/errors.ts';

export type FolderPlace = {
  /** Of `XDG_RUNTIME_DIR`. */
  readonly env: NodeJS.ProcessEnv;
  readonly tempFolder: string;
  readonly uid: number;
};

const here = (env: NodeJS.ProcessEnv): FolderPlace => ({env, tempFolder: tmpdir(), uid: process.getuid?.() ?? 0});

/**
 * The folder of this user's sockets and reports: `$XDG_RUNTIME_DIR/keepup`, or
 * `keepup-UID` in the system's temporary folder. Made where it is missing.
 * Whoever can enter it commands the runs, so it is the user's alone.
 *
 * @returns An absolute path.
 * @throws UsageError where it can't be made, or is not ours alone.
 */
export const openRunFolder = (env: NodeJS.ProcessEnv, place = here(env)): string => {
  const folder = folderPath(place);
  try {
    mkdirSync(folder, {mode: 0o700});
    // Whatever the umask.
    chmodSync(folder, 0o700);
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw new UsageError(`${WHAT}, ${folder}, can't be made: ${message}; ${NEXT_STEP}`);
  }
  checkFolder(folder, place.uid);
  return folder;
};

const WHAT = 'the folder for sockets';
const NEXT_STEP = 'remove it, or let XDG_RUNTIME_DIR name a folder of yours';

const folderPath = ({env, tempFolder, uid}: FolderPlace): string => {
  const runtime = env['XDG_RUNTIME_DIR'] ?? '';
  const isUsable = path.isAbsolute(runtime) && statSync(runtime, {throwIfNoEntry: false})?.isDirectory() === true;
  return isUsable ? path.join(runtime, 'keepup') : path.join(path.resolve(tempFolder), `keepup-${uid}`);
};

/** In a folder that all may write to, another user can have been quicker: a link, or a folder of theirs. */
const checkFolder = (folder: string, uid: number): void => {
  const found = lstatSync(folder);
  const mode = found.mode & 0o777;
  const wrong = !found.isDirectory()
    ? `got ${found.isSymbolicLink() ? 'a symbolic link' : 'no folder'}`
    : found.uid !== uid
      ? `got one of user ${found.uid}`
      : mode !== 0o700
        ? `got mode ${mode.toString(8)}`
        : null;
  if (wrong === null) return;
  throw new UsageError(
    `${WHAT}, ${folder}, is not safe: expected a folder of user ${uid} alone (mode 700), ${wrong}; ${NEXT_STEP}`,
  );
};
