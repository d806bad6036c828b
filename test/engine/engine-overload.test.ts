import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {describe, expect, test} from 'vitest';
import type {Format} from '../../src/model/format.ts';
import {startRig} from '../support/engine-rig.ts';

/** @param log A file where each line is noted that it is asked for. */
const slowParser = (ms: number, log = '/dev/null'): Format => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'keepup-slow-')), 'slow.mjs');
  const note = `appendFileSync(${JSON.stringify(log)}, line + '\\n')`;
  writeFileSync(file, `import {appendFileSync} from 'node:fs';
export default line => { ${note}; const end = Date.now() + ${ms}; while (Date.now() < end); return {n: line}; };`);
  return {kind: 'module', path: 'slow.mjs', url: pathToFileURL(file).href};
};

/** Far more than fits into credit and pipe. */
const flood = 'yes \'{"level":"info","msg":"0123456789012345678901234567890123456789"}\'';

describe('overload', () => {
  test('block leaves the child unread, says so, and loses nothing', async () => {
    const rig = startRig([`${flood} | head -n 300000`], {format: slowParser(5)});
    const held = await rig.process('held', ({badge, heldMs}) => badge === 'held' && heldMs > 300);
    expect(held.ledger).toMatchObject({dropped: 0});
    expect(held.ledger.linesIn).toBeLessThan(300_000);
    expect(held.held).toBe(true);
  });

  test('drop-oldest reads on, counts what it gives up, and shows what is new', async () => {
    const rig = startRig([`seq 1 3000000`], {format: slowParser(20), overload: {kind: 'drop-oldest'}});
    const process = await rig.process('all read, most given up', ({ledger}) => {
      return ledger.linesIn === 3_000_000 && ledger.dropped > 2_000_000;
    });
    expect(process.heldMs).toBe(0);
  });

  test('sample judges every Nth line and drops the rest with count', async () => {
    const rig = startRig([`seq 1 10007 | sed 's/.*/{"n":&}/'`], {overload: {kind: 'sample', every: 10}});
    const process = await rig.ended();
    expect(process.ledger).toMatchObject({linesIn: 10_007, records: 1001, dropped: 9006, failures: 0});
    const shown = process.tail.map(({fields}) => Number(fields[0]?.[1]));
    expect(shown.at(-1)).toBe(10_001);
    expect(shown.every(n => n % 10 === 1)).toBe(true);
    const page = await rig.engine.page({kind: 'lines-before', process: 0, before: 'end', count: 100});
    expect(page.kind === 'lines' && page.lines.map(({line}) => line).slice(-3)).toEqual([9981, 9991, 10_001]);
  });

  test('every line that a slow parser has judged is shown', async () => {
    const rig = startRig(['seq 1 12; sleep 60'], {format: slowParser(60)});
    const process = await rig.process('all judged', ({ledger}) => ledger.records === 12);
    expect(process.tail.map(({line}) => line)).toEqual(Array.from({length: 12}, (_, index) => index + 1));
  });

  test('lines that several tasks have left are judged in their order', async () => {
    const asked = path.join(mkdtempSync(path.join(tmpdir(), 'keepup-asked-')), 'asked');
    const rig = startRig(['seq 1 100000'], {format: slowParser(40, asked), overload: {kind: 'sample', every: 1000}});
    await rig.process('all judged', ({ledger}) => ledger.records === 100);
    const order = readFileSync(asked, 'utf8').trim().split('\n').map(Number);
    // Two tasks run at a time, of one judged line each.
    const overtaken = order.map((line, at) => order.slice(0, at).filter(other => other > line).length);
    expect(order).toHaveLength(100);
    expect(Math.max(...overtaken)).toBeLessThanOrEqual(2);
  });

  test('an end that was asked for does not wait hours for a slow parser: what is left is pending', async () => {
    const rig = startRig(['seq 1 5000; sleep 60'], {format: slowParser(200)});
    await rig.process('lines', ({ledger}) => ledger.linesIn === 5000 && ledger.records > 0);
    rig.engine.end({kind: 'quit'});
    await rig.engine.finished;
    const {ledger, state} = rig.engine.snapshot().processes[0]!;
    expect(ledger.pending).toBeGreaterThan(0);
    expect(ledger.records + ledger.pending).toBe(5000);
    expect(state).toMatchObject({kind: 'exited', byUs: true});
    expect(rig.engine.report().processes[0]!.pending).toBe(ledger.pending);
  });
});
