import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {ProcessStateKind} from '../../src/model/lifecycle.ts';
import type {ProcessSnapshot} from '../../src/model/snapshot.ts';
import {startRig} from '../support/engine-rig.ts';

const isIn = (kind: ProcessStateKind) => ({state}: ProcessSnapshot): boolean => state.kind === kind;
const ticking = `i=0; while :; do i=$((i+1)); echo "{\\"n\\":$i}"; sleep 0.05; done`;

/** Gone, or a zombie that nobody collects. */
const isGone = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ');
  } catch {
    return true;
  }
};

describe('lifecycle of real children', () => {
  test('pause stops the group, resume goes on', async () => {
    const rig = startRig([ticking]);
    await rig.process('lines', ({ledger}) => ledger.records > 2);
    rig.engine.dispatch({kind: 'pause', target: 0});
    const paused = await rig.process('a pause', isIn('paused'));
    await rig.process('no new line for a second', ({rates}) => rates.linesPerSec1 === 0);
    const {records} = rig.engine.snapshot().processes[0]!.ledger;
    rig.engine.dispatch({kind: 'resume', target: 0});
    const resumed = await rig.process('more lines', ({ledger}) => ledger.records > records);
    expect(resumed).toMatchObject({state: {kind: 'running'}, generation: 1, pid: paused.pid});
  });

  test('restart of a paused process begins a new generation with its own counters; totals go on', async () => {
    const rig = startRig([ticking]);
    const first = await rig.process('lines', ({ledger}) => ledger.records > 5);
    rig.engine.dispatch({kind: 'pause', target: 0});
    await rig.process('a pause', isIn('paused'));
    rig.engine.dispatch({kind: 'restart', target: 0});
    const second = await rig.process('a second run', ({generation, generationLedger}) => generation === 2 && generationLedger.records > 0);
    expect(second.generationLedger.linesIn).toBeLessThan(second.ledger.linesIn);
    expect(second.ledger.linesIn).toBeGreaterThan(first.ledger.linesIn);
    expect(isGone(first.pid!)).toBe(true);
  });

  test('stop shows at once, ends the group, and counts as ours; start begins anew', async () => {
    const rig = startRig([`sleep 1000 & echo "{\\"pid\\":$!}"; wait`]);
    const running = await rig.process('the grandchild', ({tail}) => tail.length === 1);
    const grandchild = Number(running.tail[0]!.fields[0]![1]);
    rig.engine.dispatch({kind: 'stop', target: 'all'});
    const stopped = await rig.process('its end', isIn('exited'));
    expect(stopped.state).toMatchObject({byUs: true, exit: {code: null, signal: 'SIGTERM'}});
    expect(isGone(grandchild)).toBe(true);
    rig.engine.dispatch({kind: 'start', target: 0});
    await rig.process('a second run', ({generation, state}) => generation === 2 && state.kind === 'running');
  });

  test('a child that ignores TERM is killed after the grace, or at once when asked twice', async () => {
    const stubborn = `trap '' TERM; echo '{"ready":1}'; while :; do sleep 0.1; done`;
    const rig = startRig([stubborn, stubborn], {killTimeoutMs: 700});
    await rig.until('both ready', ({processes}) => processes.every(({ledger}) => ledger.records === 1));
    rig.engine.dispatch({kind: 'stop', target: 0});
    const stopping = await rig.process('stopping', isIn('stopping'));
    const startMs = rig.engine.snapshot().nowMs;
    expect(stopping.pid).not.toBeNull();
    const killed = await rig.process('its end', isIn('exited'));
    expect(killed.state).toMatchObject({exit: {signal: 'SIGKILL'}, byUs: true});
    expect(rig.engine.snapshot().nowMs - startMs).toBeGreaterThan(500);
    rig.engine.dispatch({kind: 'stop', target: 1});
    rig.engine.dispatch({kind: 'stop', target: 1});
    const twice = await rig.process('its end', isIn('exited'), 1);
    expect(twice.state).toMatchObject({exit: {signal: 'SIGKILL'}});
  });

  test('restarts on failure with backoff, and the exit that caused it stays visible', async () => {
    const rig = startRig(['echo "{}"; exit 3'], {restart: 'on-failure'});
    const restarting = await rig.process('a restart', isIn('restarting'));
    expect(restarting.state).toMatchObject({exit: {code: 3, signal: null}});
    const second = await rig.process('a second run', ({generation}) => generation === 2);
    expect(second.ledger.linesIn).toBeGreaterThan(0);
    rig.engine.dispatch({kind: 'stop', target: 0});
    await rig.process('its end', isIn('exited'));
  });

  test.each([
    ['nosuchprogram --flag', 'ENOENT', 'no such program in PATH'],
    ['./package.json', 'EACCES', 'may not be executed'],
    ['./src', 'EACCES', 'directory'],
    ['./nowhere/x', 'ENOENT', 'no such file'],
  ])('%s fails to start with a reason, and the rest runs on', async (command, errno, reason) => {
    const rig = startRig([command, 'echo "{}"; sleep 60']);
    const failed = await rig.process('a failed start', isIn('failed-to-start'));
    expect(failed).toMatchObject({state: {failure: {errno, reason: expect.stringContaining(reason)}}, generation: 0, pid: null});
    await rig.process('the other one', ({ledger}) => ledger.records === 1, 1);
  });

  test('an exit shows at once though a grandchild keeps the output open; reading goes on', async () => {
    const rig = startRig([`(sleep 1.5; echo '{"late":1}'; sleep 60) & echo '{"n":1}'; exit 4`]);
    const exited = await rig.process('the exit', isIn('exited'));
    expect(exited.state).toMatchObject({exit: {code: 4}});
    const kept = await rig.process('who keeps it open', ({keptOpenBy}) => keptOpenBy !== null);
    expect(kept.keptOpenBy!.length).toBeGreaterThan(0);
    expect(rig.engine.snapshot().allEnded).toBe(false);
    await rig.process('the late line', ({ledger}) => ledger.records === 2);
    rig.engine.dispatch({kind: 'stop', target: 0});
    await rig.until('the end', ({allEnded}) => allEnded);
  });
});
