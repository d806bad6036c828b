import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';

const PRINTER = fileURLToPath(new URL('../../demo/printer.ts', import.meta.url));

type Printed = {code: number | null; lines: string[]; stderr: string; chunks: number};

const print = async (...flags: string[]): Promise<Printed> => {
  const child = spawn(process.execPath, [PRINTER, ...flags], {
    env: {...process.env, KEEPUP_DEMO_STARTED_AT: undefined},
  });
  const chunks: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>(resolve => child.on('close', resolve));
  const text = Buffer.concat(chunks).toString();
  return {code, lines: text === '' ? [] : text.replace(/\n$/, '').split('\n'), stderr, chunks: chunks.length};
};

const isRecord = (line: string): boolean => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

/** The same lines without what differs from run to run. */
const timeless = (lines: readonly string[]): string[] => lines.map(line => line.replace(/"time":\d+/, '"time":0'));

describe('the printer', () => {
  test('speaks like the black box of old by default: a status, a wait, a record', async () => {
    const {code, lines} = await print('--max-wait', '0', '--count', '6');
    expect(code).toBe(0);
    expect(lines).toHaveLength(6);
    for (const [index, line] of lines.entries()) {
      if (index % 2 === 0) expect(line).toMatch(/ in process \d+ waiting 0 seconds /);
      else expect(JSON.parse(line)).toEqual({time: expect.stringMatching(/^\d{4}-.*Z$/), words: expect.any(Array)});
    }
  });

  test.each(['api', 'worker', 'billing', 'search'])('prints records of a level and a message as %s', async service => {
    const {lines} = await print('--service', service, '--rate', 'max', '--count', '200');
    expect(lines).toHaveLength(200);
    for (const line of lines) {
      expect(JSON.parse(line)).toMatchObject({
        level: expect.any(Number),
        time: expect.any(Number),
        msg: expect.any(String),
      });
    }
  });

  test('prints exactly as many lines as asked for, however fast', async () => {
    const {lines} = await print('--service', 'api', '--rate', 'max', '--count', '123457');
    expect(lines).toHaveLength(123_457);
    expect(lines.every(isRecord)).toBe(true);
  });

  test('spoils about the share of lines that was asked for', async () => {
    const {lines} = await print(
      '--service',
      'worker',
      '--rate',
      'max',
      '--count',
      '5000',
      '--bad',
      '0.1',
      '--seed',
      '1',
    );
    const bad = lines.filter(line => !isRecord(line)).length;
    expect(bad).toBeGreaterThan(400);
    expect(bad).toBeLessThan(600);
    expect(
      (await print('--service', 'worker', '--rate', 'max', '--count', '500', '--bad', '1')).lines.some(isRecord),
    ).toBe(false);
  });

  test('repeats itself with the same seed, and only then', async () => {
    const flags = ['--service', 'billing', '--rate', 'max', '--count', '50', '--bad', '0.1', '--seed'];
    const [one, again, other] = await Promise.all([print(...flags, '7'), print(...flags, '7'), print(...flags, '8')]);
    expect(timeless(again.lines)).toEqual(timeless(one.lines));
    expect(timeless(other.lines)).not.toEqual(timeless(one.lines));
  });

  test('writes torn lines in pieces that add up', async () => {
    const {lines, chunks} = await print('--service', 'billing', '--rate', 'max', '--count', '10', '--torn', '1');
    expect(lines).toHaveLength(10);
    expect(lines.every(isRecord)).toBe(true);
    expect(chunks).toBeGreaterThan(10);
  });

  test.each([
    ['after lines', ['--service', 'billing', '--rate', 'max', '--crash-after', '20'], 20],
    ['after a time', ['--service', 'billing', '--rate', '0', '--crash-after', '50ms'], 0],
  ])('fails %s with its reason on stderr', async (_, flags, count) => {
    const {code, lines, stderr} = await print(...flags, '--exit-code', '7');
    expect({code, count: lines.length}).toEqual({code: 7, count});
    expect(stderr).toMatch(/^Error: payment provider/);
  });

  test.each([[['--servce', 'x']], [['--service', 'x']], [['--rate', 'fast']], [['--bad', '2']], [['--crash-at', '3']]])(
    'refuses %j with one line',
    async flags => {
      const {code, stderr} = await print(...flags);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^printer: .+\n/);
    },
  );

  test('ends quietly when nobody reads on', async () => {
    const child = spawn('/bin/sh', ['-c', `'${process.execPath}' '${PRINTER}' --service api --rate max | head -1`]);
    let stderr = '';
    child.stdout.resume();
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    expect(await new Promise(resolve => child.on('close', resolve))).toBe(0);
    expect(stderr).toBe('');
  });
});
