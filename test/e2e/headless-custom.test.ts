import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {parserModule, tempFolder} from '../support/parser-module.ts';
import {runKeepup, runReported, startKeepup} from '../support/run-keepup.ts';

/** A parser that appends each line it is asked about to a file, so that none can be asked about twice unseen. */
const notingParser = (body: string, name = 'parser.mjs'): {option: string; asked: () => string[]} => {
  const file = path.join(tempFolder(), 'asked');
  const note = `appendFileSync(${JSON.stringify(file)}, line + '\\n');`;
  const {file: module} = parserModule(
    `import {appendFileSync} from 'node:fs';\nexport default async line => { ${note} ${body} };`,
    name,
  );
  return {option: `module:${module}`, asked: () => readFileSync(file, 'utf8').trim().split('\n')};
};

const numbers = (count: number): string[] => Array.from({length: count}, (_, index) => String(index + 1));

const sorted = (lines: readonly string[]): string[] => lines.toSorted((a, b) => Number(a) - Number(b));

describe('a custom parser', () => {
  test('in TypeScript, whose answers are records, and its refusals and exceptions failures of their class', async () => {
    const {file} = parserModule(
      `type Answer = {msg: string} | null;
       export default (line: string): Answer => {
         if (line === 'nothing') return null;
         if (line === 'throw') throw new RangeError('no idea');
         if (line === 'list') return [line] as unknown as Answer;
         return {msg: line.toUpperCase()};
       };`,
      'parser.ts',
    );
    const command = String.raw`printf 'a\nnothing\nthrow\n\nlist\n\377'`;
    const {code, report} = await runReported(['-f', `module:${file}`, command]);
    expect(code).toBe(0);
    expect(report.processes[0]).toMatchObject({
      format: `module:${file}`,
      linesIn: 6,
      records: 2,
      failures: 3,
      blank: 1,
      pending: 0,
      invalidUtf8: 1,
      failureKinds: {'no-match': 1, 'parser-error': 1, 'not-an-object': 1},
    });
    expect(report.totals.errorGroups.map(({template}) => template)).toContain('RangeError: no idea');
  });

  test('whose records go on as JSON, with level, message and time of their own', async () => {
    const {file} = parserModule(
      'export default line => ({level: "warn", msg: line, big: 2n ** 70n, at: new Date(0)});',
    );
    const {stdout} = await runKeepup(['--ui', 'json', '-f', `module:${file}`, 'echo hello']);
    const [record] = stdout
      .split('\n')
      .filter(line => line.includes('"kind":"record"'))
      .map(line => JSON.parse(line));
    expect(record).toMatchObject({
      level: 'warn',
      message: 'hello',
      line: 1,
      offset: 0,
      record: {level: 'warn', msg: 'hello', big: '1180591620717411303424', at: '1970-01-01T00:00:00.000Z'},
    });
  });

  test('that is slow and asynchronous is asked about each line once', async () => {
    const {option, asked} = notingParser('await new Promise(done => setTimeout(done, 20)); return {line};');
    const {report} = await runReported(['-f', option, 'seq 1 40']);
    expect(report.processes[0]).toMatchObject({linesIn: 40, records: 40, failures: 0});
    expect(sorted(asked())).toEqual(numbers(40));
  });

  test.each([
    ['in a loop', 'for (;;);'],
    ['in a promise', 'await new Promise(() => {});'],
  ])('that hangs %s costs the lines it hangs on and no other, and is asked about none twice', async (_title, hang) => {
    const {option, asked} = notingParser(`if (line === '5' || line === '17') ${hang} return {line};`);
    const {code, report} = await runReported(['--parse-timeout', '300ms', '-f', option, 'seq 1 30', 'seq 31 60']);
    expect(code).toBe(0);
    expect(report.processes).toMatchObject([
      {linesIn: 30, records: 28, failures: 2, failureKinds: {timeout: 2, lost: 0}},
      {linesIn: 30, records: 30, failures: 0},
    ]);
    expect(report.processes[0]!.errorGroups.map(({sample}) => sample)).toEqual(['17']);
    expect(sorted(asked())).toEqual(numbers(60));
  });

  test('that ends its process or its thread costs the line, not the run', async () => {
    const {option, asked} = notingParser(
      `if (line === '3') process.exit(9);
       if (line === '6') { setTimeout(() => { throw new Error('late'); }); await new Promise(() => {}); }
       return {line};`,
    );
    const {code, report} = await runReported(['-f', option, 'seq 1 9']);
    expect(code).toBe(0);
    expect(report.processes[0]).toMatchObject({records: 7, failures: 2, failureKinds: {'parser-error': 2}});
    expect(sorted(asked())).toEqual(numbers(9));
  });

  test('that prints does not get between the lines', async () => {
    const {file} = parserModule(
      'console.log("noise"); export default line => { console.log("noise"); console.error("noise"); process.stdout.write("noise"); return {line}; };',
    );
    const {stdout, stderr} = await runKeepup(['--ui', 'plain', '-n', 'x', '-f', `module:${file}`, 'seq 1 3']);
    expect(stdout).toBe('x │ 1\nx │ 2\nx │ 3\n');
    expect(stderr).not.toContain('noise');
  });

  test('that is far behind does not hold up a run that is to end: what is left is pending', async () => {
    const {option} = notingParser('await new Promise(done => setTimeout(done, 1000)); return {line};');
    const run = startKeepup(['--ui', 'plain', '--report', '-', '-n', 'x', '-f', option, 'seq 1 500; exec sleep 1000']);
    await run.until(/x │ 1\n/);
    run.child.kill('SIGTERM');
    const {code, stdout} = await run.ended;
    const report = JSON.parse(stdout.trim().split('\n').at(-1)!);
    expect(code).toBe(143);
    expect(report.processes[0].pending).toBeGreaterThan(0);
    expect(report.processes[0]).toMatchObject({linesIn: 500, records: 500 - report.processes[0].pending});
  });
});
