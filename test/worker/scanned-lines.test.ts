import fc from 'fast-check';
import {describe, expect, test, vi} from 'vitest';
import {MAX_GROUPS, type Tally} from '../../src/model/tally.ts';
import type {ParseTask} from '../../src/model/task.ts';
import {parseBatch} from '../../src/worker/parse-batch.ts';
import {BatchSlots} from '../../src/worker/batch-slots.ts';
import {hostileLines} from '../support/hostile-lines.ts';
import {parseTask} from '../support/parse-task.ts';
import {loadScannedLines} from '../support/scanned-lines.ts';
import {SHAPE_WORDS} from '../support/shape-words.ts';

const scanned = loadScannedLines();

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
const anyContent = fc.array(fc.tuple(line, newline), {maxLength: 60}).map(rows => rows.flat().join(''));

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
      fc.property(anyContent, options, fc.constantFrom('', '{"a":1', '\r'), (whole, place, rest) => {
        const task = parseTask(whole + rest, place);
        const expected = parseBatch(task, null);
        expect(parseBatch(task, scanned)).toEqual(expected);
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
        expect(parseBatch(task, scanned)).toEqual(parseBatch(task, null));
      }
    }
  });

  test('where it is too large for the scanner', () => {
    const slots = BatchSlots.reserve({batchBytes: 100, slotCount: 1, threads: 1})!;
    const task = parseTask(`${LINES.join('\n')}\n`, {tailLines: 2});
    expect(parseBatch(task, loadScannedLines(slots.memory))).toEqual(parseBatch(task));
  });

  test('where it lies in the memory that all threads share', () => {
    const slots = BatchSlots.reserve({batchBytes: 4000, slotCount: 3, threads: 1})!;
    const lines = loadScannedLines(slots.memory);
    const content = Buffer.from(`${LINES.join('\n')}\n`);
    for (const slot of [slots.take(3000)!, slots.take(4000)!, slots.take(3500)!]) {
      slot.fill(0x7b);
      slot.set(content, 7);
      const bytes = slot.subarray(7, 7 + content.length);
      const task = parseTask(bytes, {tailLines: 2, shared: {at: bytes.byteOffset, length: bytes.length}});
      expect(parseBatch(task, lines)).toEqual(parseBatch(task));
      expect(parseBatch({...task, shared: null}, lines)).toEqual(parseBatch(task));
    }
  });

  test('with more shapes of errors than are kept', () => {
    const rows = Array.from({length: 900}, (_, index) => [`{"level":"error","msg":"${word(index)}"}`, word(index)]).flat();
    const task = parseTask(`${rows.join('\n')}\n`, {tailLines: 1});
    const [with_, without] = [parseBatch(task, scanned), parseBatch(task)].map(({tally}) => tally);
    expect({...with_, groups: null}).toEqual({...without, groups: null});
    for (const kind of ['error', 'invalid-json']) expect(linesOf(with_!, kind)).toBe(900);
    expect(with_!.groups.size).toBeLessThanOrEqual(MAX_GROUPS + 2);
  });

  test('of texts whose shapes are nearly the same', () => {
    const text = fc.array(fc.constantFrom(...SHAPE_WORDS), {maxLength: 30}).map(words => words.join(''));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.nat(9)), {minLength: 1, maxLength: 20}), rows => {
        const texts = rows.flatMap(([shape, digit]) => [shape, shape.replaceAll(/[1-9]/g, String(digit)), shape.replaceAll(/\d/g, String(digit)), shape.replaceAll('key', "it's"), `${shape}"`]);
        const lines = texts.flatMap(one => [one, `{"level":"error","msg":${JSON.stringify(one)}}`, `{"level":60,"message":"${one}"}`, `{"a":"${one}`]);
        const task = parseTask(`${lines.join('\n')}\n`, {tailLines: 1});
        expect(parseBatch(task, scanned)).toEqual(parseBatch(task, null));
      }),
      {numRuns: 1500},
    );
  });

  test('of lines that hostile programs print', () => {
    const lines = [...hostileLines(3000, 11, {longEvery: 400})];
    for (let from = 0; from < lines.length; from += 100) {
      const task = parseTask(Buffer.concat(lines.slice(from, from + 100).flatMap(one => [one, Buffer.from('\n')])), {tailLines: 1});
      expect(parseBatch(task, scanned)).toEqual(parseBatch(task, null));
    }
  });

  test('with more shapes in all than the scanner remembers', () => {
    for (let from = 0; from < 66_000; from += 200) {
      const rows = Array.from({length: 200}, (_, index) => `{"level":"error","msg":"${word(from + index)}"}`);
      const task = parseTask(`${[...rows, ...rows.slice(0, 50)].join('\n')}\n`, {tailLines: 1});
      const result = parseBatch(task, scanned);
      if (from % 11_000 < 400 || from > 65_000) expect(result).toEqual(parseBatch(task, null));
      expect(linesOf(result.tally, 'error')).toBe(250);
    }
  });

  test('and is grouped the same where levels are written in more ways than the scanner remembers', () => {
    for (let round = 0; round < 3; round++) {
      const rows = Array.from({length: 150}, (_, index) => `{"level":"x${round}-${index}"}\n{"level":"error","msg":"a"}\nbad ${index}`);
      const task = parseTask(`${rows.join('\n')}\n`, {tailLines: 1});
      expect(parseBatch(task, scanned)).toEqual(parseBatch(task, null));
    }
  });

  test('one after the other, although all share the scanner', () => {
    const tasks = [40, 3, 4000, 0, 17].map(rows =>
      parseTask(Array.from({length: rows}, (_, index) => `${LINES[index % LINES.length]}\n`).join(''), {tailLines: 1}),
    );
    const results = tasks.map(task => parseBatch(task, scanned));
    expect(results).toEqual(tasks.map(task => parseBatch(task, null)));
  });
});

