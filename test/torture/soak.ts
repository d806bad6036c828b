import {atMost, exactly, justSo, type Part} from './figures.ts';
import {openPtyRun, pause, rssMb, until} from './pty-run.ts';

const WHOLE_MS = 20 * 60_000;
/** What grows at first is what is being filled: history, caches, compiled code. */
const SETTLED_SHARE = 0.25;
const SAMPLE_MS = 2000;
const CHILDREN = 8;
const flood = `yes '{"time":"2026-11-22T12:04:31Z","level":"info","msg":"request completed","status":200,"path":"/a/b"}'`;

type Sample = {readonly atMs: number; readonly mb: number};

/** Eight children at full speed for twenty minutes: neither process may grow. */
export const soak: Part = async (scale, say) => {
  const run = openPtyRun(Array.from({length: CHILDREN}, () => flood));
  run.pty.onData(() => {});
  try {
    await until('the engine', () => run.enginePid() !== 0, 20_000);
    const enginePid = run.enginePid();
    const engine: Sample[] = [];
    const ui: Sample[] = [];
    const startedAtMs = performance.now();
    while (performance.now() - startedAtMs < WHOLE_MS * scale) {
      await pause(SAMPLE_MS);
      const atMs = performance.now() - startedAtMs;
      engine.push({atMs, mb: rssMb(enginePid)});
      ui.push({atMs, mb: rssMb(run.uiPid)});
      if (engine.length % 60 === 0) say(`minute ${Math.round(atMs / 60_000)}: engine ${last(engine)} MB, UI ${last(ui)} MB`);
    }
    run.pty.write('qy');
    await run.exited;
    const {totals} = run.readReport() as {totals: {linesIn: number; records: number; dropped: number; pending: number; bytesIn: number}};
    return [
      justSo('lines read', `${(totals.linesIn / 1e6).toFixed(0)} M`),
      exactly('lines neither record nor pending', totals.linesIn - totals.records - totals.pending, 0),
      ...flatness('engine', settled(engine)),
      ...flatness('UI', settled(ui)),
    ];
  } finally {
    run.pty.kill('SIGKILL');
    run.remove();
  }
};

const last = (samples: readonly Sample[]): string => (samples.at(-1)?.mb ?? 0).toFixed(0);

const settled = (samples: readonly Sample[]): readonly Sample[] => samples.slice(Math.floor(samples.length * SETTLED_SHARE));

const flatness = (who: string, samples: readonly Sample[]) => {
  const all = samples.map(({mb}) => mb);
  return [
    justSo(`${who} RSS, least to most`, `${Math.min(...all).toFixed(0)}–${Math.max(...all).toFixed(0)} MB`),
    atMost(`${who} RSS, span once settled`, Math.max(...all) - Math.min(...all), 64, 'MB'),
    atMost(`${who} RSS, slope once settled`, slopeMbPerHour(samples), 30, 'MB/h'),
  ];
};

/** Least squares. */
const slopeMbPerHour = (samples: readonly Sample[]): number => {
  const meanMs = samples.reduce((sum, {atMs}) => sum + atMs, 0) / samples.length;
  const meanMb = samples.reduce((sum, {mb}) => sum + mb, 0) / samples.length;
  const above = samples.reduce((sum, {atMs, mb}) => sum + (atMs - meanMs) * (mb - meanMb), 0);
  const below = samples.reduce((sum, {atMs}) => sum + (atMs - meanMs) ** 2, 0);
  return (above / below) * 3_600_000;
};
