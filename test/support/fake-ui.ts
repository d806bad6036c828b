// Runs the built UI on a scripted monitor, for pty tests and for looking at it:
// node test/support/fake-ui.ts five|states|<n> [--crash]
import {performance} from 'node:perf_hooks';
import type {startUi as startUiType} from '../../src/ui/start.tsx';
import {createFakeMonitor} from './fake-monitor.ts';
import {scriptsNamed} from './fake-scripts.ts';

type Ui = {readonly startUi: typeof startUiType};

const TICK_MS = 100;

process.env['NODE_ENV'] = 'production';
const {startUi} = (await import(new URL('../../dist/ui/start.js', import.meta.url).href)) as Ui;

const monitor = createFakeMonitor(scriptsNamed(process.argv[2] ?? 'five'), Date.now());
const ui = startUi({monitor, stdin: process.stdin, stdout: process.stdout, env: process.env, nowMs: () => performance.now()});
const ticks = setInterval(() => {
  monitor.advance(TICK_MS);
  const quits = monitor.commands.filter(({kind}) => kind === 'quit').length;
  if (quits > 1 || (quits === 1 && monitor.snapshot().allEnded)) void end('quit');
}, TICK_MS);
void ui.crashed.then((error) => end(`crashed: ${error.message}`));

const end = async (why: string): Promise<void> => {
  clearInterval(ticks);
  await ui.close();
  process.stdout.write(`after the screen: ${why}\n`);
};
