import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';

/** A folder for the sockets of one test, as `XDG_RUNTIME_DIR` names it. */
export const ownRunFolder = (): {readonly XDG_RUNTIME_DIR: string} => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keepup-xdg-'));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  return {XDG_RUNTIME_DIR: folder};
};
