// Runs the built UI on a scripted monitor, for pty tests and for looking at it:
// node test/support/fake-ui.ts five|states|<n>|<name>+<name>… [crash|stall]
import {performance} from 'node:perf_hooks';
import type {startUi as startUiType} from '../../src/ui/start.tsx';
import {createFakeMonitor} from './fake-monitor.ts';
import {scriptsNamed} from './fake-scripts.ts';

type Ui = {readonly startUi: typeof startUiType};

const TICK_MS = 100;
const [set = 'five', accident] = process.argv.slice(2);

process.env['NODE_ENV'] = 'production';
const {startUi} = (await import(new URL('../../dist/ui/start.js', import.meta.url).href)) as Ui;

const monitor = createFakeMonitor(scriptsNamed(set), Date.now());
const ui = startUi({
  monitor,
  stdin: process.stdin,
  stdout: process.stdout,
  env: process.env,
  nowMs: () => performance.now(),
});
let longestGapMs = 0;
let tickedAtMs = performance.now();
let ticks = 0;

const tick = (): void => {
  const nowMs = performance.now();
  longestGapMs = Math.max(longestGapMs, nowMs - tickedAtMs);
  tickedAtMs = nowMs;
  ticks += 1;
  if (accident === 'crash' && ticks === 5) monitor.patch(0, {tail: undefined as never});
  monitor.advance(TICK_MS);
  const quits = monitor.commands.filter(({kind}) => kind === 'quit').length;
  if (quits > 1 || (quits === 1 && monitor.snapshot().allEnded)) void end('quit');
};

const end = async (why: string): Promise<void> => {
  clearInterval(timer);
  await ui.close();
  process.stdout.write(`after the screen: ${why}, longest gap ${Math.round(longestGapMs)} ms\n`);
};

const timer = setInterval(tick, TICK_MS);
void ui.crashed.then((error) => end(`crashed: ${error.message}`));
