import {readdirSync} from 'node:fs';
import {connect} from 'node:net';
import path from 'node:path';
import type {IPty} from '@lydell/node-pty';
import {exactly, justSo, type Part} from './figures.ts';
import {attachPty, openPtyRun, pause, until, untilReady, type PtyRun} from './pty-run.ts';

const ROUNDS = 200;
const UIS = 5;
const KILL_EVERY = 10;
const STRANGER_EVERY = 20;
const flood = `yes '{"level":"info","msg":"request completed","status":200}'`;

/** Two hundred times attach and detach under flood, five screens at once, screens killed, strangers at the door. */
export const detach: Part = async (scale, say) => {
  const run = openPtyRun(['--detachable', '--run-name', 'torture', flood, flood]);
  try {
    await untilReady(run);
    const enginePid = run.enginePid();
    const [first, watching] = [watch(run.pty), Array.from({length: UIS - 1}, () => watch(attachPty(run)))];
    await until('five screens', () => [first, ...watching].every(view => view.hasPainted()), 30_000);
    run.pty.write('d');
    let [left, killed, refused] = [0, 0, 0];
    const rounds = Math.max(1, Math.round(ROUNDS * scale));
    for (let round = 1; round <= rounds; round++) {
      const view = watch(attachPty(run));
      await until(`round ${round}: a screen`, () => view.hasPainted(), 30_000);
      if (round % KILL_EVERY === 0) {
        view.pty.kill('SIGKILL');
        killed++;
      } else {
        view.pty.write('d');
        left += (await view.exited) === 0 ? 1 : 0;
      }
      if (round % STRANGER_EVERY === 0) refused += (await sayOldHello(run)) ? 1 : 0;
      if (round % 20 === 0) say(`round ${round}`);
    }
    const status = run.status();
    const views = status.views;
    run.pty.kill('SIGKILL');
    watching[0]!.pty.write('qy');
    await Promise.all(watching.map(view => view.exited));
    await until('the engine is gone', () => run.alive().length === 0, 15_000);
    const {totals} = run.readReport() as {totals: Record<string, number>};
    return [
      justSo('rounds', `${rounds} under ${(totals['meanLinesPerSec']! / 1e6).toFixed(2)} M lines/s`),
      exactly('rounds that did not leave with 0', rounds - killed - left, 0),
      exactly('clients of an old protocol refused with a sentence', refused, Math.floor(rounds / STRANGER_EVERY)),
      exactly('views at the end (the watching ones)', views, UIS - 1),
      exactly('engines that took over', run.enginePid() === 0 || run.enginePid() === enginePid ? 0 : 1, 0),
      exactly(
        'lines missing in the ledger',
        ['records', 'failures', 'blank', 'dropped', 'pending'].reduce((rest, key) => rest - totals[key]!, totals['linesIn']!),
        0,
      ),
    ];
  } finally {
    for (const pid of run.alive()) process.kill(pid, 'SIGKILL');
    run.remove();
  }
};

type View = {readonly pty: IPty; readonly hasPainted: () => boolean; readonly exited: Promise<number>};

const watch = (pty: IPty): View => {
  let seen = '';
  pty.onData(data => (seen = (seen + data).slice(-100_000)));
  const exited = new Promise<number>(resolve => pty.onExit(({exitCode}) => resolve(exitCode)));
  return {pty, exited, hasPainted: () => seen.includes('records')};
};

/** Greets as a keepup of another time would. Resolves with whether the answer was a refusal in words. */
const sayOldHello = async (run: PtyRun): Promise<boolean> => {
  const folder = path.join(run.runtimeFolder, 'keepup');
  const socketName = readdirSync(folder).find(name => name.endsWith('.sock'));
  const socket = connect(path.join(folder, socketName!));
  const hello = Buffer.from(JSON.stringify({kind: 'hello', keepup: 0, role: 'ui'}));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(hello.length);
  socket.write(Buffer.concat([length, hello]));
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
  await Promise.race([new Promise(resolve => socket.once('close', resolve)), pause(10_000)]);
  socket.destroy();
  return /"kind":"refused","sentence":"[^"]{20,}/.test(answer);
};
