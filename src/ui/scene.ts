import type {ProcessSnapshot, Snapshot} from '../model/snapshot.ts';
import {sinceBaseline} from './baseline.ts';
import type {Look} from './look.ts';
import type {UiState} from './ui-model.ts';

/** All that a frame is made of. */
export type Scene = {
  readonly state: UiState;
  /** The newest snapshot, also while the view is frozen. */
  readonly live: Snapshot;
  /** On the engine's clock, now. */
  readonly nowMs: number;
  readonly wallMs: number;
  readonly look: Look;
};

/**
 * A process as it is shown: frozen counters and lines where the view is frozen,
 * without what was cleared before the view froze, and always with the state
 * that it is in now, so that keys which act on it have visible effect.
 */
export const shownProcess = (scene: Scene, id: number): ProcessSnapshot | undefined => {
  const live = scene.live.processes[id];
  if (live === undefined) return undefined;
  const {frozen, cleared} = scene.state;
  const still = frozen?.processes[id];
  const process = still === undefined ? live : {...still, ...stateOf(live)};
  const baseline = cleared.get(id);
  const isLater = baseline !== undefined && frozen !== null && baseline.wallMs > frozen.wallMs;
  return baseline === undefined || isLater ? process : sinceBaseline(process, baseline);
};

/** All processes as they are shown. */
export const shownProcesses = (scene: Scene): ProcessSnapshot[] =>
  scene.live.processes.flatMap(({id}) => shownProcess(scene, id) ?? []);

/** Wall-clock ms that ages are measured from: it stands still with the view. */
export const shownWallMs = (scene: Scene): number => scene.state.frozen?.wallMs ?? scene.wallMs;

const stateOf = (
  process: ProcessSnapshot,
): Pick<ProcessSnapshot, 'state' | 'pid' | 'generation' | 'spawnedAtMs' | 'endedAtMs' | 'keptOpenBy'> => ({
  state: process.state,
  pid: process.pid,
  generation: process.generation,
  spawnedAtMs: process.spawnedAtMs,
  endedAtMs: process.endedAtMs,
  keptOpenBy: process.keptOpenBy,
});
