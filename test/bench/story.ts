import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {ledgerGap, type Ledger} from '../../src/model/ledger.ts';
import type {Report} from '../../src/model/report.ts';
import {openTerminal, type TestTerminal} from '../support/terminal.ts';
import {timeOfHelp} from './latency.ts';
import {keepupCommand} from './measure.ts';

/** What a parser far too slow looks like from outside, under one overload policy. */
export type StoryRow = {
  readonly overload: string;
  /** Of a pressed key to what it shows, the longest. */
  readonly keyMaxMs: number;
  readonly presses: number;
  /** The longest that the number of records on the screen stood still. */
  readonly stillMaxMs: number;
  /** Of the newest line on the screen, the greatest since it was printed. */
  readonly ageMaxMs: number;
  /** Records by the last number seen on the screen, and how many lines were seen there at any moment. */
  readonly judgedLines: number;
  readonly shownLines: number;
  /** Of these, how many are none that the policy picks: under `sample:N`, not the first, nor N behind another. */
  readonly unevenLines: number;
  /** Of the final report. */
  readonly ledger: Ledger;
  /** Lines in that are nowhere in the ledger. */
  readonly lostLines: number;
  /** From the answer to "quit?" to the end. */
  readonly quitMs: number;
};

/**
 * A parser that takes a second a line, on a program that prints 40,000 lines a second, with the screen: once under
 * each overload policy.
 *
 * @param watchS How long each is watched, from its first line on the screen.
 */
export const measureStory = async (watchS = 12): Promise<StoryRow[]> => {
  const dir = mkdtempSync(join(tmpdir(), 'keepup-story-'));
  try {
    writeFileSync(join(dir, 'slow-parser.mjs'), PARSER);
    writeFileSync(join(dir, 'printer.mjs'), PRINTER);
    const rows: StoryRow[] = [];
    for (const [overload, every] of OVERLOADS) rows.push(await measureOverload(dir, overload, every, watchS * 1000));
    return rows;
  } finally {
    rmSync(dir, {recursive: true});
  }
};

/** As `--overload` has it, and how far apart the lines are that it picks. */
const OVERLOADS = [
  ['block', 1],
  ['drop-oldest', 1],
  ['sample:1000', 1000],
] as const;

/** Waits, so that the machine's cores are left to what is measured. */
const PARSER = `const never = new Int32Array(new SharedArrayBuffer(4));
export default line => {
  Atomics.wait(never, 0, 0, 1000);
  return {msg: line};
};
`;

/** Each line says its number and when it was printed. */
const PRINTER = `const startedAtMs = performance.now();
let printed = 0;
setInterval(() => {
  const due = Math.min(4000, Math.floor((performance.now() - startedAtMs) * 40) - printed);
  let block = '';
  for (let line = 0; line < due; line++) block += \`line \${++printed} at \${Date.now()}\\n\`;
  process.stdout.write(block);
}, 20);
`;

const measureOverload = async (dir: string, overload: string, every: number, watchMs: number): Promise<StoryRow> => {
  const reportFile = join(dir, 'report.json');
  const format = `module:${join(dir, 'slow-parser.mjs')}`;
  const command = `exec '${process.execPath}' '${join(dir, 'printer.mjs')}'`;
  const args = keepupCommand(['--overload', overload, '--format', format, '--report', reportFile, command]);
  const terminal = openTerminal({file: process.execPath, args, cols: 120, rows: 40});
  try {
    await terminal.waitFor(text => sightOf(text, 0).lines.length > 0);
    const [sights, keysMs] = await Promise.all([watch(terminal, watchMs), pressKeys(terminal, watchMs)]);
    const quitMs = await quit(terminal);
    const {totals} = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
    const {linesIn, bytesIn, records, failures, blank, dropped, pending} = totals;
    const ledger = {linesIn, bytesIn, records, failures, blank, dropped, pending};
    const keys = {keyMaxMs: Math.max(...keysMs), presses: keysMs.length};
    return {overload, ...keys, ...sightFacts(sights, every), ledger, lostLines: ledgerGap(ledger), quitMs};
  } finally {
    terminal.kill();
  }
};

/** What the screen says at one moment. */
export type Sight = {
  readonly wallMs: number;
  /** Null where something covers it; there are far fewer than 1000, from which on it would be rounded. */
  readonly records: number | null;
  readonly lines: readonly {readonly number: number; readonly atMs: number}[];
};

/** Finds the number of records and the printer's lines in a screen's text. */
export const sightOf = (text: string, wallMs: number): Sight => {
  const records = /records +(\d+) {2}/.exec(text)?.[1];
  const lines = [...text.matchAll(/line (\d+) at (\d{13})/g)];
  return {
    wallMs,
    records: records === undefined ? null : Number(records),
    lines: lines.map(([, number, atMs]) => ({number: Number(number), atMs: Number(atMs)})),
  };
};

type SightFacts = Pick<StoryRow, 'stillMaxMs' | 'ageMaxMs' | 'judgedLines' | 'shownLines' | 'unevenLines'>;

/** @param every The policy picks each so manieth line, from the first. */
export const sightFacts = (sights: readonly Sight[], every: number): SightFacts => {
  const numbers = new Set(sights.flatMap(({lines}) => lines.map(line => line.number)));
  const ages = sights.map(({wallMs, lines}) => wallMs - Math.max(...lines.map(({atMs}) => atMs)));
  return {
    stillMaxMs: stillMaxMs(sights),
    ageMaxMs: Math.max(0, ...ages.filter(Number.isFinite)),
    judgedLines: Math.max(0, ...sights.map(({records}) => records ?? 0)),
    shownLines: numbers.size,
    unevenLines: [...numbers].filter(number => (number - 1) % every !== 0).length,
  };
};

/** While the number is covered, it counts as what it was. */
const stillMaxMs = (sights: readonly Sight[]): number => {
  const seen = sights.filter(({records}) => records !== null);
  const changes = seen.filter(({records}, at) => at === seen.length - 1 || records !== seen[at - 1]?.records);
  return changes.reduce((most, {wallMs}, at) => Math.max(most, wallMs - (changes[at - 1]?.wallMs ?? wallMs)), 0);
};

const watch = async (terminal: TestTerminal, watchMs: number): Promise<Sight[]> => {
  const sights: Sight[] = [];
  for (const endMs = performance.now() + watchMs; performance.now() < endMs; await pause(SIGHT_EVERY_MS)) {
    // Not `text()`: half a frame may have half of a number.
    const text = await terminal.waitFor(() => true);
    sights.push(sightOf(text, Date.now()));
  }
  return sights;
};

const SIGHT_EVERY_MS = 40;

/** Opens and closes the help again and again; how long each took, ms. */
const pressKeys = async (terminal: TestTerminal, watchMs: number): Promise<number[]> => {
  const timesMs: number[] = [];
  for (const endMs = performance.now() + watchMs; performance.now() < endMs; await pause(PRESS_EVERY_MS)) {
    // Opened and closed at once, since it covers what is watched.
    for (const opens of [true, false]) timesMs.push(await timeOfHelp(terminal, opens));
  }
  return timesMs;
};

const PRESS_EVERY_MS = 470;

const quit = async (terminal: TestTerminal): Promise<number> => {
  terminal.press('q');
  await terminal.waitFor(text => text.includes('yes, stop and quit'));
  const answeredAtMs = performance.now();
  terminal.press('y');
  await terminal.waitForExit();
  return performance.now() - answeredAtMs;
};
