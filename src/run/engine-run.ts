import {systemClock} from '../engine/clock.ts';
import type {EngineOptions} from '../engine/engine-options.ts';
import {Engine} from '../engine/engine.ts';
import {checkParsers, startPools, stopPools, type Pools} from '../engine/pools.ts';
import {startGuard, type RunningGuard} from '../guard/guard.ts';
import type {ColorDepth} from '../model/color.ts';
import type {RunConfig} from '../model/config.ts';
import {emitOf} from '../plain/emit.ts';
import {maskSecrets} from '../text/mask.ts';
import type {Mode} from './mode.ts';
import {areFilesScarce, readLimits} from './scarce-files.ts';

/** An engine with its threads and its guard, not started yet. */
export type EngineRun = {
  readonly engine: Engine;
  /** Ends threads and guard, once the engine has finished. */
  readonly close: () => Promise<void>;
};

export type EngineRunOptions = Pick<EngineOptions, 'sink' | 'endWhenDone' | 'onState' | 'onNotice'> & {
  readonly config: RunConfig;
  readonly mode: Mode;
  /** The caller's environment, from before anything of ours touched it. */
  readonly env: NodeJS.ProcessEnv;
  readonly depth: ColorDepth;
  /** Something is wrong with what guards the run, or with what makes it fast. */
  readonly onTrouble: (text: string) => void;
};

/** A thread's start and a module's loading take longer than a line may. */
const LOAD_MS = 15_000;

const NO_SCANNER =
  'no WebAssembly with SIMD here, or no address space for its memory: lines are judged by JSON.parse, several times ' +
  'slower; --scanner js asks for that';

/** Makes ready what a run needs: the guard before any child, threads, parsers that were tried. */
export const openEngineRun = async (options: EngineRunOptions): Promise<EngineRun | {readonly problem: string}> => {
  const {config, mode, env, depth} = options;
  const pools = startPools(config);
  if (pools.slots === null && config.scanner === 'wasm') options.onTrouble(NO_SCANNER);
  const [guard, problem] = await Promise.all([
    startGuard({
      processes: config.processes.length,
      watchdog: env['KEEPUP_NO_WATCHDOG'] !== '1',
      cgroup: env['KEEPUP_NO_CGROUP'] !== '1',
      onTrouble: options.onTrouble,
    }),
    checkParsers({...config, parseTimeoutMs: config.parseTimeoutMs + LOAD_MS}, pools),
    // Children must not take the last file descriptors before threads had theirs; otherwise nobody need wait.
    areFilesScarce(config.processes.length, readLimits()) ? pools.builtin.ready : undefined,
  ]);
  if (problem !== null) {
    await closeAll(pools, guard);
    return {problem: `--format ${problem}`};
  }
  const engine = new Engine({
    config,
    pools,
    guard,
    clock: systemClock(),
    random: Math.random,
    env,
    cwd: process.cwd(),
    mask: maskSecrets,
    emitOf: emitOf(mode, config.processes, depth, config.ansi),
    sink: options.sink,
    endWhenDone: options.endWhenDone,
    onState: options.onState,
    onNotice: options.onNotice,
    strict: env['KEEPUP_CHECK'] === '1',
  });
  // Until a view says what it shows, nothing need be made displayable.
  engine.show(0);
  return {engine, close: () => closeAll(pools, guard)};
};

const closeAll = async (pools: Pools, guard: RunningGuard): Promise<void> => {
  await Promise.all([stopPools(pools), guard.stop()]);
};
