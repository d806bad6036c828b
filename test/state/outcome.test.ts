import {describe, expect, it} from 'vitest';
import type {ProcessState} from '../../src/model/lifecycle.ts';
import {exitCodeOf, runExitCode} from '../../src/state/outcome.ts';
import type {EndedProcess} from '../../src/state/outcome.ts';

const SIGNALS = {SIGTERM: 15, SIGKILL: 9};
const exited = (code: number, byUs = false): ProcessState => ({kind: 'exited', exit: {code, signal: null}, byUs});
const killed = (signal: string, byUs = false): ProcessState => ({kind: 'exited', exit: {code: null, signal}, byUs});
const unstartable = (errno: string): ProcessState => ({
  kind: 'failed-to-start',
  failure: {what: 'x', errno, reason: 'no', next: 'install it'},
});
const looping = (code: number): ProcessState => ({kind: 'crash-loop', exit: {code, signal: null}, restarts: 6});
const waiting = (code: number): ProcessState => ({kind: 'restarting', atMs: 5, exit: {code, signal: null}});
const named = (name: string, state: ProcessState, endOrder: number | null = null): EndedProcess => ({
  name, state, endOrder,
});

describe('exitCodeOf', () => {
  it.each([
    [{code: 0, signal: null}, 0],
    [{code: 255, signal: null}, 255],
    [{code: null, signal: 'SIGTERM'}, 143],
    [{code: null, signal: 'SIGKILL'}, 137],
    [{code: null, signal: 'SIGWHAT'}, 128],
  ])('of %j is %d', (status, code) => expect(exitCodeOf(status, SIGNALS)).toBe(code));
});

describe('runExitCode with all', () => {
  it.each<[string, ProcessState[], number]>([
    ['nothing', [], 0],
    ['clean ends', [exited(0), exited(0)], 0],
    ['one that failed', [exited(0), exited(3)], 1],
    ['one killed by another', [exited(0), killed('SIGKILL')], 1],
    ['ends of our making', [exited(7, true), killed('SIGTERM', true)], 0],
    ['one that never started', [exited(0), unstartable('ENOENT')], 1],
    ['a crash loop', [looping(1)], 1],
    ['a loop of clean ends', [looping(0)], 1],
    ['what still runs', [{kind: 'running'}, {kind: 'paused', sinceMs: 0}], 0],
    ['what is being stopped', [{kind: 'stopping', killAtMs: 0, then: 'stay'}], 0],
    ['a crash that waited for its restart', [waiting(1)], 1],
    ['a clean end that waited for its restart', [waiting(0)], 0],
  ])('after %s', (_, states, code) => {
    const processes = states.map((state, index) => named(`p${index}`, state, index));
    expect(runExitCode({kind: 'all'}, processes, SIGNALS)).toBe(code);
  });
});

describe('runExitCode with one process chosen', () => {
  const ended = [named('a', exited(3), 2), named('b', exited(4), 1), named('c', killed('SIGTERM'), 3)];
  const processes = [...ended, named('d', {kind: 'running'})];

  it('is the code of the first to end', () => expect(runExitCode({kind: 'first'}, processes, SIGNALS)).toBe(4));

  it('is the code of the last to end', () => expect(runExitCode({kind: 'last'}, processes, SIGNALS)).toBe(143));

  it('is the code of the named one', () => {
    expect(runExitCode({kind: 'name', name: 'a'}, processes, SIGNALS)).toBe(3);
    expect(runExitCode({kind: 'name', name: 'd'}, processes, SIGNALS)).toBe(0);
  });

  it.each<[ProcessState, number]>([
    [killed('SIGTERM', true), 0],
    [looping(5), 5],
    [unstartable('ENOENT'), 127],
    [unstartable('EACCES'), 126],
  ])('takes %j for %d', (state, code) => {
    const two = [named('y', exited(9), 1), named('x', state, 2)];
    expect(runExitCode({kind: 'name', name: 'x'}, two, SIGNALS)).toBe(code);
    expect(runExitCode({kind: 'last'}, two, SIGNALS)).toBe(code);
  });

  it('judges all where none has ended', () => {
    expect(runExitCode({kind: 'first'}, [named('d', {kind: 'running'})], SIGNALS)).toBe(0);
    expect(runExitCode({kind: 'last'}, [named('d', waiting(2))], SIGNALS)).toBe(1);
  });
});
