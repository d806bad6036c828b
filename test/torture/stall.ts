import {atLeast, atMost, exactly, justSo, type Part} from './figures.ts';
import {openPtyRun, pause, rssMb, until, untilReady, type PtyRun} from './pty-run.ts';

const WHOLE_MS = 60_000;
/** What a screen's heap grows at first, it does so whether it stalls or not. */
const WARM_MS = 15_000;
const TURNS = 3;
const CHILDREN = 8;
const flood = `yes '{"time":"2026-11-22T12:04:31Z","level":"info","msg":"request completed","status":200,"path":"/a/b"}'`;

/** A terminal that nobody reads for a minute, with eight children flat out. */
export const stall: Part = async (scale, say) => {
  const run = openPtyRun(Array.from({length: CHILDREN}, () => flood));
  try {
    await untilReady(run);
    const windowMs = WHOLE_MS * scale;
    // Turn by turn: single windows swing by a tenth and more on two cores.
    const free: number[] = [];
    const stalled: number[] = [];
    let mostMb = 0;
    const sampler = setInterval(() => (mostMb = Math.max(mostMb, rssMb(run.uiPid))), 500);
    await pause(WARM_MS);
    free.push(await linesPerSec(run, windowMs));
    const before = mostMb;
    let during = 0;
    for (let turn = 1; turn <= TURNS; turn++) {
      say(`turn ${turn} of ${TURNS}: ${windowMs / 1000} s not read, then as long read`);
      mostMb = 0;
      run.pty.pause();
      stalled.push(await linesPerSec(run, windowMs));
      during = Math.max(during, mostMb);
      run.pty.resume();
      free.push(await linesPerSec(run, windowMs));
    }
    clearInterval(sampler);
    run.pty.pause();
    await pause(2000);
    process.kill(run.uiPid, 'SIGTERM');
    const endMs = await until('the end', () => run.alive().length <= 1, 15_000);
    run.pty.resume();
    const {totals} = run.readReport() as {totals: {linesIn: number; records: number; dropped: number; pending: number; failures: number}};
    return [
      justSo('lines/s, terminal read before and after', free.map(Math.round).join(', ')),
      justSo('lines/s, terminal stalled', stalled.map(Math.round).join(', ')),
      atLeast('engine while stalled, of unstalled', (mean(stalled) / mean(free)) * 100, 95, '%'),
      atMost('UI memory at most while stalled, over that before', during - before, 16, 'MB'),
      atMost('TERM while stalled ends all in', endMs / 1000, 3, 's'),
      exactly('lines missing in the ledger', totals.linesIn - totals.records - totals.failures - totals.dropped - totals.pending, 0),
    ];
  } finally {
    run.pty.kill('SIGKILL');
    run.remove();
  }
};

const linesPerSec = async (run: PtyRun, ms: number): Promise<number> => {
  const first = run.status();
  await pause(ms);
  const last = run.status();
  return ((last.totals.linesIn - first.totals.linesIn) / (last.upMs - first.upMs)) * 1000;
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
