import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ParseTask} from '../../src/model/task.ts';
import {recordLevel} from '../../src/parse/record-view.ts';
import {JsonScanner} from '../../src/scan/scanner.ts';
import {parseBatch} from '../../src/worker/parse-batch.ts';
import {parseTask} from '../support/parse-task.ts';

const scanner = JsonScanner.load(record => recordLevel(JSON.parse(record)))!;

/** A scanner that counts the batches it is given. */
const counting = (): {scanner: JsonScanner; batches: () => number} => {
  let batches = 0;
  const scan: JsonScanner['scan'] = (bytes, maxLineBytes) => {
    batches++;
    return scanner.scan(bytes, maxLineBytes);
  };
  return {scanner: {scan} as JsonScanner, batches: () => batches};
};

const LINES = [
  '{"level":30,"time":1700000000000,"msg":"request completed","ms":12}',
  '{"level":"error","msg":"no route to 10.0.0.1","code":7}',
  '{"severity":"CRITICAL","message":"disk \\"a\\" full"}',
  '{"level":"info","level":"fatal","msg":"twice"}',
  '{"\\u006cevel":"error","msg":"spelt otherwise"}',
  '{"a":{"level":"fatal"}}',
  '{"level":null}',
  '{}',
  '{"msg":"ünïcode"}',
  '{"a":1',
  '[1,2]',
  '"text"',
  'plain text 17',
  '{"a":"\u0001"}',
  '\ufeff{}',
  '',
  ' \t',
  '\v\f',
  `{"a":"${'x'.repeat(90)}"}`,
  ' '.repeat(120),
  `{"a":${'['.repeat(600)}${']'.repeat(600)}}`,
];

const line = fc.oneof({weight: 4, arbitrary: fc.constantFrom(...LINES)}, {weight: 1, arbitrary: fc.json()});
const newline = fc.constantFrom('\n', '\n', '\r\n', '\r\r\n');
const content = fc.array(fc.tuple(line, newline), {maxLength: 60}).map(rows => rows.flat().join(''));

describe('a batch comes to the same with a scanner as without', () => {
  test('whatever its lines, wherever it stands, however much of it is shown', () => {
    const options = fc.record({
      tailLines: fc.nat(12),
      maxLineBytes: fc.constantFrom(80, 100, 2000),
      firstOffset: fc.constantFrom(0, 1, 12_345),
      firstLine: fc.constantFrom(1, 7),
      generation: fc.constantFrom(1, 3),
      ordinal: fc.constantFrom(1, 99),
    });
    fc.assert(
      fc.property(content, options, fc.constantFrom('', '{"a":1', '\r'), (whole, place, rest) => {
        const task = parseTask(whole + rest, place);
        const expected = parseBatch(task, null);
        const scanned = parseBatch(task, scanner);
        expect(scanned).toEqual(expected);
        expect([...scanned.tally.groups.keys()]).toEqual([...expected.tally.groups.keys()]);
      }),
      {numRuns: 600},
    );
  });

  test('in each way that a batch can be', () => {
    const bytes = Buffer.concat([Buffer.from(LINES.join('\n')), Buffer.from('\n\xff{}\n{"a":"\xc3"}\n', 'latin1')]);
    const variants: Partial<ParseTask>[] = [
      {},
      {format: {kind: 'text'}},
      {emit: {kind: 'json', process: 'web'}},
      {emit: {kind: 'plain', prefix: 'web ', color: false, ansi: 'none'}},
      {sampleEvery: 3},
      {discarded: [{at: 0, discarded: 1000}]},
      {lines: 3},
      {lines: 1000},
    ];
    for (const variant of variants) {
      for (const part of [bytes, Buffer.from(LINES.join('\n')), Buffer.from(`\ufeff${LINES.join('\n')}`)]) {
        const task = parseTask(part, {tailLines: 2, ...variant});
        expect(parseBatch(task, scanner)).toEqual(parseBatch(task, null));
      }
    }
  });

  test('where the scanner has no memory for it', () => {
    const task = parseTask(`${LINES.join('\n')}\n`, {tailLines: 2});
    expect(parseBatch(task, {scan: () => null} as unknown as JsonScanner)).toEqual(parseBatch(task, null));
  });

  test('one after the other, although all share the scanner', () => {
    const tasks = [40, 3, 4000, 0, 17].map(rows =>
      parseTask(Array.from({length: rows}, (_, index) => `${LINES[index % LINES.length]}\n`).join(''), {tailLines: 1}),
    );
    const results = tasks.map(task => parseBatch(task, scanner));
    expect(results).toEqual(tasks.map(task => parseBatch(task, null)));
  });
});

describe('the scanner', () => {
  const valid = '{"level":30}\n'.repeat(10);

  test('is given whole batches of JSON', () => {
    const {scanner: spy, batches} = counting();
    parseBatch(parseTask(valid, {tailLines: 2}), spy);
    parseBatch(parseTask(`\ufeff${valid}`, {tailLines: 2, firstOffset: 5}), spy);
    expect(batches()).toBe(2);
  });

  test.each<[string, string | Uint8Array, Partial<ParseTask>]>([
    ['text', valid, {format: {kind: 'text'}}],
    ['what is written to a sink', valid, {emit: {kind: 'plain', prefix: '', color: false, ansi: 'none'}}],
    ['samples', valid, {sampleEvery: 2}],
    ['lines with a middle missing', valid, {discarded: [{at: 0, discarded: 5}]}],
    ['what is no UTF-8', Buffer.from(`${valid}\xff\n`, 'latin1'), {}],
    ['a byte order mark at a stream’s start', `\ufeff${valid}`, {}],
    ['what is shown in full', valid, {tailLines: 10}],
  ])('is not given %s', (_what, bytes, options) => {
    const {scanner: spy, batches} = counting();
    parseBatch(parseTask(bytes, {tailLines: 2, ...options}), spy);
    expect(batches()).toBe(0);
  });

  test('spares the parser records that are not shown and no errors', () => {
    const parse = JSON.parse;
    let parsed = 0;
    JSON.parse = (...args: Parameters<typeof JSON.parse>) => {
      parsed++;
      return parse(...args);
    };
    try {
      const rows = '{"level":30}\n{"level":"warn"}\n\n{}\n'.repeat(100);
      parseBatch(parseTask(`${rows}{"level":50}\nbad\n{}\n{}\n`, {tailLines: 2}), scanner);
    } finally {
      JSON.parse = parse;
    }
    // Two shown, one error, and each way of writing a level once at most; `bad` needs no parser.
    expect(parsed).toBeLessThanOrEqual(3 + 3);
  });
});
