import {afterEach} from 'vitest';
import {systemClock} from '../../src/engine/clock.ts';
import type {EngineOptions} from '../../src/engine/engine-options.ts';
import {Engine} from '../../src/engine/engine.ts';
import {startPools, stopPools, type Pools} from '../../src/engine/pools.ts';
import type {ProcessSpec, RunConfig} from '../../src/model/config.ts';
import type {Format} from '../../src/model/format.ts';
import {ledgerGap} from '../../src/model/ledger.ts';
import type {ProcessSnapshot, Snapshot} from '../../src/model/snapshot.ts';
import {noGuard} from './no-guard.ts';

const WAIT_MS = 20_000;

export type RigOptions = Partial<Omit<RunConfig, 'processes'>> & {
  readonly format?: Format;
  readonly names?: readonly string[];
  readonly engine?: Partial<EngineOptions>;
};

/** A run in process with real children, for tests; everything is stopped after each test. */
export type Rig = {
  readonly engine: Engine;
  readonly output: () => string;
  readonly notices: string[];
  /** Resolves with the first snapshot for which the condition holds; fails with what it last saw. */
  readonly until: (what: string, holds: (snapshot: Snapshot) => boolean) => Promise<Snapshot>;
  /** The first process, once everything has ended and is judged. */
  readonly ended: () => Promise<ProcessSnapshot>;
  /** The same for one process. */
  readonly process: (what: string, holds: (process: ProcessSnapshot) => boolean, id?: number) => Promise<ProcessSnapshot>;
};

const rigs: {engine: Engine; pools: Pools}[] = [];

afterEach(async () => {
  for (const {engine, pools} of rigs.splice(0)) {
    engine.end({kind: 'quit'});
    engine.end({kind: 'quit'});
    await engine.finished;
    await stopPools(pools);
  }
});

/** Starts an engine on shell commands. Ledgers are checked in each snapshot; an imbalance fails the test. */
export const startRig = (commands: readonly string[], options: RigOptions = {}): Rig => {
  const config = configOf(commands, options);
  const pools = startPools(config);
  const chunks: Uint8Array[] = [];
  const notices: string[] = [];
  const engine = new Engine({
    config,
    pools,
    clock: systemClock(),
    random: () => 0.5,
    env: {...process.env},
    cwd: process.cwd(),
    mask: text => text,
    guard: noGuard,
    emitOf: () => null,
    sink: bytes => void chunks.push(bytes),
    endWhenDone: () => false,
    onState: () => {},
    onNotice: ({text}) => notices.push(text),
    strict: true,
    ...options.engine,
  });
  rigs.push({engine, pools});
  engine.start();
  const until: Rig['until'] = (what, holds) => waitFor(engine, what, holds);
  return {
    engine,
    notices,
    output: () => Buffer.concat(chunks).toString(),
    until,
    ended: async () => (await until('the end of all', ({allEnded}) => allEnded)).processes[0]!,
    process: async (what, holds, id = 0) => {
      const snapshot = await until(what, ({processes}) => holds(processes[id]!));
      return snapshot.processes[id]!;
    },
  };
};

/** A whole configuration with the defaults of the command line. */
export const configOf = (commands: readonly string[], options: RigOptions = {}): RunConfig => {
  const {format = {kind: 'json'}, names, engine: _engine, ...rest} = options;
  return {
    runName: 'test',
    processes: commands.map(
      (line, id): ProcessSpec => ({name: names?.[id] ?? `p${id}`, launch: {kind: 'shell', line}, instance: 1, format}),
    ),
    restart: 'never',
    forMs: null,
    workers: 2,
    parseTimeoutMs: 10_000,
    scanner: 'wasm',
    maxLineBytes: 65_536,
    historyBytes: 16 * 1024 * 1024,
    overload: {kind: 'block'},
    ui: 'none',
    maxBytesPerSec: null,
    logFile: null,
    reportFile: null,
    killTimeoutMs: 2000,
    success: {kind: 'all'},
    killOthers: 'never',
    exitWhenDone: false,
    detachable: false,
    socket: false,
    onHangup: 'stop',
    linger: false,
    leaveDaemons: false,
    ansi: false,
    ...rest,
  };
};

const waitFor = (engine: Engine, what: string, holds: (snapshot: Snapshot) => boolean): Promise<Snapshot> =>
  new Promise((resolve, reject) => {
    const check = (): void => {
      const snapshot = engine.snapshot();
      const broken = snapshot.processes.find(({ledger}) => ledgerGap(ledger) !== 0);
      if (broken !== undefined) return settle(() => reject(new Error(`ledger of ${broken.name} is off`)));
      if (holds(snapshot)) settle(() => resolve(snapshot));
    };
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      unsubscribe();
      end();
    };
    const timer = setTimeout(() => {
      const seen = JSON.stringify(engine.snapshot().processes.map(({tail: _tail, spark: _spark, ...rest}) => rest));
      settle(() => reject(new Error(`never came: ${what}; last seen: ${seen}`)));
    }, WAIT_MS);
    const unsubscribe = engine.subscribe(check);
    check();
  });
