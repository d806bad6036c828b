import {setTimeout as pause} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {spawn, type IPty} from '@lydell/node-pty';
import {keepupCommand, SCREEN} from './measure.ts';
import {cpuTimes} from './cpu-times.ts';
import {programOf} from './pss.ts';

/** What a screen costs while eight processes print, or don't. */
export type SurfaceRow = {
  readonly what: string;
  /** Of one core, in percent: the process that paints, and the engine. */
  readonly uiCpuPercent: number;
  readonly engineCpuPercent: number;
  readonly framesPerSec: number;
  readonly bytesPerFrame: number;
  readonly bytesPerSec: number;
};

const PANES = 8;
const SETTLE_MS = 4000;
const PRINTER = fileURLToPath(new URL('../../demo/printer.ts', import.meta.url));
const FRAME = '\u001B[?2026h';

const SCENES = [
  {what: 'every line of eight panes is new in each frame', command: `node ${PRINTER} --service api --rate 500`},
  {what: 'eight panes, one line a second each', command: 'while :; do echo \'{"level":"info","msg":"tick"}\'; sleep 1; done'},
  {what: 'eight silent panes', command: 'sleep 1000'},
] as const;

/** Runs each scene for so long, one after the other, in a terminal that takes all at once. */
export const measureSurface = async (seconds: number): Promise<SurfaceRow[]> => {
  const rows: SurfaceRow[] = [];
  for (const {what, command} of SCENES) rows.push({what, ...(await measureScene(command, seconds))});
  return rows;
};

const measureScene = async (command: string, seconds: number): Promise<Omit<SurfaceRow, 'what'>> => {
  const commands = Array.from({length: PANES}, () => command);
  const env = {...process.env, COLORTERM: 'truecolor', LANG: 'C.UTF-8'};
  const pty = spawn(process.execPath, keepupCommand(['--format', 'json', ...commands]), {...SCREEN, name: 'xterm-256color', env});
  let text = '';
  pty.onData(data => (text += data));
  await pause(SETTLE_MS);
  const [ui, engine] = programOf(pty.pid) as [number, number];
  const before = [cpuTimes(ui).ownS, cpuTimes(engine).ownS] as const;
  text = '';
  await pause(seconds * 1000);
  const bytes = Buffer.byteLength(text);
  const frames = text.split(FRAME).length - 1;
  const used = [cpuTimes(ui).ownS - before[0], cpuTimes(engine).ownS - before[1]] as const;
  await end(pty);
  return {
    uiCpuPercent: (100 * used[0]) / seconds,
    engineCpuPercent: (100 * used[1]) / seconds,
    framesPerSec: frames / seconds,
    bytesPerFrame: frames === 0 ? 0 : bytes / frames,
    bytesPerSec: bytes / seconds,
  };
};

const end = (pty: IPty): Promise<void> =>
  new Promise(resolve => {
    pty.onExit(() => resolve());
    pty.kill('SIGTERM');
  });
