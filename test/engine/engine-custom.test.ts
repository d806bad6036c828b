import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {describe, expect, test} from 'vitest';
import type {Format} from '../../src/model/format.ts';
import {startRig} from '../support/engine-rig.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'keepup-custom-'));
const logFile = path.join(folder, 'asked.txt');

/** A parser module that notes each line it is asked about, so that a line parsed twice shows. */
const parser = (name: string, body: string): Format => {
  const file = path.join(folder, `${name}.ts`);
  const note = `appendFileSync(${JSON.stringify(`${logFile}.${name}`)}, line + '\\n');`;
  writeFileSync(file, `import {appendFileSync} from 'node:fs';\nexport default (line: string) => { ${note} ${body} };\n`);
  return {kind: 'module', path: `${name}.ts`, url: pathToFileURL(file).href};
};

const asked = (name: string): string[] => readFileSync(`${logFile}.${name}`, 'utf8').trim().split('\n');

describe('a custom parser', () => {
  test('makes records, refuses lines, returns the wrong thing and throws', async () => {
    const format = parser('mixed', `
      if (line === 'none') return null;
      if (line === 'array') return [1];
      if (line === 'throw') throw new Error('no idea');
      return {msg: line, level: 'warn'};`);
    const rig = startRig(['printf "a\\nnone\\narray\\nthrow\\n\\nb"'], {format});
    const process = await rig.ended();
    expect(process.ledger).toMatchObject({linesIn: 6, records: 2, failures: 3, blank: 1});
    expect(process.failureKinds).toMatchObject({'no-match': 1, 'not-an-object': 1, 'parser-error': 1});
    expect(process.levels.warn).toBe(2);
    const page = await rig.engine.page({kind: 'lines-before', process: 0, before: 'end', count: 10});
    expect(page.kind === 'lines' && page.lines.map(({failure, message}) => failure ?? message)).toEqual(
      ['a', 'no-match', 'not-an-object', 'parser-error', '', 'b'],
    );
    // Two threads may ask at the same time: the order of the notes says nothing.
    expect(asked('mixed').toSorted()).toEqual(['a', 'array', 'b', 'none', 'throw']);
  });

  test('that hangs costs the line it hangs on, and nothing is parsed twice', async () => {
    const format = parser('hang', `if (line === '7' || line === '13') for (;;); return {n: line};`);
    const rig = startRig(['seq 1 20', 'echo "{}"; sleep 60'], {format, parseTimeoutMs: 400});
    const process = await rig.process('all judged', ({ledger}) => ledger.linesIn === 20 && ledger.pending === 0);
    expect(process.ledger).toMatchObject({records: 18, failures: 2});
    expect(process.failureKinds.timeout).toBe(2);
    expect(asked('hang').filter(line => line !== '{}').toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({length: 20}, (_, index) => String(index + 1)),
    );
    expect(process.tail.map(({failure, fields}) => failure ?? fields[0]?.[1])).toEqual(
      Array.from({length: 20}, (_, index) => ([7, 13].includes(index + 1) ? 'timeout' : String(index + 1))),
    );
  });

  test('that never answers a promise, or ends its thread, costs that line', async () => {
    const format = parser('never', `
      if (line === '2') return new Promise(() => {});
      if (line === '3') process.exit(5);
      if (line === '4') { setTimeout(() => { throw new Error('late'); }, 0); return new Promise(() => {}); }
      return Promise.resolve({n: line});`);
    const rig = startRig(['seq 1 6'], {format, parseTimeoutMs: 400});
    const process = await rig.ended();
    expect(process.ledger).toMatchObject({records: 3, failures: 3});
    expect(process.failureKinds).toMatchObject({timeout: 1, 'parser-error': 2});
    expect(new Set(asked('never')).size).toBe(asked('never').length);
  });

  test('that is slow shows progress line by line, and others are not held up', async () => {
    const format = parser('slow', `const end = Date.now() + 150; while (Date.now() < end); return {n: line};`);
    const rig = startRig(['seq 1 1000; sleep 60'], {format});
    const first = await rig.process('a first record', ({ledger}) => ledger.records >= 1);
    expect(first.ledger.records).toBeLessThan(10);
    const more = await rig.process('more', ({ledger}) => ledger.records >= 8);
    expect(more.ledger).toMatchObject({linesIn: 1000, dropped: 0});
    expect(more.badge).toBe('parser behind');
  });
});
