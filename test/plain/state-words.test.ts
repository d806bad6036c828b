import {describe, expect, test} from 'vitest';
import type {ExitStatus, ProcessState} from '../../src/model/lifecycle.ts';
import {exitOf, exitWords, stateSentence} from '../../src/plain/state-words.ts';

const code3: ExitStatus = {code: 3, signal: null};
const killed: ExitStatus = {code: null, signal: 'SIGKILL'};
const failure = {what: './run', errno: 'EACCES', reason: 'it may not be executed', next: 'make it executable'};

describe('a state', () => {
  test.each<[ProcessState, string | null, ExitStatus | null]>([
    [{kind: 'starting'}, null, null],
    [{kind: 'running'}, null, null],
    [{kind: 'paused', sinceMs: 0}, null, null],
    [{kind: 'stopping', killAtMs: 0, then: 'stay'}, null, null],
    [{kind: 'restarting', atMs: 3400, exit: code3}, 'exited 3; restarting in 2 s', code3],
    [{kind: 'restarting', atMs: 0, exit: killed}, 'ended by SIGKILL; restarting in 0 s', killed],
    [
      {kind: 'restarting', atMs: 3400, exit: {code: null, signal: null}, failure},
      'failed to start: ./run: it may not be executed (EACCES); restarting in 2 s',
      {code: null, signal: null},
    ],
    [{kind: 'exited', exit: {code: 0, signal: null}, byUs: false}, null, {code: 0, signal: null}],
    [{kind: 'exited', exit: code3, byUs: false}, 'exited 3', code3],
    [{kind: 'exited', exit: killed, byUs: false}, 'ended by SIGKILL', killed],
    [{kind: 'exited', exit: {code: null, signal: 'SIGTERM'}, byUs: true}, null, {code: null, signal: 'SIGTERM'}],
    [{kind: 'crash-loop', exit: code3, restarts: 5}, 'exited 3; gave up after 5 restarts in a minute', code3],
    [
      {kind: 'failed-to-start', failure},
      'failed to start: ./run: it may not be executed (EACCES); make it executable',
      null,
    ],
  ])('%o has its sentence and its exit', (state, sentence, exit) => {
    expect(stateSentence(state, 1000)).toBe(sentence);
    expect(exitOf(state)).toEqual(exit);
  });
});

test('an exit is said by its code or its signal', () => {
  expect([exitWords(code3), exitWords(killed)]).toEqual(['exited 3', 'ended by SIGKILL']);
});
