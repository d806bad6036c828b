import {describe, expect, test} from 'vitest';
import {transition, type LifecycleEvent} from '../../src/engine/lifecycle.ts';
import type {ProcessState} from '../../src/model/lifecycle.ts';

const context = {nowMs: 1000, killTimeoutMs: 5000};
const exit = {code: 1, signal: null};
const failure = {what: 'x', errno: 'ENOENT', reason: 'r', next: 'n'};

const STATES: Record<string, ProcessState> = {
  starting: {kind: 'starting'},
  running: {kind: 'running'},
  paused: {kind: 'paused', sinceMs: 5},
  'stopping to stay': {kind: 'stopping', killAtMs: 6000, then: 'stay'},
  'stopping to start': {kind: 'stopping', killAtMs: 6000, then: 'start'},
  restarting: {kind: 'restarting', atMs: 3000, exit},
  exited: {kind: 'exited', exit, byUs: false},
  'crash-loop': {kind: 'crash-loop', exit, restarts: 5},
  'failed-to-start': {kind: 'failed-to-start', failure},
};

const EVENTS: Record<string, LifecycleEvent> = {
  spawned: {kind: 'spawned'},
  'start-failed': {kind: 'start-failed', failure, decision: {kind: 'stay'}},
  'start-failed for now': {kind: 'start-failed', failure, decision: {kind: 'restart', delayMs: 2000}},
  'start-failed too often': {kind: 'start-failed', failure, decision: {kind: 'crash-loop', restarts: 5}},
  'exited, stays': {kind: 'exited', exit, decision: {kind: 'stay'}},
  'exited, comes again': {kind: 'exited', exit, decision: {kind: 'restart', delayMs: 2000}},
  'exited, too often': {kind: 'exited', exit, decision: {kind: 'crash-loop', restarts: 5}},
  gone: {kind: 'gone', exit},
  due: {kind: 'due'},
  pause: {kind: 'pause'},
  resume: {kind: 'resume'},
  stop: {kind: 'stop'},
  restart: {kind: 'restart'},
  start: {kind: 'start'},
};

/** Where each event leads and what is done; what is not listed is ignored. */
const WANT: Record<string, Record<string, [string, string]>> = {
  starting: {
    spawned: ['running', ''],
    'start-failed': ['failed-to-start', ''],
    'start-failed for now': ['restarting', 'schedule'],
    'start-failed too often': ['failed-to-start', ''],
    stop: ['exited', ''],
  },
  running: {
    'exited, stays': ['exited', ''],
    'exited, comes again': ['restarting', 'schedule'],
    'exited, too often': ['crash-loop', ''],
    pause: ['paused', 'suspend'],
    stop: ['stopping', 'terminate'],
    restart: ['stopping', 'terminate'],
  },
  paused: {
    'exited, stays': ['exited', ''],
    'exited, comes again': ['restarting', 'schedule'],
    'exited, too often': ['crash-loop', ''],
    resume: ['running', 'continue'],
    stop: ['stopping', 'terminate'],
    restart: ['stopping', 'terminate'],
  },
  'stopping to stay': {
    gone: ['exited', ''],
    stop: ['stopping', 'kill'],
    restart: ['stopping', ''],
    start: ['stopping', ''],
  },
  'stopping to start': {
    gone: ['starting', 'forgive spawn'],
    stop: ['stopping', ''],
    restart: ['stopping', ''],
    start: ['stopping', ''],
  },
  restarting: {
    due: ['starting', 'spawn'],
    start: ['starting', 'forgive spawn'],
    restart: ['starting', 'forgive spawn'],
    stop: ['exited', ''],
  },
  exited: {start: ['starting', 'forgive spawn'], restart: ['starting', 'forgive spawn'], stop: ['stopping', 'terminate']},
  'crash-loop': {start: ['starting', 'forgive spawn'], restart: ['starting', 'forgive spawn']},
  'failed-to-start': {start: ['starting', 'forgive spawn'], restart: ['starting', 'forgive spawn']},
};

const CASES = Object.keys(STATES).flatMap(state => Object.keys(EVENTS).map(event => [state, event] as const));

describe('lifecycle', () => {
  test.each(CASES)('%s, %s', (state, event) => {
    const next = transition(STATES[state]!, EVENTS[event]!, context);
    const want = WANT[state]![event];
    expect(next && [next.state.kind, next.effects.join(' ')]).toEqual(want ?? null);
  });

  test('a stop gives a grace, and asked again gives none', () => {
    const stopping = transition(STATES['running']!, EVENTS['stop']!, context)!;
    expect(stopping.state).toEqual({kind: 'stopping', killAtMs: 6000, then: 'stay'});
    expect(transition(stopping.state, EVENTS['stop']!, context)!.state).toMatchObject({killAtMs: 1000});
  });

  test('a restart that is taken back by a stop stays stopped', () => {
    const restarting = transition(STATES['running']!, EVENTS['restart']!, context)!.state;
    expect(restarting).toMatchObject({then: 'start'});
    expect(transition(restarting, EVENTS['stop']!, context)!.state).toMatchObject({then: 'stay'});
  });

  test('an exit of its own stays one, though what it left behind is stopped by us', () => {
    const stopping = transition(STATES['exited']!, EVENTS['stop']!, context)!.state;
    expect(transition(stopping, {kind: 'gone', exit: {code: 9, signal: null}}, context)!.state).toEqual(STATES['exited']);
  });

  test('a start that was to be tried again, and is given up, stays a failed one', () => {
    const restarting = transition(STATES['starting']!, EVENTS['start-failed for now']!, context)!.state;
    expect(restarting).toMatchObject({atMs: 3000, failure});
    expect(transition(restarting, EVENTS['stop']!, context)!.state).toEqual(STATES['failed-to-start']);
  });

  test('who ended it is told apart', () => {
    expect(transition(STATES['running']!, EVENTS['exited, stays']!, context)!.state).toMatchObject({byUs: false});
    expect(transition(STATES['stopping to stay']!, EVENTS['gone']!, context)!.state).toMatchObject({byUs: true});
    expect(transition(STATES['restarting']!, EVENTS['stop']!, context)!.state).toMatchObject({exit, byUs: false});
  });
});
