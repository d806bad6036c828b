import {afterEach, describe, expect, test, vi} from 'vitest';
import type {DisplayLine} from '../../src/model/display-line.ts';
import type {ReadResult, WorkerTask} from '../../src/model/task.ts';
import {WorkerPool} from '../../src/worker/pool.ts';
import {startRig as startAnyRig, type Rig, type RigOptions} from '../support/engine-rig.ts';
import {useGuard} from '../support/use-guard.ts';

/** Named pipes, which alone can be lent. */
const guard = useGuard();
const startRig = (commands: readonly string[], options: RigOptions = {}): Rig =>
  startAnyRig(commands, {...options, engine: {guard, ...options.engine}});

const LINES = 200_000;

/** A flood of numbered records; each 100th is an error, each 1000th no JSON. */
const flood = `awk 'BEGIN {for (n = 1; n <= ${LINES}; n++) {
  if (n % 1000 == 0) print "broken " n; else print "{\\"level\\":\\"" (n % 100 == 0 ? "error" : "info") "\\",\\"msg\\":\\"request " n " is done\\"}"
}}'`;
const EXPECTED = {linesIn: LINES, records: LINES - LINES / 1000, failures: LINES / 1000, blank: 0, dropped: 0, pending: 0};
const ERRORS = LINES / 100 - LINES / 1000;

/** Faster than anything that reads it. */
const quick = (command: string): string => `f=$(mktemp); { ${command}; } > "$f"; cat "$f"; rm "$f"`;

const {run} = WorkerPool.prototype as unknown as {run: (this: WorkerPool, task: WorkerTask, options?: object) => Promise<unknown>};
const runs = vi.spyOn(WorkerPool.prototype, 'run');

afterEach(() => void runs.mockReset());

/** Counts batches that threads have read, and does to their answers what `change` says. */
const watchReads = (change: (result: ReadResult, count: number) => ReadResult = result => result) => {
  const seen = {reads: 0, bytes: 0};
  runs.mockImplementation(async function (this: WorkerPool, task: WorkerTask, options?: object) {
    const result = await run.call(this, task, options);
    if (task.kind !== 'read') return result as never;
    const changed = change(result as ReadResult, ++seen.reads);
    seen.bytes += changed.usedBytes - task.usedBytes;
    return changed as never;
  });
  return seen;
};

const lastPage = async (rig: Rig): Promise<readonly DisplayLine[]> => {
  const page = await rig.engine.page({kind: 'lines-before', process: 0, before: 'end', count: 500});
  return page.kind === 'lines' ? page.lines : [];
};

const numbers = (lines: readonly DisplayLine[]): number[] => lines.map(({message}) => Number(/\d+/.exec(message)?.[0]));
const upTo = (last: number, count: number): number[] => Array.from({length: count}, (_, index) => last - count + 1 + index);

