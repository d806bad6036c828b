import type {Command} from '../../src/model/command.ts';
import {compareKeys} from '../../src/model/display-line.ts';
import type {DisplayLine, LineKey} from '../../src/model/display-line.ts';
import type {ProcessState} from '../../src/model/lifecycle.ts';
import {hasEnded, isAlive} from '../../src/model/lifecycle.ts';
import type {Monitor} from '../../src/model/monitor.ts';
import type {Page, PageQuery} from '../../src/model/page.ts';
import type {Notice, ProcessSnapshot, Rates, Snapshot} from '../../src/model/snapshot.ts';
import {createFakeProcess} from './fake-process.ts';
import type {FakeProcess, Script} from './fake-process.ts';

/** A monitor whose processes follow scripts and whose time moves when told. */
export type FakeMonitor = Monitor & {
  /** Lets time pass: processes print, states end. */
  advance(ms: number): void;
  /** Changes what the snapshot says of a process. */
  patch(id: number, change: Partial<ProcessSnapshot>): void;
  /** Changes how the run stands to its views. */
  patchRun(change: Partial<RunViews>): void;
  notify(text: string): void;
  /** What was dispatched, in order. */
  readonly commands: readonly Command[];
};

/** How a run stands to its views. */
export type RunViews = Pick<Snapshot, 'attachName' | 'detachable' | 'views'>;

/** A moment that tests can compare with: 2026-11-22T12:04:31Z. */
export const START_WALL_MS = Date.UTC(2026, 10, 22, 12, 4, 31);
const START_MS = 1_000_000;
/** How long a scripted process takes to stop. */
const STOP_MS = 1500;

export const createFakeMonitor = (scripts: readonly Script[], startWallMs = START_WALL_MS): FakeMonitor => {
  let nowMs = START_MS;
  let wallMs = startWallMs;
  let seq = 0;
  const processes = scripts.map((script, id) => createFakeProcess(script, id, nowMs, wallMs));
  const listeners = new Set<() => void>();
  const commands: Command[] = [];
  const notices: Notice[] = [];
  let views: RunViews = {attachName: null, detachable: false, views: 1};
  let snapshot: Snapshot;

  const publish = (): void => {
    seq += 1;
    snapshot = snapshotOf(processes, {seq, nowMs, wallMs, notices: [...notices]}, views);
    for (const listener of listeners) listener();
  };
  const settle = (process: FakeProcess): void => {
    const next = settled(process.snapshot.state, nowMs);
    if (next !== null) process.snapshot = {...process.snapshot, ...entering(next, process.snapshot, nowMs)};
  };
  const act = (command: Exclude<Command, {kind: 'quit'}>, process: FakeProcess): void => {
    const next = answer(command.kind, process.snapshot.state, nowMs);
    if (next !== null) process.snapshot = {...process.snapshot, ...entering(next, process.snapshot, nowMs)};
  };

  publish();
  return {
    commands,
    snapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    page: (query) => Promise.resolve(pageOf(processes, query)),
    dispatch: (command) => {
      commands.push(command);
      for (const process of processes) {
        if (command.kind === 'quit') act({kind: 'stop', target: 'all'}, process);
        else if (command.target === 'all' || command.target === process.snapshot.id) act(command, process);
      }
      publish();
    },
    close: () => listeners.clear(),
    advance: (ms) => {
      nowMs += ms;
      wallMs += ms;
      for (const process of processes) {
        process.advance(ms, nowMs, wallMs);
        settle(process);
      }
      publish();
    },
    patch: (id, change) => {
      const process = processes[id];
      if (process !== undefined) process.snapshot = {...process.snapshot, ...change};
      publish();
    },
    patchRun: (change) => {
      views = {...views, ...change};
      publish();
    },
    notify: (text) => {
      notices.push({seq: notices.length + 1, atMs: wallMs, text});
      publish();
    },
  };
};

const answer = (kind: Exclude<Command['kind'], 'quit'>, state: ProcessState, nowMs: number): ProcessState | null => {
  switch (kind) {
    case 'pause':
      return state.kind === 'running' ? {kind: 'paused', sinceMs: nowMs} : null;
    case 'resume':
      return state.kind === 'paused' ? {kind: 'running'} : null;
    case 'stop':
      if (state.kind === 'restarting') return {kind: 'exited', exit: state.exit, byUs: true};
      return isAlive(state) ? {kind: 'stopping', killAtMs: nowMs + 5000, then: 'stay'} : null;
    case 'restart':
      return isAlive(state) ? {kind: 'stopping', killAtMs: nowMs + 5000, then: 'start'} : {kind: 'starting'};
    case 'start':
      return hasEnded(state) || state.kind === 'restarting' ? {kind: 'starting'} : null;
    case 'clear':
      return null;
  }
};

