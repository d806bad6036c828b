import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

/** A folder for one round. */
export const tempFolderOf = (what: string): {readonly folder: string; readonly remove: () => void} => {
  const folder = mkdtempSync(path.join(tmpdir(), `keepup-torture-${what}-`));
  return {folder, remove: () => rmSync(folder, {recursive: true, force: true})};
};
