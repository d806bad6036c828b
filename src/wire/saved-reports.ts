import {readdir, readFile, rename, stat, unlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {REPORT_VERSION, type Report} from '../model/report.ts';
import {fileStem} from './run-names.ts';
import {uniquePath} from './socket-file.ts';

const SUFFIX = '.report.json';
/** The newest so many are kept. */
const MAX_REPORTS = 50;

/**
 * Keeps the report of a run that has ended, in place of an older one of its name.
 *
 * @param name The one by which it could be attached to.
 * @returns The file's path. Rejects where it can't be written.
 */
export const saveReport = async (folder: string, name: string, report: Report): Promise<string> => {
  const file = reportPath(folder, name);
  const fresh = uniquePath(folder);
  try {
    await writeFile(fresh, `${JSON.stringify(report)}\n`, {flag: 'wx', mode: 0o600});
    await rename(fresh, file);
  } catch (error) {
    await unlink(fresh).catch(() => {});
    throw error;
  }
  await removeOldest(folder);
  return file;
};

/** The report of the last run of that name; null where none is kept, or none that we can read. */
export const loadReport = async (folder: string, name: string): Promise<Report | null> => {
  try {
    const report = JSON.parse(await readFile(reportPath(folder, name), 'utf8')) as Partial<Report> | null;
    return report?.version === REPORT_VERSION ? (report as Report) : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

const reportPath = (folder: string, name: string): string => path.join(folder, `${fileStem(name)}${SUFFIX}`);

const removeOldest = async (folder: string): Promise<void> => {
  const names = (await readdir(folder)).filter(name => name.endsWith(SUFFIX));
  const files = await Promise.all(names.map(name => writtenAt(path.join(folder, name))));
  const old = files.toSorted((a, b) => b.atMs - a.atMs).slice(MAX_REPORTS);
  await Promise.all(old.map(({file}) => unlink(file).catch(() => {})));
};

/** Another run may remove it at the same time. */
const writtenAt = async (file: string): Promise<{file: string; atMs: number}> => {
  const found = await stat(file).catch(() => null);
  return {file, atMs: found?.mtimeMs ?? 0};
};

/** A report that was left behind; its name is that of its file. */
export type SavedReport = {readonly name: string; readonly atMs: number};

/** All that are kept, the newest first. */
export const listReports = async (folder: string): Promise<readonly SavedReport[]> => {
  const names = (await readdir(folder)).filter(name => name.endsWith(SUFFIX) && !name.startsWith('.'));
  const written = await Promise.all(
    names.map(async name => ({name: path.basename(name, SUFFIX), atMs: (await writtenAt(path.join(folder, name))).atMs})),
  );
  return written.toSorted((a, b) => b.atMs - a.atMs);
};
