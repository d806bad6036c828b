import {mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import type {Report} from '../../src/model/report.ts';
import {openTerminal, type TestTerminal} from './terminal.ts';

export type Screen = TestTerminal & {
  /** The run's report, once it is over. */
  readonly report: () => Report;
};

export type ScreenOptions = {
  readonly cols?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
};

/** Runs the built program in a pseudo-terminal; it is killed when the test is over. */
export const openKeepup = (args: readonly string[], options: ScreenOptions = {}): Screen => {
  const reportFile = path.join(mkdtempSync(path.join(tmpdir(), 'keepup-e2e-')), 'report.json');
  const terminal = openVerb(['--report', reportFile, ...args], options);
  return Object.assign(terminal, {report: () => JSON.parse(readFileSync(reportFile, 'utf8')) as Report});
};

/** The same for a command line that takes no `--report`. */
export const openVerb = (args: readonly string[], options: ScreenOptions = {}): TestTerminal => {
  const terminal = openTerminal({
    file: process.execPath,
    args: ['dist/launcher.js', ...args],
    cols: options.cols ?? 120,
    rows: options.rows ?? 40,
    env: {...process.env, NODE_ENV: undefined, CI: undefined, COLORTERM: 'truecolor', KEEPUP_CHECK: '1', ...options.env},
  });
  onTestFinished(() => terminal.kill());
  return terminal;
};
