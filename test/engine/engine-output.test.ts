import {readdirSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {isSpawnError, spawnChild} from '../../src/engine/child.ts';
import {closePipes, type ByteSource, type OutputPipes} from '../../src/engine/output-streams.ts';
import type {Guard} from '../../src/model/guard.ts';
import {startRig} from '../support/engine-rig.ts';
import {eventually} from '../support/eventually.ts';
import {noGuard} from '../support/no-guard.ts';
import {useGuard} from '../support/use-guard.ts';

const guard = useGuard();
const landing = new Uint8Array(65_536);
const context = {cwd: '/', env: {PATH: process.env['PATH']}};

const openFds = (): number => readdirSync('/proc/self/fd').length;
const pipesOf = async (from: Guard): Promise<OutputPipes> => ({
  stdout: await from.outputPipe(),
  stderr: await from.outputPipe(),
});

/** All that a child writes, and how it ends. */
const run = async (script: string, from: Guard) => {
  const child = await spawnChild({file: '/bin/sh', args: ['-c', script]}, context, await pipesOf(from), landing);
  if (isSpawnError(child)) throw new Error(child.errno);
  const [stdout, stderr, exit] = await Promise.all([textOf(child.stdout), textOf(child.stderr), child.exited]);
  return {stdout, stderr, exit};
};

/** All that comes, to its end. */
const textOf = async (source: ByteSource): Promise<string> => {
  const chunks: Buffer[] = [];
  source.on('data', (chunk: Buffer) => chunks.push(Buffer.from(chunk)));
  await new Promise<void>(resolve => source.once('end', resolve));
  return Buffer.concat(chunks).toString();
};

describe('output through named pipes', () => {
  test('can be opened by its name in /dev', async () => {
    const {stdout, stderr} = await run('echo a > /dev/stdout; echo b > /dev/stderr; echo c >> /dev/stdout', guard);
    expect([stdout, stderr]).toEqual(['a\nc\n', 'b\n']);
  });

  test('is read to the last byte though the child has long exited', async () => {
    const launch = {file: 'sh', args: ['-c', 'head -c 60000 /dev/zero; exit 5']};
    const child = await spawnChild(launch, context, await pipesOf(guard), landing);
    if (isSpawnError(child)) throw new Error(child.errno);
    const text = textOf(child.stdout);
    expect(await child.exited).toEqual({code: 5, signal: null});
    expect(await text).toHaveLength(60_000);
  });

  test('falls back to what Node has where there are none', async () => {
    const {stdout, stderr} = await run('echo a; echo b >&2', noGuard);
    expect([stdout, stderr]).toEqual(['a\n', 'b\n']);
  });

  test('may be one of each', async () => {
    const mixed = {stdout: await guard.outputPipe(), stderr: null};
    const child = await spawnChild({file: 'sh', args: ['-c', 'echo a; echo b >&2']}, context, mixed, landing);
    if (isSpawnError(child)) throw new Error(child.errno);
    expect(await Promise.all([textOf(child.stdout), textOf(child.stderr)])).toEqual(['a\n', 'b\n']);
  });

  test('waits while it is not read: hold is felt by the child, and nothing is lost', async () => {
    const child = await spawnChild({file: 'sh', args: ['-c', 'seq 1 200000']}, context, await pipesOf(guard), landing);
    if (isSpawnError(child)) throw new Error(child.errno);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(Buffer.from(chunk));
      child.stdout.pause();
      setImmediate(() => child.stdout.resume());
    });
    await new Promise(resolve => child.stdout.once('end', resolve));
    expect(Buffer.concat(chunks).toString().split('\n')).toHaveLength(200_001);
  });
});

describe('descriptors', () => {
  test.each([
    ['of 200 runs', '/bin/true'],
    ['of 200 spawns that fail', '/nowhere/at/all'],
    ['of 200 programs that are none', '/etc/passwd'],
  ])('%s are all closed', async (_title, file) => {
    const before = openFds();
    for (let round = 0; round < 50; round++) await Promise.all(Array.from({length: 4}, () => runToTheEnd(file)));
    await eventually(openFds, count => count <= before + 2);
  }, 120_000);

  test('of pipes that nobody wanted are closed', async () => {
    const before = openFds();
    for (let round = 0; round < 100; round++) closePipes(await pipesOf(guard));
    await eventually(openFds, count => count <= before + 2);
  });
});

const runToTheEnd = async (file: string): Promise<void> => {
  const child = await spawnChild({file, args: []}, context, await pipesOf(guard), landing);
  if (isSpawnError(child)) return;
  child.stdout.resume();
  child.stderr.destroy();
  await child.exited;
};

describe('how a child ended is told exactly', () => {
  test.each([0, 64, 128, 192])('exit codes from %i on', async first => {
    const codes = Array.from({length: 64}, (_none, index) => first + index);
    const exits = await Promise.all(codes.map(async code => (await run(`exit ${code}`, guard)).exit));
    expect(exits).toEqual(codes.map(code => ({code, signal: null})));
  });

  test('signals that end', async () => {
    const names = [
      'HUP', 'INT', 'QUIT', 'ILL', 'TRAP', 'ABRT', 'BUS', 'FPE', 'KILL', 'USR1', 'SEGV', 'USR2', 'PIPE', 'ALRM', 'TERM',
      'STKFLT', 'XCPU', 'XFSZ', 'VTALRM', 'PROF', 'IO', 'PWR', 'SYS',
    ];
    const ends = names.map(async (_name, index) => {
      const number = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 24, 25, 26, 27, 29, 30, 31][index];
      return (await run(`ulimit -c 0; kill -${number} $$; sleep 1000`, guard)).exit;
    });
    expect(await Promise.all(ends)).toEqual(names.map(name => ({code: null, signal: `SIG${name}`})));
  });
});

test('a failed start that quotes its command hides secrets', async () => {
  const rig = startRig(['./hunter2/x --flag'], {engine: {mask: text => text.replaceAll('hunter2', '***')}});
  const {state} = await rig.process('its failure', process => process.state.kind === 'failed-to-start');
  expect(JSON.stringify(state)).not.toContain('hunter2');
});
