import {TRACE} from './fake-lines.ts';
import type {Script} from './fake-process.ts';

const NOW_MS = 1_000_000;

/** Five processes as one would watch them. */
export const FIVE: readonly Script[] = [
  {
    name: 'api#1',
    linesPerSec: 812_000,
    badShare: 0.00001,
    before: 9_810_000_000,
    over: {generation: 3},
    command: 'node server.js --port 8080',
  },
  {
    name: 'api#2',
    linesPerSec: 402_000,
    voice: 'database',
    before: 4_020_000_000,
    over: {badge: 'parser behind', lagMs: 1800},
  },
  {
    name: 'batch',
    linesPerSec: 0,
    before: 41_200,
    badShare: 0.002,
    state: {kind: 'restarting', atMs: NOW_MS + 60_000, exit: {code: 1, signal: null}},
    stderr: TRACE,
    over: {generation: 7},
  },
  {name: 'tail', linesPerSec: 3, voice: 'text', before: 800, state: {kind: 'paused', sinceMs: NOW_MS - 72_000}},
  {name: 'worker', linesPerSec: 12, badShare: 0.1, before: 9000},
];

const UNSETTLED = {linesIn: 12, bytesIn: 600, records: 0, failures: 0, blank: 0, dropped: 0, pending: 12};

/** One process in every state that there is. */
export const STATES: readonly Script[] = [
  {name: 'starting', linesPerSec: 0, state: {kind: 'starting'}},
  {name: 'silent', linesPerSec: 0},
  {name: 'paused', linesPerSec: 5, before: 300, state: {kind: 'paused', sinceMs: NOW_MS - 72_000}},
  {name: 'held', linesPerSec: 90_000, before: 900_000, over: {held: true, heldMs: 12_300, badge: 'held', lagMs: 4200}},
  {
    name: 'restarting',
    linesPerSec: 0,
    before: 50,
    state: {kind: 'restarting', atMs: NOW_MS + 30_000, exit: {code: null, signal: 'SIGSEGV'}},
  },
  {
    name: 'crash-loop',
    linesPerSec: 0,
    before: 60,
    state: {kind: 'crash-loop', exit: {code: 1, signal: null}, restarts: 6},
    stderr: TRACE,
    over: {generation: 7},
  },
  {
    name: 'failed',
    linesPerSec: 0,
    command: 'serverd --config /etc/serverd.toml',
    state: {
      kind: 'failed-to-start',
      failure: {
        what: 'serverd',
        errno: 'ENOENT',
        reason: 'no such program on PATH',
        next: 'check the name, or give its path',
      },
    },
  },
  {name: 'exited-0', linesPerSec: 0, before: 1200, state: {kind: 'exited', exit: {code: 0, signal: null}, byUs: false}},
  {
    name: 'exited-1',
    linesPerSec: 0,
    before: 1200,
    state: {kind: 'exited', exit: {code: 1, signal: null}, byUs: false},
    stderr: TRACE,
  },
  {
    name: 'killed',
    linesPerSec: 0,
    before: 20,
    state: {kind: 'exited', exit: {code: null, signal: 'SIGKILL'}, byUs: false},
  },
  {
    name: 'stopped',
    linesPerSec: 0,
    before: 20,
    state: {kind: 'exited', exit: {code: null, signal: 'SIGTERM'}, byUs: true},
  },
  {name: 'stopping', linesPerSec: 0, before: 20, state: {kind: 'stopping', killAtMs: NOW_MS + 60_000, then: 'stay'}},
  {
    name: 'dropping',
    linesPerSec: 500_000,
    before: 5_000_000,
    dropShare: 0.3,
    over: {overload: {kind: 'drop-oldest'}, badge: 'parser behind', lagMs: 900},
  },
  {
    name: 'kept-open',
    linesPerSec: 0,
    before: 20,
    state: {kind: 'exited', exit: {code: 0, signal: null}, byUs: false},
    over: {keptOpenBy: [4711, 4712]},
  },
  {
    name: 'undecided',
    linesPerSec: 0,
    before: 12,
    voice: 'unsettled',
    over: {undecided: true, format: 'auto', ledger: UNSETTLED, generationLedger: UNSETTLED},
  },
  {name: 'hostile', linesPerSec: 4, before: 100, voice: 'hostile', badShare: 0.1},
  {name: '日本語の長い名前のプロセス', linesPerSec: 4, before: 100, voice: 'wide'},
];

/** Many like one. */
export const many = (count: number): Script[] =>
  Array.from({length: count}, (_, i) => ({
    name: `web#${i + 1}`,
    linesPerSec: 10 + i * 37,
    badShare: i % 7 === 0 ? 0.02 : 0,
    before: 5000 * (i + 1),
  }));

/** A set by name: `five`, `states`, or how many like one. */
export const scriptsNamed = (name: string): readonly Script[] => {
  if (name === 'five') return FIVE;
  if (name === 'states') return STATES;
  const [first, ...rest] = name.split('+');
  const state = STATES.filter(({name: of}) => [first, ...rest].includes(of));
  return state.length > 0 ? state : many(Number(name));
};
