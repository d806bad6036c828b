import {accessSync, appendFileSync, constants, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {RunConfig} from '../model/config.ts';
import {UsageError} from '../model/errors.ts';
import type {Report} from '../model/report.ts';
import {escapeOddInJson} from '../text/sanitize.ts';

/**
 * Tries the files of a run before anything is started: a report that can't be
 * written is no surprise for the end.
 *
 * @throws UsageError that says which, why and what to do.
 */
export const checkFiles = ({logFile, reportFile, processes}: RunConfig): void => {
  if (logFile !== null) checkWritable('--log', logFile);
  if (reportFile !== null && reportFile !== '-') checkWritable('--report', reportFile);
  for (const {format} of processes) {
    if (format.kind !== 'module') continue;
    if (statSync(new URL(format.url), {throwIfNoEntry: false}) === undefined) {
      throw new UsageError(
        `--format module:${format.path}: no such file; expected a module that exports parse(line) as default`,
      );
    }
  }
};

/** A report as one line of JSON that no terminal can be steered with. */
export const reportText = (report: Report): string => `${escapeOddInJson(JSON.stringify(report))}\n`;

/** Writes the report; returns why it could not be, or null. */
export const writeReport = (report: Report, file: string): string | null => {
  try {
    writeFileSync(file, reportText(report));
    return null;
  } catch (error) {
    return `--report: ${file} could not be written: ${(error as Error).message}`;
  }
};

/** Appends a line to the log. A log that can no longer be written (a full disk) is no reason to end: returns false. */
export const appendLog = (file: string, line: string): boolean => {
  try {
    appendFileSync(file, `${line}\n`);
    return true;
  } catch {
    return false;
  }
};

const checkWritable = (option: string, file: string): void => {
  const folder = path.dirname(path.resolve(file));
  try {
    const found = statSync(file, {throwIfNoEntry: false});
    if (found?.isDirectory()) throw new Error('it is a folder');
    if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no folder`);
    accessSync(found === undefined ? folder : file, constants.W_OK);
  } catch (error) {
    const {message} = error as Error;
    throw new UsageError(`${option}: ${file} can't be written: ${message}; name a file in a folder that exists`);
  }
};