const settled = (state: ProcessState, nowMs: number): ProcessState | null => {
  if (state.kind === 'stopping' && nowMs >= state.killAtMs - 5000 + STOP_MS) {
    return state.then === 'start'
      ? {kind: 'running'}
      : {kind: 'exited', exit: {code: null, signal: 'SIGTERM'}, byUs: true};
  }
  return state.kind === 'restarting' && nowMs >= state.atMs ? {kind: 'running'} : null;
};

const entering = (state: ProcessState, from: ProcessSnapshot, nowMs: number): Partial<ProcessSnapshot> => {
  if (hasEnded(state)) return {state, pid: null, endedAtMs: nowMs};
  const begins = state.kind === 'running' && from.state.kind !== 'paused';
  return begins
    ? {state, pid: (from.pid ?? 4200) + 9, generation: from.generation + 1, spawnedAtMs: nowMs, endedAtMs: null}
    : {state};
};

type Moment = {
  readonly seq: number;
  readonly nowMs: number;
  readonly wallMs: number;
  readonly notices: readonly Notice[];
};

const snapshotOf = (processes: readonly FakeProcess[], moment: Moment, views: RunViews): Snapshot => {
  const all = processes.map(({snapshot}) => snapshot);
  const sum = (of: (process: ProcessSnapshot) => number): number =>
    all.reduce((total, process) => total + of(process), 0);
  const rate = (key: keyof Rates): number => sum(({rates}) => rates[key]);
  const book = (key: keyof ProcessSnapshot['ledger']): number => sum(({ledger}) => ledger[key]);
  return {
    version: 1,
    ...moment,
    runName: 'demo',
    startedAtMs: START_MS - 761_000,
    deadlineMs: null,
    totals: {
      ledger: {
        linesIn: book('linesIn'),
        bytesIn: book('bytesIn'),
        records: book('records'),
        failures: book('failures'),
        blank: book('blank'),
        dropped: book('dropped'),
        pending: book('pending'),
      },
      rates: {
        linesPerSec1: rate('linesPerSec1'),
        linesPerSec10: rate('linesPerSec10'),
        linesPerSec60: rate('linesPerSec60'),
        bytesPerSec1: rate('bytesPerSec1'),
        bytesPerSec10: rate('bytesPerSec10'),
        failuresPerSec10: rate('failuresPerSec10'),
        peakLinesPerSec: rate('peakLinesPerSec'),
      },
      lagMs: Math.max(0, ...all.map(({lagMs}) => lagMs)),
      spark: [],
    },
    processes: all,
    workers: {count: 2, busy: 0.71},
    self: {cpu: 0.96, rssBytes: 168_000_000},
    allEnded: all.every(({state}) => hasEnded(state)),
    ...views,
  };
};

const pageOf = (processes: readonly FakeProcess[], query: PageQuery): Page => {
  const process = processes[query.process];
  const lines = process?.lines ?? [];
  switch (query.kind) {
    case 'groups':
      return {kind: 'groups', groups: process?.snapshot.groups ?? []};
    case 'line':
      return {kind: 'line', detail: detailOf(lines.find(({key}) => compareKeys(key, query.key) === 0))};
    case 'lines-before': {
      const older =
        query.before === 'end' ? lines : lines.filter(({key}) => compareKeys(key, query.before as LineKey) < 0);
      return window(lines, older.slice(-query.count));
    }
    case 'lines-after': {
      const newer =
        query.after === 'start' ? lines : lines.filter(({key}) => compareKeys(key, query.after as LineKey) > 0);
      return window(lines, newer.slice(0, query.count));
    }
  }
};

const window = (all: readonly DisplayLine[], lines: readonly DisplayLine[]): Page => ({
  kind: 'lines',
  lines,
  atStart: lines.length === 0 || lines[0] === all[0],
  atEnd: lines.length === 0 || lines.at(-1) === all.at(-1),
});

const detailOf = (line: DisplayLine | undefined): Extract<Page, {kind: 'line'}>['detail'] => {
  if (line === undefined) return null;
  const value = {time: line.atMs, level: line.level, msg: line.message, ...Object.fromEntries(line.fields)};
  const record = line.kind === 'record';
  return {
    line,
    text: record ? JSON.stringify(value) : line.message,
    pretty: record ? JSON.stringify(value, null, 2) : null,
    message: line.kind === 'failure' ? 'Unexpected token at position 0' : '',
  };
};
