import {readFileSync} from 'node:fs';
import path from 'node:path';
import {isEngine, isRunning} from '../support/processes.ts';
import {openShell, type Shell, type ShellName} from '../support/shell.ts';
import {takeCensus, type Census} from './cgroups.ts';
import {exactly, justSo, type Figure, type Part} from './figures.ts';
import {pause, until} from './pty-run.ts';
import {tempFolderOf} from './temp-folder.ts';

const ROUNDS = 200;
/** Rounds with the watchdog off, which must leak. */
const CONTROL_ROUNDS = 10;
/** Nothing may be left so long after an engine was killed. */
const GONE_MS = 2000;
const STOPPED_MS = 8000;

const tree = `(setsid sleep 971 &) ; (sleep 972 &) ; i=0; while :; do i=$((i+1)); echo "{\\"n\\":$i}"; sleep 0.1; done`;
const storm = `while :; do (setsid sh -c '"'"'sleep 93 & sleep 94'"'"' &); sleep 0.03; done`;

/** What goes on when the blow falls. */
const SCENES: Readonly<Record<SceneName, {readonly args: readonly string[]; readonly options?: readonly string[]; readonly keys: string}>> = {
  idle: {args: [tree, 'sleep 975'], keys: ''},
  storm: {args: [storm, tree], keys: ''},
  restarting: {args: [`${tree.replace('while :', 'while [ $i -lt 3 ]')}; exit 1`], options: ['--restart', 'on-failure'], keys: ''},
  paused: {args: [tree, tree], keys: 'P'},
  quitting: {args: [`trap "" TERM; ${tree}`], keys: 'qy'},
};
type SceneName = 'idle' | 'storm' | 'restarting' | 'paused' | 'quitting';

const VICTIMS = ['engine', 'both', 'ui', 'detachable ui'] as const;
type Victim = (typeof VICTIMS)[number];

type Round = {readonly scene: SceneName; readonly victim: Victim; readonly shell: ShellName; readonly watchdog: boolean};
type Outcome = {readonly survivors: number; readonly isSane: boolean; readonly isAsSaid: boolean; readonly problem: string};

/** SIGKILL at random moments, of the engine, of the screen, of both. */
export const kill: Part = async (scale, say) => {
  const rounds = Math.max(VICTIMS.length * 5, Math.round(ROUNDS * scale));
  const scenes = Object.keys(SCENES) as SceneName[];
  const tally = new Map<Victim, {rounds: number; leaked: number; insane: number; untrue: number}>();
  for (let n = 0; n < rounds; n++) {
    const victim = VICTIMS[n % VICTIMS.length]!;
    const scene = scenes[Math.floor(n / VICTIMS.length) % scenes.length]!;
    const shell = n % 2 === Math.floor(n / VICTIMS.length) % 2 ? 'bash' : 'dash';
    const outcome = await play({scene, victim, shell, watchdog: true}, n);
    const counts = tally.get(victim) ?? {rounds: 0, leaked: 0, insane: 0, untrue: 0};
    counts.rounds++;
    if (outcome.survivors > 0) counts.leaked++;
    if (!outcome.isSane) counts.insane++;
    if (!outcome.isAsSaid) counts.untrue++;
    tally.set(victim, counts);
    if (outcome.problem !== '') say(`round ${n} (${scene}, ${victim}, ${shell}): ${outcome.problem}`);
    if (n % 20 === 19) say(`round ${n + 1} of ${rounds}`);
  }
  let leaks = 0;
  for (let n = 0; n < CONTROL_ROUNDS; n++) {
    const {survivors} = await play({scene: 'storm', victim: 'engine', shell: 'dash', watchdog: false}, 10_000 + n);
    if (survivors > 0) leaks++;
  }
  const figures = [...tally].flatMap(([victim, {rounds: all, leaked, insane, untrue}]): Figure[] => [
    justSo(`SIGKILL of ${victim}, rounds`, String(all)),
    exactly(`SIGKILL of ${victim}, rounds with survivors`, leaked, 0),
    exactly(`SIGKILL of ${victim}, terminals not sane`, insane, 0),
    exactly(`SIGKILL of ${victim}, not as promised`, untrue, 0),
  ]);
  return [...figures, exactly('negative control: rounds that leaked with the watchdog off', leaks, CONTROL_ROUNDS)];
};

