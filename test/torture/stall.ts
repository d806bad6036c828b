import {atLeast, atMost, exactly, justSo, type Part} from './figures.ts';
import {openPtyRun, pause, rssMb, until, type PtyRun} from './pty-run.ts';

const WHOLE_MS = 60_000;
const CHILDREN = 8;
const flood = `yes '{"time":"2026-11-22T12:04:31Z","level":"info","msg":"request completed","status":200,"path":"/a/b"}'`;

/** A terminal that nobody reads for a minute, with eight children flat out. */
export const stall: Part = async (scale, say) => {
  const run = openPtyRun(Array.from({length: CHILDREN}, () => flood));
  try {
    await until('the first lines', () => run.enginePid() !== 0 && hasLines(run), 20_000);
    const windowMs = WHOLE_MS * scale;
    // Three pairs of windows: what else the machine does falls on both sides of each.
    const free: number[] = [];
    const stalled: number[] = [];
    await pause(5000);
    const before = rssMb(run.uiPid);
    let mostMb = before;
    const sampler = setInterval(() => (mostMb = Math.max(mostMb, rssMb(run.uiPid))), 500);
    say(`${windowMs / 1000} s read, then as long not read`);
    free.push(await linesPerSec(run, windowMs));
    run.pty.pause();
    stalled.push(await linesPerSec(run, windowMs));
    run.pty.resume();
    free.push(await linesPerSec(run, windowMs));
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
      atMost('UI memory over before', mostMb - before, 16, 'MB'),
      atMost('TERM while stalled ends all in', endMs / 1000, 3, 's'),
      exactly('lines missing in the ledger', totals.linesIn - totals.records - totals.failures - totals.dropped - totals.pending, 0),
    ];
  } finally {
    run.pty.kill('SIGKILL');
    run.remove();
  }
};

const hasLines = (run: PtyRun): boolean => {
  try {
    return run.status().totals.linesIn > 0;
  } catch {
    return false;
  }
};

const linesPerSec = async (run: PtyRun, ms: number): Promise<number> => {
  const first = run.status();
  await pause(ms);
  const last = run.status();
  return ((last.totals.linesIn - first.totals.linesIn) / (last.upMs - first.upMs)) * 1000;
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