describe('the scanner spares the parser', () => {
  const valid = '{"level":30}\n{"level":"warn"}\n\n{}\n{"level":50,"msg":"a"}\nbad\n[1]\n'.repeat(50);

  test('all that is not shown: records, errors and failures, but for one line of each group', () => {
    expect(parsedOver(valid)).toBeGreaterThan(0);
    // Each way of writing a level was asked for before; two are shown, and of the groups one is an array.
    expect(parsedOver(valid)).toBeLessThanOrEqual(2 + 1);
  });

  test.each<[string, string | Uint8Array, Partial<ParseTask>]>([
    ['a byte order mark', `\ufeff${valid}`, {}],
    ['what is no UTF-8', Buffer.from(`${valid}\xff\n`, 'latin1'), {}],
    ['more lines than are counted', valid, {lines: 90}],
  ])('with %s, too', (_what, content, options) => {
    expect(parsedOver(content, options)).toBeLessThanOrEqual(2 + 2);
  });

  test.each<[string, string, Partial<ParseTask>]>([
    ['what is written to a sink', valid, {emit: {kind: 'plain', prefix: '', color: false, ansi: 'none'}}],
    ['samples', valid, {sampleEvery: 2}],
    ['lines with a middle missing', valid, {discarded: [{at: 0, discarded: 5}]}],
    ['what is shown in full', valid, {tailLines: 1000}],
  ])('not of %s', (_what, content, options) => {
    expect(parsedOver(content, options)).toBeGreaterThan(50);
  });
});

/** How many texts are parsed as JSON over a batch. */
const parsedOver = (content: string | Uint8Array, options: Partial<ParseTask> = {}): number => {
  const parse = vi.spyOn(JSON, 'parse');
  try {
    parseBatch(parseTask(content, {tailLines: 2, ...options}), scanned);
    return parse.mock.calls.length;
  } finally {
    parse.mockRestore();
  }
};

/** Lines counted under groups of a kind. */
const linesOf = (tally: Tally, kind: string): number =>
  [...tally.groups.values()].reduce((sum, group) => sum + (group.kind === kind ? group.count : 0), 0);

/** Letters alone, so that no template masks them. */
const word = (index: number): string => index.toString(2).replaceAll('0', 'a').replaceAll('1', 'b');