const play = async (round: Round, n: number): Promise<Outcome> => {
  const census = takeCensus(`keepup-torture-${process.pid}-${n}`);
  const shell = await openShell(round.shell, 120, 30);
  const {folder, remove} = tempFolderOf('kill');
  try {
    return await blow(round, shell, census, folder);
  } catch (error) {
    return {survivors: census.survivors().length, isSane: false, isAsSaid: false, problem: (error as Error).message};
  } finally {
    shell.kill();
    census.end();
    remove();
  }
};

const blow = async (round: Round, shell: Shell, census: Census, folder: string): Promise<Outcome> => {
  const {scene, victim, watchdog} = round;
  census.enlist(shell.pid);
  await shell.check();
  const modes = shell.modes();
  const reportFile = path.join(folder, 'report.json');
  const words = ['--run-name', 'torture', '--kill-timeout', '2s', '--report', reportFile];
  if (victim === 'detachable ui') words.push('--detachable');
  words.push(...(SCENES[scene].options ?? []));
  const env = `XDG_RUNTIME_DIR=${folder} KEEPUP_CHECK=1${watchdog ? '' : ' KEEPUP_NO_WATCHDOG=1'}`;
  const commands = SCENES[scene].args.map(command => `'${command}'`);
  shell.type(`clear; ${env} '${process.execPath}' dist/launcher.js ${words.join(' ')} ${commands.join(' ')}`);
  await shell.waitFor(() => shell.altScreen(), 20_000);
  await pause(Math.random() * 1500);
  shell.press(SCENES[scene].keys);
  await pause(Math.random() * 300);
  const engine = census.survivors().find(isEngine);
  const ui = census.survivors().find(pid => isUi(pid));
  if (engine === undefined || ui === undefined) throw new Error(`nothing to kill: engine ${engine}, UI ${ui}`);
  if (victim !== 'engine') process.kill(ui, 'SIGKILL');
  if (victim === 'engine' || victim === 'both') process.kill(engine, 'SIGKILL');
  const isAsSaid = await hasCome(round, engine, census, reportFile);
  const survivors = victim === 'detachable ui' ? 0 : census.survivors().length;
  await shell.waitFor(() => !shell.altScreen() && !shell.cursorHidden() && shell.modes() === modes, 10_000);
  // A key that the screen did not live to read is the beginning of the shell's next line.
  shell.type('');
  await shell.atPrompt();
  await shell.check();
  const problem = survivors === 0 ? '' : `left: ${census.survivors().map(commandOf).join(' | ')}`;
  return {survivors, isSane: true, isAsSaid, problem: isAsSaid ? problem : `not as promised; ${problem}`};
};

/** Waits for what must become of the run, no longer than is promised. */
const hasCome = async ({victim, scene}: Round, engine: number, census: Census, reportFile: string): Promise<boolean> => {
  const isGone = (): boolean => census.survivors().length === 0;
  if (victim === 'engine' || victim === 'both') return comes(isGone, GONE_MS);
  if (victim === 'ui' || scene === 'quitting') return (await comes(isGone, STOPPED_MS)) && isBalanced(reportFile);
  await pause(500);
  const isOn = isRunning(engine);
  process.kill(engine, 'SIGTERM');
  return isOn && (await comes(isGone, STOPPED_MS)) && isBalanced(reportFile);
};

const comes = (holds: () => boolean, ms: number): Promise<boolean> =>
  until('', holds, ms).then(
    () => true,
    () => false,
  );

const isBalanced = (reportFile: string): boolean => {
  const {totals} = JSON.parse(readFileSync(reportFile, 'utf8')) as {totals: Record<string, number>};
  const parts = ['records', 'failures', 'blank', 'dropped', 'pending'].reduce((sum, key) => sum + totals[key]!, 0);
  return totals['linesIn'] === parts;
};

const isUi = (pid: number): boolean => commandOf(pid).includes('launcher.js');

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').slice(0, 100);
  } catch {
    return '';
  }
};
