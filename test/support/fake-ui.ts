// Runs the built UI on a scripted monitor, for pty tests and for looking at it:
// node test/support/fake-ui.ts five|states|<n>|<name>+<name>… [crash|attached|unguarded]
// With FAKE_UI_LOG it tells a file how it fares.
import {appendFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import {startTerminalGuard} from '../../src/guard/terminal-guard.ts';
import {NO_TERMINAL_GUARD} from '../../src/model/terminal-guard.ts';
import type {startUi as startUiType} from '../../src/ui/start.tsx';
import {createFakeMonitor} from './fake-monitor.ts';
import {scriptsNamed} from './fake-scripts.ts';

/** Node reads no JSX: this one module is taken as it was built. */
const BUILT_UI = new URL('../../dist/start.js', import.meta.url);

const TICK_MS = 100;
/** Writing goes on so long after the end, where the terminal takes it. */
const EXIT_MS = 500;
const log = process.env['FAKE_UI_LOG'];
const note = (text: string): void => {
  if (log !== undefined) appendFileSync(log, `${text}\n`);
};
const [set = 'five', accident] = process.argv.slice(2);

process.stdout.write(`pid ${process.pid}\n`);
const {startUi} = (await import(BUILT_UI.href)) as {startUi: typeof startUiType};

const monitor = createFakeMonitor(scriptsNamed(set), Date.now());
if (accident === 'attached') monitor.patchRun({attachName: 'demo', detachable: true, views: 2});
const guard =
  accident === 'unguarded' ? NO_TERMINAL_GUARD : await startTerminalGuard({fd: process.stdout.fd, env: process.env});
guard.say(['the screen died; the run goes on']);
const ui = startUi({
  monitor,
  stdin: process.stdin,
  stdout: process.stdout,
  env: process.env,
  nowMs: () => performance.now(),
  guard,
  detach: () => void end('detached'),
  maxBytesPerSec: null,
});
let longestGapMs = 0;
let tickedAtMs = performance.now();
let ticks = 0;

const tick = (): void => {
  const nowMs = performance.now();
  longestGapMs = Math.max(longestGapMs, nowMs - tickedAtMs);
  tickedAtMs = nowMs;
  ticks += 1;
  monitor.advance(TICK_MS);
  if (accident === 'crash' && ticks >= 5) monitor.patch(0, {tail: undefined as never});
  note(`tick ${ticks} queued ${process.stdout.writableLength} commands ${monitor.commands.length}`);
  const quits = monitor.commands.filter(({kind}) => kind === 'quit').length;
  if (quits > 1 || (quits === 1 && monitor.snapshot().allEnded)) void end('quit');
};

const end = async (why: string): Promise<void> => {
  clearInterval(timer);
  const endsAtMs = performance.now();
  await ui.close();
  guard.bye();
  note(`${why}, closed within ${Math.round(performance.now() - endsAtMs)} ms`);
  setTimeout(() => process.exit(), EXIT_MS).unref();
  if (why !== 'gone') process.stdout.write(`after the screen: ${why}, longest gap ${Math.round(longestGapMs)} ms\n`);
};

const timer = setInterval(tick, TICK_MS);
// What a hang-up does to the run is not the UI's business: here it does nothing.
process.on('SIGHUP', () => note('SIGHUP'));
void ui.gone.then(() => end('gone'));
void ui.crashed.then((error) => end(`crashed: ${error.message}`));
