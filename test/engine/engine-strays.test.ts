import {describe, expect, test} from 'vitest';
import type {ProcessSnapshot} from '../../src/model/snapshot.ts';
import {startRig, type RigOptions} from '../support/engine-rig.ts';
import {eventually} from '../support/eventually.ts';
import {kill} from '../support/loose-processes.ts';
import {isRunning} from '../support/processes.ts';
import {useGuard} from '../support/use-guard.ts';

const guard = useGuard();
const start = (commands: readonly string[], options: RigOptions = {}) =>
  startRig(commands, {format: {kind: 'text'}, ...options, engine: {guard, ...options.engine}});

/** Starts a process that leaves the group, its output closed, and prints its pid. */
const stray = (script: string): string => `setsid sh -c '${script}' > /dev/null 2>&1 & echo pid $!`;

const pidOf = ({tail}: ProcessSnapshot): number => Number(/pid (\d+)/.exec(tail[0]?.message ?? '')?.[1]);
const hasPid = (process: ProcessSnapshot): boolean => pidOf(process) > 0;
const hasExited = ({state}: ProcessSnapshot): boolean => state.kind === 'exited';

describe('what has left the group', () => {
  test('is told to end with it; a stop lasts until it is gone', async () => {
    const rig = start([`${stray('sleep 1000 & wait')}; sleep 1000`]);
    const pid = pidOf(await rig.process('its pid', hasPid));
    rig.engine.dispatch({kind: 'stop', target: 0});
    await rig.process('the end', hasExited);
    expect(isRunning(pid)).toBe(false);
    expect(guard.tagged(0)).toEqual([]);
  });

  test('is killed after the grace when it does not end, stopped or not', async () => {
    const stubborn = stray('trap "" TERM; kill -STOP $$; while :; do sleep 0.1; done');
    const rig = start([`${stubborn}; sleep 1000`], {killTimeoutMs: 500});
    const pid = pidOf(await rig.process('its pid', hasPid));
    rig.engine.dispatch({kind: 'stop', target: 0});
    const stopping = await rig.process('stopping', ({state}) => state.kind === 'stopping');
    await eventually(() => rig.engine.snapshot().processes[0]!.pid, shown => shown === null);
    expect(stopping.state.kind).toBe('stopping');
    await rig.process('the end', hasExited);
    expect(isRunning(pid)).toBe(false);
  });

  test('does not meet the next run', async () => {
    const rig = start([`${stray('sleep 1000')}; sleep 1000`]);
    const pid = pidOf(await rig.process('its pid', hasPid));
    rig.engine.dispatch({kind: 'restart', target: 0});
    await rig.process('the next run', ({generation}) => generation === 2);
    expect(isRunning(pid)).toBe(false);
  });

  test('is ended when its process has ended long before, on demand', async () => {
    const rig = start([`${stray('sleep 1000')}; exit 3`]);
    const pid = pidOf(await rig.process('its pid', process => hasPid(process) && hasExited(process)));
    expect(isRunning(pid)).toBe(true);
    rig.engine.dispatch({kind: 'stop', target: 0});
    await eventually(() => isRunning(pid), runs => !runs);
    const ended = await rig.process('the end', hasExited);
    expect(ended.state).toMatchObject({exit: {code: 3}, byUs: false});
  });

  test('is ended when the run ends by itself, and so is what is left of the group', async () => {
    const both = `${stray('sleep 1000')}; sleep 1000 > /dev/null 2>&1 & echo pid $!`;
    const rig = start([both], {engine: {endWhenDone: () => true}});
    await rig.engine.finished;
    const {tail} = rig.engine.snapshot().processes[0]!;
    const pids = tail.map(({message}) => Number(/\d+/.exec(message)));
    expect(pids).toHaveLength(2);
    expect(pids.filter(isRunning)).toEqual([]);
  });

  test('is ended though its process is in a crash loop, or never restarted', async () => {
    const rig = start([`${stray('trap "" TERM; while :; do sleep 0.1; done')}; exit 1`], {
      killTimeoutMs: 300,
      engine: {endWhenDone: () => true},
    });
    await rig.engine.finished;
    expect(guard.tagged(0)).toEqual([]);
  });

  test('is killed at once when the end is asked for twice', async () => {
    const rig = start([`${stray('trap "" TERM; while :; do sleep 0.1; done')}; sleep 1000`], {killTimeoutMs: 60_000});
    const pid = pidOf(await rig.process('its pid', hasPid));
    rig.engine.end({kind: 'quit'});
    rig.engine.end({kind: 'quit'});
    await rig.engine.finished;
    expect(isRunning(pid)).toBe(false);
  });

  test('is left alone where that is asked for; the group is not', async () => {
    const rig = start([`${stray('exec sleep 1000')}; sleep 1000 & wait`], {leaveDaemons: true});
    const pid = pidOf(await rig.process('its pid', hasPid));
    rig.engine.end({kind: 'quit'});
    await rig.engine.finished;
    expect(isRunning(pid)).toBe(true);
    kill(pid);
    await eventually(() => guard.tagged(0), pids => pids.length === 0);
  });
});

describe('output that outlives its process', () => {
  test('is said to be held by whoever holds it, though it goes on to print; a stop ends them', async () => {
    const chatty = `setsid sh -c 'while :; do echo tick; sleep 0.1; done' & echo pid $!; exit 0`;
    const rig = start([chatty]);
    const pid = pidOf(await rig.process('its pid', hasPid));
    const kept = await rig.process('who holds it', ({keptOpenBy}) => keptOpenBy !== null && keptOpenBy.includes(pid));
    expect(kept.state).toMatchObject({kind: 'exited', byUs: false});
    const {linesIn} = kept.ledger;
    await rig.process('more of it', ({ledger}) => ledger.linesIn > linesIn);
    rig.engine.dispatch({kind: 'stop', target: 0});
    await rig.until('the end', ({allEnded}) => allEnded);
    expect(rig.engine.snapshot().processes[0]).toMatchObject({keptOpenBy: null, state: {kind: 'exited', byUs: false}});
  });

  test('held by one that hides from us is named all the same, and said to be free when it goes', async () => {
    const rig = start(['setsid env -i /bin/sleep 1000 & echo pid $!; exit 0']);
    const pid = pidOf(await rig.process('its pid', hasPid));
    await rig.process('who holds it', ({keptOpenBy}) => keptOpenBy?.join() === String(pid));
    kill(pid);
    const ended = (await rig.until('the end', ({allEnded}) => allEnded)).processes[0]!;
    expect(ended.keptOpenBy).toBeNull();
  });
});

test('a stop and a start in the moment of the start make one run, not two', async () => {
  const rig = start(['echo pid $$; sleep 1000']);
  for (const kind of ['stop', 'start', 'stop', 'start'] as const) rig.engine.dispatch({kind, target: 0});
  const process = await rig.process('its pid', hasPid);
  expect(process.generation).toBe(1);
  expect(guard.tagged(0).every(pid => pid === process.pid || isRunning(pid))).toBe(true);
  expect(process.ledger.linesIn).toBe(1);
});
