import {describe, expect, test} from 'vitest';
import {startRig} from '../support/engine-rig.ts';

const withoutScreen = {engine: {endWhenDone: () => true}};

describe('the end of a run', () => {
  test('comes by itself when all have ended and all is judged', async () => {
    const rig = startRig(['seq 1 1000', 'exit 3'], {...withoutScreen, format: {kind: 'text'}});
    expect(await rig.engine.finished).toEqual({kind: 'done'});
    const report = rig.engine.report();
    expect(report.totals).toMatchObject({linesIn: 1000, records: 1000, pending: 0, processes: 2, generations: 2});
    expect(report.processes.map(({state, exitCode}) => [state, exitCode])).toEqual([['exited', 0], ['exited', 3]]);
    expect(rig.engine.outcomes().map(({endOrder}) => endOrder).toSorted((a, b) => a! - b!)).toEqual([1, 2]);
  });

  test('does not wait for a grandchild that keeps the output open: its group is stopped, and it is said', async () => {
    const rig = startRig(['sleep 1000 & echo "{}"; exit 0'], withoutScreen);
    expect(await rig.engine.finished).toEqual({kind: 'done'});
    expect(rig.notices.join()).toMatch(/p0: output still held by PID \d+/);
  });

  test('does not wait for a grandchild outside the group for ever either', async () => {
    const rig = startRig(['setsid sleep 1000 & echo "{}"; exit 0'], {...withoutScreen, killTimeoutMs: 200});
    expect(await rig.engine.finished).toEqual({kind: 'done'});
    expect(rig.notices.join()).toContain('output still held by');
  });

  test('comes after the time that was given', async () => {
    const rig = startRig(['sleep 1000'], {forMs: 400});
    expect(await rig.engine.finished).toEqual({kind: 'deadline'});
    expect(rig.engine.report().processes[0]).toMatchObject({state: 'exited', signal: 'SIGTERM', stoppedByUs: true});
  });

  test('asked for twice does not wait for the grace', async () => {
    const rig = startRig([`trap '' TERM; echo '{}'; while :; do sleep 0.1; done`], {killTimeoutMs: 60_000});
    await rig.process('ready', ({ledger}) => ledger.records === 1);
    rig.engine.end({kind: 'quit'});
    await rig.process('stopping', ({state}) => state.kind === 'stopping');
    rig.engine.end({kind: 'signal', signal: 'SIGINT'});
    expect(await rig.engine.finished).toEqual({kind: 'quit'});
    expect(rig.engine.report().processes[0]).toMatchObject({signal: 'SIGKILL'});
  });

  test.each([
    ['on-end', 'exit 0', 'SIGTERM'],
    ['on-fail', 'exit 1', 'SIGTERM'],
  ] as const)('--kill-others %s stops the rest', async (killOthers, first, signal) => {
    const rig = startRig([first, 'sleep 1000'], {...withoutScreen, killOthers});
    await rig.engine.finished;
    expect(rig.engine.report().processes[1]).toMatchObject({signal, stoppedByUs: true});
  });

  test('--kill-others-on-fail leaves the rest alone when one ends well', async () => {
    const rig = startRig(['exit 0', 'sleep 0.5; echo "{}"'], {...withoutScreen, killOthers: 'on-fail'});
    await rig.engine.finished;
    expect(rig.engine.report().processes[1]).toMatchObject({exitCode: 0, stoppedByUs: false, records: 1});
  });

  test('a child that spawns in the moment of the end is stopped, too', async () => {
    const rig = startRig(['sleep 1000', 'sleep 1000']);
    rig.engine.end({kind: 'quit'});
    expect(await rig.engine.finished).toEqual({kind: 'quit'});
    expect(rig.engine.report().processes.map(({stoppedByUs}) => stoppedByUs)).toEqual([true, true]);
  });

  test('children get the environment of the caller, their instance and their tag, nothing else', async () => {
    const rig = startRig(['env'], {
      ...withoutScreen,
      format: {kind: 'text'},
      engine: {endWhenDone: () => true, env: {'PATH': process.env['PATH'], 'a.b': 'ü', 'EMPTY': ''}},
    });
    await rig.engine.finished;
    const lines = rig.engine.snapshot().processes[0]!.tail.map(({message}) => message);
    expect(lines.filter(line => !line.startsWith('PATH=')).toSorted()).toEqual([
      'EMPTY=', 'KEEPUP_INSTANCE=1', 'KEEPUP_NAME=p0', 'KEEPUP_RUN=test', 'KEEPUP_TAG_none=0', 'a.b=ü',
    ]);
  });
});
