import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import type {Duplex} from 'node:stream';
import {fileURLToPath} from 'node:url';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {attachMonitor, type WireMonitor} from '../../src/wire/client.ts';
import {Connection} from '../../src/wire/connection.ts';
import {MAX_FRAME_TO_CLIENT} from '../../src/wire/protocol.ts';
import {until} from '../support/wire-rig.ts';

/** Processes start when a busy machine lets them. */
vi.setConfig({testTimeout: 120_000});
const PATIENT_MS = 60_000;
const SCRIPT = fileURLToPath(new URL('../support/engine-child.ts', import.meta.url));
/** Larger than what an engine reads of a client later. */
const start = {kind: 'start', env: 'x'.repeat(200_000)};

/** An engine in a process of its own, and the view of it over the pair that it has inherited. */
const startEngine = async (): Promise<{child: ChildProcess; pair: Duplex; view: WireMonitor}> => {
  const child = spawn(process.execPath, [SCRIPT], {stdio: ['ignore', 'pipe', 'inherit', 'pipe']});
  onTestFinished(() => void child.kill('SIGKILL'));
  const pair = child.stdio[3] as Duplex;
  const connection = new Connection(pair, MAX_FRAME_TO_CLIENT);
  connection.send(start);
  return {child, pair, view: await attachMonitor(connection, PATIENT_MS)};
};

describe('engine and view in two processes', () => {
  test('are joined by what is started, followed by all that changes, and ended', async () => {
    const {child, view} = await startEngine();
    expect(view.run.pid).toBe(child.pid);
    expect(await view.control({kind: 'status'})).toEqual({ok: true, value: start});
    const {linesIn} = view.snapshot().totals.ledger;
    for (let n = 0; n < 20; n++) view.dispatch({kind: 'clear', target: 0});
    await until(() => view.snapshot().totals.ledger.linesIn > linesIn + 400);
    const exit = once(child, 'exit');
    view.dispatch({kind: 'quit'});
    expect(await view.over).toMatchObject({kind: 'ended', ending: {exitCode: 3}});
    expect(await exit).toEqual([0, null]);
  });

  test('the engine’s death is a loss', async () => {
    const {child, view} = await startEngine();
    child.kill('SIGKILL');
    expect((await view.over).kind).toBe('lost');
    await expect(view.page({kind: 'groups', process: 0})).rejects.toThrow('the view is closed');
  });

  test.each([
    ['a goodbye', 'detach', (view: WireMonitor) => void view.leave('detach')],
    ['a hang-up', 'lost', (_view: WireMonitor, pair: Duplex) => void pair.destroy()],
  ] as const)('the engine hears of %s', async (_what, how, leave) => {
    const {child, view, pair} = await startEngine();
    const said = once(child.stdout!, 'data');
    leave(view, pair);
    expect(String((await said)[0])).toBe(`${how}\n`);
  });
});
