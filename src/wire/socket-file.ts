import {linkSync, lstatSync, renameSync, unlinkSync} from 'node:fs';
import {randomBytes} from 'node:crypto';
import path from 'node:path';

/** One socket file among all that have ever had its path: inode numbers are used again, times of change are not. */
export type SocketFile = {readonly inode: bigint; readonly changedAtNs: bigint};

/** The socket at a path; null where there is none, or something else. */
export const socketFileAt = (file: string): SocketFile | null => {
  const found = lstatSync(file, {bigint: true, throwIfNoEntry: false});
  return found?.isSocket() === true ? {inode: found.ino, changedAtNs: found.ctimeNs} : null;
};

/** A path in the same folder that nobody else has. */
export const uniquePath = (folder: string): string => path.join(folder, `.${randomBytes(8).toString('hex')}`);

/**
 * Gives a socket its name, if nobody has that yet.
 *
 * @param file The socket under a path of its own; gone from there on success.
 * @returns False where the path is taken.
 */
export const claimPath = (file: string, wanted: string): boolean => {
  try {
    linkSync(file, wanted);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  unlinkSync(file);
  return true;
};

/**
 * Removes a socket that nobody listens on any more, and no other that may have
 * taken its path since it was seen so.
 */
export const removeStale = (file: string, stale: SocketFile): void => {
  if (!isSameSocket(socketFileAt(file), stale)) return;
  const aside = uniquePath(path.dirname(file));
  try {
    renameSync(file, aside);
    // Between the look and the move lies a moment: what was moved by mistake goes back.
    if (socketFileAt(aside)?.inode === stale.inode) unlinkSync(aside);
    else claimPath(aside, file);
  } catch (error) {
    // Someone else was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
};

/** Removes our own socket, unless the path has become someone else's. */
export const removeOwn = (file: string, inode: bigint): void => {
  if (socketFileAt(file)?.inode !== inode) return;
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
};

const isSameSocket = (a: SocketFile | null, b: SocketFile): boolean =>
  a !== null && a.inode === b.inode && a.changedAtNs === b.changedAtNs;
