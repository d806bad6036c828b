import path from 'node:path';
import {Worker} from 'node:worker_threads';
import xterm from '@xterm/headless';
import type {Report} from '../../src/model/report.ts';
import {forbiddenSequence} from '../support/allowed-sequences.ts';
import {hostileCounts} from '../support/hostile-lines.ts';
import {atMost, exactly, justSo, type Figure, type Part} from './figures.ts';
import type {FrameTimes, WatchOptions} from './watch-frames.ts';
import {openPtyRun, pause, untilReady, type PtyRun} from './pty-run.ts';

const LINES = 100_000;
const CHILDREN = 4;
const LONG_EVERY = 2000;
const SIZE = {cols: 200, rows: 50};
/** Through grid, zoom, inspector, errors, help, and back. */
const KEYS = ['\r', 'k', '\r', '\u001b', '\u001b', 'e', 'j', '\u001b', '?', '\u001b', '\t', '\r', 'l', 'g', 'G', '\u001b'];

/** A hundred thousand hostile lines through a terminal, without and with the colours of the programs. */
export const hostile: Part = async (scale, say) => [
  ...(await play(scale, [], 1, say)),
  ...(await play(scale, ['--ansi'], 100, say)),
];

const play = async (scale: number, options: readonly string[], seed: number, say: (text: string) => void): Promise<Figure[]> => {
  const count = Math.max(100, Math.round((LINES * scale) / CHILDREN));
  const seeds = Array.from({length: CHILDREN}, (_, child) => seed + child);
  const printer = path.resolve('test/support/hostile-printer.ts');
  const commands = seeds.map(own => `'${process.execPath}' ${printer} ${count} ${own} ${LONG_EVERY}; sleep 3600`);
  // Half of them as JSON, half as text: one format a run, so what is no JSON fails there.
  const run = openPtyRun(['--max-line-bytes', '2m', '-f', options.length === 0 ? 'json' : 'text', ...options, ...commands], SIZE);
  const screen = new xterm.Terminal({...SIZE, allowProposedApi: true, scrollback: 0});
  let raw = '';
  let forbidden: string | null = null;
  run.pty.onData(data => {
    // A sequence may be torn between two pieces: the tail is looked at again.
    raw = raw.slice(-200) + data;
    forbidden ??= forbiddenSequence(raw.slice(0, Math.max(0, raw.lastIndexOf('\u001b'))));
    screen.write(data);
  });
  screen.onData(data => run.pty.write(data));
  try {
    await untilReady(run);
    const frames = watchFrames(run);
    const wanted = seeds.map(own => hostileCounts(count, own, {longEvery: LONG_EVERY}));
    const wantedLines = wanted.reduce((sum, {lines}) => sum + lines, 0);
    say(`${wantedLines} lines, ${(wanted.reduce((sum, {bytes}) => sum + bytes, 0) / 1e6).toFixed(0)} MB ${options.join(' ')}`);
    for (let turn = 0; run.status().totals.linesIn < wantedLines && turn < 10_000; turn++) {
      run.pty.write(KEYS[turn % KEYS.length]!);
      await pause(150);
    }
    run.pty.write('\u001b\u001b\u001b');
    await pause(500);
    run.pty.write('qy');
    await run.exited;
    const report = run.readReport() as Report;
    const what = options.length === 0 ? 'hostile lines as JSON' : 'hostile lines with --ansi';
    const off = report.processes.filter(({linesIn, bytesIn}, child) => linesIn !== wanted[child]!.lines || bytesIn !== wanted[child]!.bytes);
    const {records, failures, blank, dropped, pending, linesIn} = report.totals;
    return [
      justSo(what, `${linesIn}, ${failures} of them failures`),
      exactly(`${what}: sequences that are not ours${forbidden === null ? '' : ` (${String(forbidden)})`}`, forbidden === null ? 0 : 1, 0),
      exactly(`${what}: processes counted otherwise than printed`, off.length, 0),
      exactly(`${what}: lines missing in the ledger`, linesIn - records - failures - blank - dropped - pending, 0),
      justSo(`${what}: frames composed, longest by the clock`, `${frames().count}, ${frames().longestMs.toFixed(0)} ms`),
      // Of the thread alone: on two cores the printers and the engine take their turns in between.
      atMost(`${what}: longest frame, CPU`, frames().longestCpuMs, 50, 'ms'),
    ];
  } finally {
    for (const pid of run.alive()) process.kill(pid, 'SIGKILL');
    run.remove();
  }
};

/** Composes frames beside the screen, in a thread of its own; returns what tells how long they have taken so far. */
const watchFrames = (run: PtyRun): (() => FrameTimes) => {
  const workerData: WatchOptions = {folder: path.join(run.runtimeFolder, 'keepup'), cols: SIZE.cols, rows: SIZE.rows - 2};
  let times: FrameTimes = {count: 0, longestMs: Infinity, longestCpuMs: Infinity};
  new Worker(new URL('watch-frames.ts', import.meta.url), {workerData}).on('message', newest => (times = newest as FrameTimes));
  return () => times;
};
