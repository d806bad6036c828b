import {setTimeout as pause} from 'node:timers/promises';
import {openTerminal, type TestTerminal} from '../support/terminal.ts';
import {CATS} from './cats.ts';
import {SCREEN, keepupCommand} from './measure.ts';

/** How soon a pressed key shows, in ms, and how busy keepup was meanwhile. */
export type Latency = {
  readonly presses: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
};

/** Seen while the help is open, and only then. */
const HELP = 'focus the process';
/** Between presses, so that they meet the screen in all its moods. */
const MIN_PAUSE_MS = 30;
const MAX_PAUSE_MS = 170;
const QUIET_MS = 1500;

/** Opens and closes the help while five endless cats flood keepup, and times each. */
export const measureLatency = async (path: string, presses: number): Promise<Latency> => {
  const flood = Array.from({length: CATS}, () => `while :; do cat '${path}'; done`);
  const terminal = openTerminal({
    file: process.execPath,
    args: keepupCommand(['--format', 'json', ...flood]),
    ...SCREEN,
  });
  await terminal.waitFor(text => text.includes('request completed'), 20_000);
  await pause(QUIET_MS);
  const timesMs: number[] = [];
  for (let press = 0; press < presses; press++) {
    timesMs.push(await timeOfHelp(terminal, press % 2 === 0));
    await pause(MIN_PAUSE_MS + Math.random() * (MAX_PAUSE_MS - MIN_PAUSE_MS));
  }
  terminal.kill('SIGTERM');
  await terminal.waitForExit(20_000);
  return summary(timesMs.toSorted((a, b) => a - b));
};

/** How long a press of the help's key takes to show, ms. @param opens Whether it opens the help, or closes it. */
export const timeOfHelp = async (terminal: TestTerminal, opens: boolean): Promise<number> => {
  const pressedAtMs = performance.now();
  terminal.press('?');
  await terminal.waitFor(text => text.includes(HELP) === opens);
  return performance.now() - pressedAtMs;
};

const summary = (sortedMs: readonly number[]): Latency => {
  const at = (share: number): number =>
    sortedMs[Math.min(sortedMs.length - 1, Math.floor(share * sortedMs.length))] ?? NaN;
  return {presses: sortedMs.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1)};
};
