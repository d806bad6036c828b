import type {DisplayLine} from '../../src/model/display-line.ts';
import type {LineDetail} from '../../src/model/page.ts';
import {SNAPSHOT_GROUPS, type ProcessSnapshot} from '../../src/model/snapshot.ts';
import type {HistoryPiece, ParseTask} from '../../src/model/task.ts';
import {newestGroup, topGroups} from '../../src/state/error-groups.ts';
import {bodyRows} from '../../src/ui/body.ts';
import type {Scene} from '../../src/ui/scene.ts';
import type {UiState} from '../../src/ui/ui-model.ts';
import {FOLLOWING} from '../../src/ui/zoom-state.ts';
import {pageHistory} from '../../src/worker/page-history.ts';
import {parseBatch, parseStderr} from '../../src/worker/parse-batch.ts';
import {batchBytes, parseTask} from './parse-task.ts';
import {processSnapshot} from './process-snapshot.ts';
import {COLOR_LOOK, monitorOf, sceneOf} from './scene.ts';

/** How lines are read: as which format, with or without colours, and up to which length. */
export type Reading = Pick<ParseTask, 'stream' | 'format' | 'ansi' | 'maxLineBytes'>;

/** A process whose newest lines and errors are those of a batch, judged by the workers' own code. */
export const processOf = (id: number, lines: readonly Uint8Array[], reading: Reading): ProcessSnapshot => {
  const task = parseTask(Buffer.concat(lines), reading);
  const {tail, tally} = reading.stream === 'stderr' ? parseStderr(task) : parseBatch(task);
  return processSnapshot({
    id,
    name: `p${id}`,
    tail,
    groups: topGroups(tally.groups, SNAPSHOT_GROUPS),
    groupCount: tally.groups.size,
    newestError: newestGroup(tally.groups),
  });
};

/** A line whole, as the inspector gets it. */
export const detailOf = (line: Uint8Array, {stream, format, ansi, maxLineBytes}: Reading): LineDetail => {
  const piece: HistoryPiece = {...batchBytes(line), ...(stream === 'stderr' ? {ordinal: 0, sub: 1} : {}), stream, verdicts: null};
  const key = stream === 'stderr' ? ([0, 1] as const) : ([1, 0] as const);
  const window = {after: null, before: null, count: 1, keep: 'first', detailOf: key} as const;
  const {detail} = pageHistory({kind: 'page', format, maxLineBytes, sampleEvery: 1, pieces: [piece], ansi, ...window});
  if (detail === null) throw new Error('history has no such line');
  return detail;
};

/** A frame's data for processes. */
export const sceneFor = (processes: readonly ProcessSnapshot[], state: Partial<UiState> = {}): Scene => {
  const scene = sceneOf(monitorOf('held'), state);
  return {...scene, look: COLOR_LOOK, live: {...scene.live, processes}};
};

/** The views that show lines: all panes, one process, moved to the right, its errors. */
export const VIEWS: readonly (readonly [name: string, state: Partial<UiState>])[] = [
  ['panes', {}],
  ['zoom', {zoom: FOLLOWING}],
  ['zoom, 300 columns to the right', {zoom: {...FOLLOWING, column: 300}}],
  ['errors', {overlay: {kind: 'errors', groups: null, selected: null}}],
];

/** The inspector open on a line. */
export const inspecting = (line: DisplayLine, detail: LineDetail): Partial<UiState> => ({
  zoom: FOLLOWING,
  overlay: {kind: 'inspector', line, detail, top: 0},
});

/** Rows of a body of 200x50. */
export const frameOf = (scene: Scene): readonly string[] => bodyRows(scene, 200, 48);

/**
 * Least time of several goes, in ms of this thread where Node can tell: others that use the machine, and a collection
 * of garbage in between, say nothing of us.
 */
export const leastMs = (act: () => unknown, goes = 5): number => {
  let least = Infinity;
  for (let go = 0; go < goes; go += 1) {
    const start = threadMs();
    act();
    least = Math.min(least, threadMs() - start);
  }
  return least;
};

const threadMs = (): number => {
  // Missing in the oldest Node that we support.
  const {threadCpuUsage} = process as {threadCpuUsage?: () => NodeJS.CpuUsage};
  if (threadCpuUsage === undefined) return performance.now();
  const {user, system} = threadCpuUsage.call(process);
  return (user + system) / 1000;
};
