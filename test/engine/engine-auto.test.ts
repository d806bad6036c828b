import {describe, expect, test} from 'vitest';
import {startRig} from '../support/engine-rig.ts';

const auto = {format: {kind: 'auto'}} as const;

describe('auto', () => {
  test('shows lines at once, pending and without lag, and judges them when a JSON object shows', async () => {
    const rig = startRig([`echo one; echo two; sleep 3; echo '{"msg":"three"}'; sleep 5`], auto);
    const before = await rig.process('two lines shown', ({tail}) => tail.length === 2);
    expect(before).toMatchObject({undecided: true, format: 'auto', lagMs: 0, ledger: {linesIn: 2, pending: 2, records: 0}});
    expect(before.tail.map(({kind, message}) => [kind, message])).toEqual([['undecided', 'one'], ['undecided', 'two']]);
    const after = await rig.process('three lines judged', ({ledger}) => ledger.pending === 0 && ledger.linesIn === 3);
    expect(after).toMatchObject({undecided: false, format: 'json', ledger: {records: 1, failures: 2}});
    expect(after.tail.map(({kind}) => kind)).toEqual(['failure', 'failure', 'record']);
  });

  test('shows each line as it comes while nothing is decided', async () => {
    const rig = startRig(['echo one; sleep 1; echo two; sleep 60'], auto);
    await rig.process('the first line', ({tail}) => tail.length > 0);
    const process = await rig.process('the second line', ({tail}) => tail.length === 2);
    expect(process).toMatchObject({undecided: true, ledger: {pending: 2}});
  });

  test.each([
    ['50 non-blank lines without one are text', 'seq 1 50', 'text', 50],
    ['an object in line 50 is json', `seq 1 49; echo '{"a":1}'`, 'json', 1],
    ['an object in line 51 comes too late', `seq 1 50; echo '{"a":1}'`, 'text', 51],
  ])('%s', async (_title, command, format, records) => {
    const rig = startRig([`${command}; sleep 30`], auto);
    const process = await rig.process('a settled format', ({undecided, ledger}) => !undecided && ledger.pending === 0);
    expect(process.format).toBe(format);
    expect(process.ledger.records).toBe(records);
  });

  test('49 lines wait; the end of the stream makes them text', async () => {
    const rig = startRig(['echo; seq 1 49'], auto);
    const process = await rig.ended();
    expect(process).toMatchObject({format: 'text', ledger: {linesIn: 50, records: 49, blank: 1}});
  });

  test('a few lines are text five seconds after the first byte', async () => {
    const rig = startRig(['echo hello; sleep 60'], auto);
    const start = await rig.process('a line', ({ledger}) => ledger.linesIn === 1);
    expect(start.undecided).toBe(true);
    const {nowMs} = rig.engine.snapshot();
    const process = await rig.process('a settled format', ({ledger}) => ledger.records === 1);
    expect(process.format).toBe('text');
    expect(rig.engine.snapshot().nowMs - nowMs).toBeGreaterThan(4500);
    expect(process.maxLagMs).toBeLessThan(1000);
  });

  test('keeps what it found over a restart', async () => {
    const rig = startRig([`if [ ! -e /proc/$$/nope ]; then echo '{"a":1}'; echo text; sleep 60; fi`], auto);
    await rig.process('json', ({format}) => format === 'json');
    rig.engine.dispatch({kind: 'restart', target: 0});
    const process = await rig.process('a second run', ({generation, generationLedger}) => generation === 2 && generationLedger.linesIn === 2);
    expect(process.format).toBe('json');
    expect(process.ledger.linesIn).toBe(4);
  });
});
