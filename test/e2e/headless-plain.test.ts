import {describe, expect, test} from 'vitest';
import {runKeepup, startKeepup} from '../support/run-keepup.ts';

const plain = (...args: readonly string[]) => runKeepup(['--ui', 'plain', ...args]);

/** What each process's lines say, in order; fails on a line that is not whole. */
const byProcess = (stdout: string): Map<string, string[]> => {
  const lines = new Map<string, string[]>();
  expect(stdout.endsWith('\n')).toBe(true);
  for (const line of stdout.slice(0, -1).split('\n')) {
    const [, name, text] = /^(\S+) +[│✗!] (.*)$/.exec(line) ?? [];
    if (name === undefined || text === undefined) throw new Error(`not a whole line: ${JSON.stringify(line)}`);
    const before = lines.get(name);
    if (before === undefined) lines.set(name, [text]);
    else before.push(text);
  }
  return lines;
};

const numbers = (count: number, prefix: string): string[] =>
  Array.from({length: count}, (_, index) => `${prefix}-${index + 1}`);

describe('lines of several children at full speed', () => {
  const names = ['a', 'bb', 'ccc', 'dddd'];

  test.each([
    ['auto', 100_000],
    ['json', 20_000],
  ])('arrive whole, once and in order, with format %s', async (format, count) => {
    const floods = names.map(name => `seq 1 ${count} | sed 's/^/${name}-/'`);
    const {code, stdout} = await plain('-f', format, '-n', names.join(), ...floods);
    const lines = byProcess(stdout);
    expect(code).toBe(0);
    expect([...lines.keys()].toSorted()).toEqual(names);
    // A comparison of 400,000 strings at once would be shown whole when it fails.
    for (const name of names) {
      const want = numbers(count, name);
      const got = lines.get(name)!;
      expect(got).toHaveLength(want.length);
      expect(got.findIndex((line, index) => line !== want[index])).toBe(-1);
    }
  });
});

describe('a line', () => {
  test('has its name, its mark, and odd characters made visible', async () => {
    const {stdout} = await plain(
      '-f',
      'json',
      '-n',
      'web,日本',
      String.raw`printf '{"a": 1}\nbad \033[2J\n\n'`,
      'true',
    );
    expect(stdout).toBe('web  │ {"a": 1}\nweb  ✗ bad ^[[2J\nweb  │ \n');
  });

  test('has no colours of its own, with --ansi those that it was printed with, painted anew', async () => {
    const args = ['-f', 'text', '-n', 'x', String.raw`printf '\033[1;31mbad\033[39;22m \033[999m\033[Kx\n'`];
    expect((await plain(...args)).stdout).toBe('x │ bad ^[[Kx\n');
    const painted = await runKeepup(['--ui', 'plain', '--ansi', ...args], {env: {FORCE_COLOR: '1'}});
    expect(painted.stdout).toContain(' │ \u001b[1;31mbad\u001b[0m ^[[Kx\n');
    const plainAgain = await runKeepup(['--ui', 'plain', '--ansi', ...args], {env: {NO_COLOR: '1'}});
    expect(plainAgain.stdout).toBe('x │ bad ^[[Kx\n');
  });

  test('of stderr is marked, and stays whole beside a flood on stdout', async () => {
    const both = `for i in 1 2 3 4 5; do seq 1 2000; seq 1 200 | sed 's/^/err-/' >&2; done`;
    const {stdout} = await plain('-f', 'text', '-n', 'x', both);
    const lines = stdout.slice(0, -1).split('\n');
    expect(lines.filter(line => /^x │ \d+$/.test(line))).toHaveLength(10_000);
    expect(lines.filter(line => /^x ! err-\d+$/.test(line))).toHaveLength(1000);
    expect(lines).toHaveLength(11_000);
  });

  test('without its newline counts at the end, and CRLF is stripped', async () => {
    expect((await plain('-n', 'x', String.raw`printf 'a\r\nlast'`)).stdout).toBe('x │ a\nx │ last\n');
  });

  test('shows at once while auto is undecided, and once only', async () => {
    const run = startKeepup(['--ui', 'plain', '-n', 'x', 'echo first; sleep 1000']);
    await run.until(/x │ first\n/);
    run.child.kill('SIGTERM');
    expect((await run.ended).stdout).toBe('x │ first\n');
  });

  test('that auto has shown already is not shown again when it is judged', async () => {
    const {stdout, stderr} = await plain(
      '-n',
      'x',
      `echo one; sleep 0.3; echo two; sleep 0.3; echo '{"a":1}'; echo three`,
    );
    expect(stdout).toMatch(/^x │ one\nx │ two\nx │ \{"a":1\}\nx [✗│] three\n$/);
    expect(stderr).toMatch(/^x +exit 0 +1 +4 +1 +3 /m);
  });
});

describe('stderr of ours', () => {
  test('has the table, and stdout nothing of it', async () => {
    const {stdout, stderr} = await plain('-n', 'x', 'echo a');
    expect(stdout).toBe('x │ a\n');
    expect(stderr).toMatch(/^keepup \S+ {2}\d{4}-.*\n\nprocess +state +runs +lines.*\nx +exit 0 +1 +1 +1 /);
  });

  test('says when a process fails, with its name', async () => {
    const {stderr} = await plain('-n', 'a,b', 'exit 3', 'kill -9 $$');
    expect(stderr).toContain('keepup: a: exited 3\n');
    expect(stderr).toContain('keepup: b: ended by SIGKILL\n');
  });
});

test('auto is plain where there is no terminal', async () => {
  expect((await runKeepup(['-n', 'x', 'echo a'])).stdout).toBe('x │ a\n');
});
