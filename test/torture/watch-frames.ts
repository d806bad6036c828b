// A thread with a heap of its own, as a screen has: what else the campaign holds must not be collected in its frames.
import {parentPort, workerData} from 'node:worker_threads';
import {warmUp} from '../../src/text/warm-up.ts';
import {bodyRows} from '../../src/ui/body.ts';
import {attachMonitor} from '../../src/wire/client.ts';
import {connectRun} from '../../src/wire/find-runs.ts';
import {sceneFor, VIEWS} from '../support/frame-time.ts';

export type FrameTimes = {readonly count: number; readonly longestMs: number; readonly longestCpuMs: number};
export type WatchOptions = {readonly folder: string; readonly cols: number; readonly rows: number};

const {folder, cols, rows} = workerData as WatchOptions;
const reached = await connectRun(folder, null);
if (reached.kind !== 'connected') throw new Error(`no way to the run: ${reached.kind}`);
const monitor = await attachMonitor(reached.connection);
// As a screen that attaches does.
warmUp();
let times: FrameTimes = {count: 0, longestMs: 0, longestCpuMs: 0};
// Composes each view of each snapshot, as a second screen of the run would.
monitor.subscribe(() => {
  const {processes} = monitor.snapshot();
  for (const [, state] of VIEWS) {
    const startedAtMs = performance.now();
    const before = process.threadCpuUsage();
    bodyRows(sceneFor(processes, state), cols, rows);
    const {user, system} = process.threadCpuUsage(before);
    times = {
      count: times.count + 1,
      longestMs: Math.max(times.longestMs, performance.now() - startedAtMs),
      longestCpuMs: Math.max(times.longestCpuMs, (user + system) / 1000),
    };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort!.postMessage(times);
});
void monitor.over.then(() => parentPort!.close());