describe('a flood', () => {
  test('is read by threads: what it comes to, its groups, history and newest lines are those of any reading', async () => {
    const seen = watchReads();
    const rig = startRig([quick(flood)]);
    const process = await rig.ended();
    expect(seen.bytes).toBeGreaterThan(process.ledger.bytesIn / 2);
    expect(process.ledger).toMatchObject(EXPECTED);
    expect(process.levels).toMatchObject({error: ERRORS});
    expect(process.groups.map(({kind, count}) => [kind, count])).toEqual([['error', ERRORS], ['invalid-json', LINES / 1000]]);
    expect(numbers(await lastPage(rig))).toEqual(upTo(LINES, 500));
    const shown = await rig.process('the newest lines', ({tail}) => tail.at(-1)?.line === LINES);
    expect(numbers(shown.tail)).toEqual(upTo(LINES, shown.tail.length));
    expect(shown.maxLagMs).toBeGreaterThan(0);
    expect(shown.heldMs).toBeGreaterThan(0);
    expect(shown.held).toBe(false);
  });

  test('is not read by threads where lines are written out, or given up', async () => {
    const seen = watchReads();
    const plain = startRig([flood], {engine: {emitOf: () => ({kind: 'json', process: 'p'})}});
    const dropping = startRig([flood], {overload: {kind: 'drop-oldest'}});
    const sampled = startRig([flood], {overload: {kind: 'sample', every: 10}});
    const processes = await Promise.all([plain, dropping, sampled].map(rig => rig.ended()));
    expect(processes.map(({ledger}) => ledger.linesIn)).toEqual([LINES, LINES, LINES]);
    expect(seen.reads).toBe(0);
  });

  test('whose threads die behind what they have read loses nothing', async () => {
    const seen = watchReads((result, count) => (count % 2 === 0 ? {...result, parsed: null} : result));
    const process = await startRig([quick(flood)]).ended();
    expect(seen.reads).toBeGreaterThan(3);
    expect(process.ledger).toMatchObject(EXPECTED);
    expect(process.groups.map(({count}) => count)).toEqual([ERRORS, LINES / 1000]);
  });

  test('of lines that no batch has room for: of each the true length is known', async () => {
    const seen = watchReads();
    const script = `for n in 1 2 3 4 5 6; do yes '{}' | head -n 500000; head -c 3000000 /dev/zero | tr '\\0' x; echo; done`;
    const process = await startRig([quick(script)], {maxLineBytes: 1000}).ended();
    expect(process.ledger).toMatchObject({linesIn: 3_000_006, records: 3_000_000, failures: 6});
    expect(process.failureKinds).toMatchObject({oversize: 6});
    expect(process.newestError!.sample.message).toBe('3000000 bytes, the limit is 1000');
    expect(seen.reads).toBeGreaterThan(0);
  });

  test('of an unterminated line counts it at its end', async () => {
    const process = await startRig([quick(`${flood}; printf '{"last":1}'`)]).ended();
    expect(process.ledger).toMatchObject({...EXPECTED, linesIn: LINES + 1, records: EXPECTED.records + 1});
  });

  test('beside much on stderr: each stream keeps its order, and all is there', async () => {
    const rig = startRig([`for n in 1 2 3 4 5 6 7 8; do ${quick(flood.replace(String(LINES), '50000'))}; seq 1 1000 >&2; done`]);
    const process = await rig.ended();
    expect([process.ledger.linesIn, process.stderrLines]).toEqual([8 * 50_000, 8000]);
    const lines = await lastPage(rig);
    for (const kind of ['record', 'stderr']) {
      const own = lines.filter(line => line.kind === kind).map(({line}) => line);
      expect(own).toEqual(own.toSorted((a, b) => a - b));
    }
  });

  test('of many processes is read in turns', async () => {
    watchReads();
    const rig = startRig(Array.from({length: 24}, () => flood));
    await rig.ended();
    const {processes} = rig.engine.snapshot();
    expect(processes.every(({ledger}) => ledger.linesIn === LINES && ledger.records === EXPECTED.records)).toBe(true);
  });
});

describe('while a thread reads', () => {
  /** Never ends by itself. */
  const endless = `yes '{"level":"info","msg":"0123456789012345678901234567890123456789"}'`;

  test('a restart begins a new count, and what the old run had printed is judged', async () => {
    const seen = watchReads();
    const rig = startRig([endless]);
    await rig.process('a flood', ({ledger}) => ledger.linesIn > 500_000 && seen.reads > 3);
    rig.engine.dispatch({kind: 'restart', target: 0});
    const process = await rig.process('the second run', ({generation, generationLedger}) => generation === 2 && generationLedger.linesIn > 100_000);
    expect(process.ledger.failures).toBeLessThanOrEqual(1);
    expect(process.generationLedger.linesIn).toBeLessThan(process.ledger.linesIn);
  });

  test('an end at once closes the books on what is known, and they balance', async () => {
    const seen = watchReads();
    const rig = startRig([endless, endless, endless]);
    await rig.process('a flood', ({ledger}) => ledger.linesIn > 500_000 && seen.reads > 3);
    rig.engine.end({kind: 'quit'});
    rig.engine.end({kind: 'quit'});
    await rig.engine.finished;
    const {ledger} = rig.engine.snapshot().processes[0]!;
    expect(ledger.linesIn).toBe(ledger.records + ledger.failures + ledger.pending);
    const report = rig.engine.report().processes[0]!;
    await new Promise(resolve => setImmediate(resolve));
    expect(rig.engine.report().processes[0]).toEqual({...report, durationMs: expect.any(Number) as number});
  });
});
