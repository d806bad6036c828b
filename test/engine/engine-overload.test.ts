import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {describe, expect, test} from 'vitest';
import type {Format} from '../../src/model/format.ts';
import {startRig} from '../support/engine-rig.ts';

const slowParser = (ms: number): Format => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'keepup-slow-')), 'slow.mjs');
  writeFileSync(file, `export default line => { const end = Date.now() + ${ms}; while (Date.now() < end); return {n: line}; };`);
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
