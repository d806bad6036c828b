import {spawn, type ChildProcess} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {stripTypeScriptTypes} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {spawn as spawnPty} from '@lydell/node-pty';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {RESETS} from '../src/guard/terminal-script.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUNDLED = join(ROOT, `node_modules/node-${process.platform}-${process.arch}/bin/node`);

/** A launcher beside a scripted cli, and preloads that make this Node look older than it is. */
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'keepup-launcher-'));
  mkdirSync(join(dir, 'with'));
  mkdirSync(join(dir, 'without'));
  for (const place of ['with', 'without']) {
    writeFileSync(join(dir, place, 'package.json'), '{"type":"module"}');
    writeFileSync(
      join(dir, place, 'launcher.js'),
      stripTypeScriptTypes(readFileSync(join(ROOT, 'src/launcher.ts'), 'utf8')),
    );
    writeFileSync(join(dir, place, 'cli.ts'), SCRIPTED_CLI);
  }
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'with', 'node_modules'));
  for (const version of ['18.0.0', '20.20.2', '22.17.1', '22.18.0', '24.0.0']) {
    writeFileSync(
      join(dir, `${version}.cjs`),
      `Object.defineProperty(process.versions, 'node', {value: '${version}'});`,
    );
  }
  writeFileSync(join(dir, 'windows.cjs'), "Object.defineProperty(process, 'platform', {value: 'win32'});");
});
afterAll(() => rmSync(dir, {recursive: true}));

/** Does what its arguments say, one after the other. */
const SCRIPTED_CLI = `
import {readFileSync} from 'node:fs';
const acts = {
  pid: () => console.log('pid ' + process.pid),
  args: () => console.log(JSON.stringify(process.argv.slice(2))),
  node: () => console.log(process.execPath),
  flags: () => console.log(JSON.stringify(process.execArgv)),
  env: () => process.stdout.write(readFileSync('/proc/self/environ')),
  mess: () => {
    process.stdin.setRawMode(true);
    process.stdout.write('\\x1b[?1049h\\x1b[?25l\\x1b[?2004h\\x1b[?1003h\\x1b[31mup\\n');
  },
  report: () => {
    const tell = signal => {
      console.log(signal);
      if (signal === 'SIGTERM') process.exit(7);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, tell);
    console.log('ready');
  },
  wait: () => setInterval(() => {}, 1000),
};
export const main = async argv => {
  for (const act of argv) {
    const [name, value] = act.split('=');
    if (name === 'exit') process.exit(Number(value));
    else if (name === 'die') { process.kill(process.pid, value); await new Promise(() => setInterval(() => {}, 1000)); }
    else acts[name]?.();
  }
};
`;

const commandOf = (preload: string, place: 'with' | 'without', acts: readonly string[]): string[] => [
  '--require',
  join(dir, `${preload}.cjs`),
  join(dir, place, 'launcher.js'),
  ...acts,
];

type Ended = {code: number | null; signal: string | null; stdout: string; stderr: string};

const endOf = async (child: ChildProcess): Promise<Ended> => {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise(resolve => child.on('close', (code, signal) => resolve({code, signal, stdout, stderr})));
};

const run = async (preload: string, acts: readonly string[], place: 'with' | 'without' = 'with'): Promise<Ended> =>
  endOf(spawn(process.execPath, commandOf(preload, place, acts), {env: {...process.env, NODE_ENV: undefined}}));

describe('the launcher', () => {
  test.each(['22.18.0', '24.0.0'])('runs in the Node that started it when that is %s', async version => {
    const {stdout} = await run(version, ['node', 'flags'], 'without');
    expect(stdout).toBe(`${process.execPath}\n${JSON.stringify(['--require', join(dir, `${version}.cjs`)])}\n`);
  });

  test.each(['18.0.0', '20.20.2', '22.17.1'])(
    'runs in the bundled Node, with little memory, when started by %s',
    async version => {
      const {stdout} = await run(version, ['node', 'flags']);
      expect(stdout).toBe(`${BUNDLED}\n["--max-semi-space-size=2"]\n`);
    },
  );

  test('says what to do where no Node is new enough', async () => {
    const {code, stdout, stderr} = await run('20.20.2', ['node'], 'without');
    expect({code, stdout}).toEqual({code: 1, stdout: ''});
    expect(stderr).toMatch(/^keepup: needs Node 22\.18 or newer, got 20\.20\.2, .*; install a newer Node.*\n$/);
  });

  test('refuses Windows with a sentence', async () => {
    expect(await run('windows', [])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'keepup: Windows is not supported; run keepup inside WSL instead\n',
    });
  });

  test.each(['20.20.2', '24.0.0'])('under %s passes on arguments and exit codes', async version => {
    const acts = ['args', '--name=a b', '--', '', 'exit=42'];
    expect(await run(version, acts)).toMatchObject({code: 42, stdout: `${JSON.stringify(acts)}\n`, stderr: ''});
    expect(await run(version, ['exit=0'])).toMatchObject({code: 0});
  });

  test.each([
    ['SIGKILL', 137],
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGSEGV', 139],
  ])('ends with 128+n when the newer Node dies of %s', async (signal, code) => {
    expect(await run('20.20.2', [`die=${signal}`])).toMatchObject({code, signal: null});
  });

  test('passes on the environment byte for byte', async () => {
    const env = {PATH: process.env['PATH'], 'a.b': '1', EMPTY: '', 'ODD=': 'x'};
    const {stdout} = await endOf(spawn(process.execPath, commandOf('20.20.2', 'with', ['env']), {env}));
    expect(stdout.split('\0').filter(Boolean).toSorted()).toEqual(
      Object.entries(env)
        .map(([key, value]) => `${key}=${value}`)
        .toSorted(),
    );
  });

  test('passes on signals, each once, and ends as the newer Node ends', async () => {
    const child = spawn(process.execPath, commandOf('20.20.2', 'with', ['report', 'wait']));
    const ended = endOf(child);
    const signals = ['SIGINT', 'SIGHUP', 'SIGTERM'] as const;
    let next = 0;
    // The first line says that it is ready, each other that a signal has arrived.
    child.stdout.on('data', () => {
      const signal = signals[next++];
      if (signal !== undefined) child.kill(signal);
    });
    expect(await ended).toMatchObject({code: 7, stdout: 'ready\nSIGINT\nSIGHUP\nSIGTERM\n'});
  });
});

describe('the terminal', () => {
  test('is restored when the newer Node is killed', async () => {
    const script = `before=$(stty -g); "$0" "$@"; echo "code $?"; [ "$before" = "$(stty -g)" ] && echo same modes`;
    const screen = await ptyOutput([
      '/bin/sh',
      '-c',
      script,
      process.execPath,
      ...commandOf('20.20.2', 'with', ['mess', 'die=SIGKILL']),
    ]);
    const [, afterwards = ''] = screen.split('up\r\n');
    expect(screen).toContain('\u001B[?1049h');
    expect(afterwards).toContain(RESETS);
    expect(afterwards).toContain('code 137');
    expect(afterwards).toContain('same modes');
  });

  test('is left alone when all went well', async () => {
    expect(await ptyOutput([process.execPath, ...commandOf('20.20.2', 'with', ['pid', 'exit=0'])])).toMatch(
      /^pid \d+\r\n$/,
    );
  });
});

const ptyOutput = async ([file = '', ...args]: readonly string[]): Promise<string> => {
  let output = '';
  const pty = spawnPty(file, args, {cols: 80, rows: 24, env: process.env});
  pty.onData(data => (output += data));
  return new Promise(resolve => pty.onExit(() => setImmediate(() => resolve(output))));
};
