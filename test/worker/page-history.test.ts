import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {compareKeys} from '../../src/model/display-line.ts';
import type {HistoryPiece, PageTask} from '../../src/model/task.ts';
import {Journal} from '../../src/worker/journal.ts';
import {pageHistory} from '../../src/worker/page-history.ts';
import {parseCustom} from '../../src/worker/parse-custom.ts';
import {batchBytes, parseTask} from '../support/parse-task.ts';

type PieceOptions = Partial<HistoryPiece>;

const piece = (content: string, options: PieceOptions = {}): HistoryPiece => ({
  ...batchBytes(content),
  stream: 'stdout',
  verdicts: null,
  ...options,
});

const page = (pieces: readonly HistoryPiece[], options: Partial<PageTask> = {}) =>
  pageHistory({
    kind: 'page',
    format: {kind: 'json'},
    maxLineBytes: 100,
    sampleEvery: 1,
    pieces,
    after: null,
    before: null,
    count: 500,
    keep: 'last',
    detailOf: null,
    ansi: false,
    ...options,
  });

const messages = (...args: Parameters<typeof page>): string[] => page(...args).lines.map(({message}) => message);

const numbered = (from: number, count: number): string =>
  Array.from({length: count}, (_, index) => `{"msg":"${from + index}"}\n`).join('');

describe('a window', () => {
  const pieces = [piece(numbered(1, 4)), piece(numbered(5, 3), {ordinal: 5, firstLine: 5, firstOffset: 48})];

  test.each<[string, Partial<PageTask>, string[], boolean]>([
    ['everything', {}, ['1', '2', '3', '4', '5', '6', '7'], false],
    ['the newest', {count: 2}, ['6', '7'], true],
    ['the oldest', {count: 2, keep: 'first'}, ['1', '2'], true],
    ['as many as there are', {count: 7}, ['1', '2', '3', '4', '5', '6', '7'], false],
    ['before a line', {before: [5, 0], count: 2}, ['3', '4'], true],
    ['before a line, and tells that one more is there', {before: [3, 0], count: 1}, ['2'], true],
    ['before a line of stderr', {before: [3, 1], count: 2}, ['2', '3'], true],
    ['before a line, up to the first', {before: [3, 0], count: 5}, ['1', '2'], false],
    ['after a line', {after: [4, 0], count: 2, keep: 'first'}, ['5', '6'], true],
    ['after a line of stderr', {after: [4, 2], keep: 'first'}, ['5', '6', '7'], false],
    ['between two lines', {after: [2, 0], before: [6, 0]}, ['3', '4', '5'], false],
    ['before the first', {before: [1, 0]}, [], false],
    ['after the last', {after: [7, 0]}, [], false],
  ])('holds %s', (_title, options, expected, more) => {
    expect(page(pieces, options)).toMatchObject({lines: expected.map(message => ({message})), more, detail: null});
  });

  test('gives lines the keys and numbers that they had', () => {
    const {lines} = page(pieces, {count: 1});
    expect(lines).toMatchObject([{key: [7, 0], line: 7, generation: 1, kind: 'record'}]);
  });
});

describe('stderr', () => {
  const pieces = [
    piece('{"msg":"1"}\n{"msg":"2"}\n{"msg":"3"}\n'),
    piece('e1\ne2\n', {stream: 'stderr', ordinal: 1, sub: 1}),
    piece('e3\n', {stream: 'stderr', ordinal: 2, sub: 3}),
  ];

  test('stands between the lines of stdout where it arrived', () => {
    expect(messages(pieces)).toEqual(['1', 'e1', 'e2', '2', 'e3', '3']);
    expect(page(pieces).lines[1]).toMatchObject({kind: 'stderr', key: [1, 1]});
  });

  test('counts into windows like any line', () => {
    expect(messages(pieces, {before: [2, 3], count: 3})).toEqual(['e1', 'e2', '2']);
    expect(messages(pieces, {after: [1, 1], count: 2, keep: 'first'})).toEqual(['e2', '2']);
  });
});

describe('a custom format', () => {
  const format = {kind: 'module', path: './p.ts', url: 'file:///p.ts'} as const;
  const content = 'one\n\ntwo\nthree\n';

  const judged = async (): Promise<HistoryPiece> => {
    const task = parseTask(content, {format, journal: Journal.allocate()});
    const {verdicts} = await parseCustom(
      task,
      line => (line === 'two' ? null : {msg: `<${line}>`}),
      () => 0,
    );
    return piece(content, {verdicts});
  };

  test('shows the answers that were given, and asks nobody again', async () => {
    const {lines} = page([await judged()], {format});
    expect(lines.map(({kind, failure, message}) => [kind, failure, message])).toEqual([
      ['record', null, '<one>'],
      ['blank', null, ''],
      ['failure', 'no-match', 'two'],
      ['record', null, '<three>'],
    ]);
  });

  test('keeps answer and line together in any window', async () => {
    expect(messages([await judged()], {format, count: 1})).toEqual(['<three>']);
    expect(messages([await judged()], {format, after: [3, 0], count: 1, keep: 'first'})).toEqual(['<three>']);
    expect(messages([await judged()], {format, before: [4, 0], count: 1})).toEqual(['two']);
  });

  test('tells in detail what the parser made of a line', async () => {
    const {detail} = page([await judged()], {format, detailOf: [4, 0], after: [4, -0.5], before: [4, 0.5]});
    expect(detail).toMatchObject({text: 'three', pretty: '{\n  "msg": "<three>"\n}', message: ''});
  });
});

describe('sampled lines', () => {
  test('that were given up do not show, wherever the window lies', () => {
    const pieces = [piece(numbered(1, 10))];
    expect(messages(pieces, {sampleEvery: 3})).toEqual(['1', '4', '7', '10']);
    expect(messages(pieces, {sampleEvery: 3, count: 2})).toEqual(['7', '10']);
    expect(messages(pieces, {sampleEvery: 3, before: [10, 0], count: 2})).toEqual(['4', '7']);
    expect(messages(pieces, {sampleEvery: 3, after: [1, 0], count: 1, keep: 'first'})).toEqual(['4']);
  });
});

const detailOf = (content: string, ordinal: number, options: Partial<PageTask> & {piece?: PieceOptions} = {}) =>
  page([piece(content, options.piece)], {
    ...options,
    detailOf: [ordinal, 0],
    after: [ordinal, -0.5],
    before: [ordinal, 0.5],
    count: 1,
    keep: 'first',
  }).detail;

describe('one line in detail', () => {
  test('is whole, as it came and pretty, its numbers true', () => {
    const line = '{"id":12345678901234567890,"x":1.10,"in":{"a":[1,{}]}}';
    expect(detailOf(`{}\n${line}\n`, 2)).toMatchObject({
      text: line,
      pretty:
        '{\n  "id": 12345678901234567890,\n  "x": 1.10,\n  "in": {\n    "a": [\n      1,\n      {}\n    ]\n  }\n}',
      message: '',
      line: {line: 2, kind: 'record'},
    });
  });

  test('says why it was refused', () => {
    expect(detailOf('bad\n', 1)).toMatchObject({text: 'bad', pretty: null, message: 'does not start as JSON does'});
  });

  test('of an over-long line is its beginning and its true length', () => {
    expect(detailOf(`${'x'.repeat(105)}\n`, 1, {piece: {discarded: [{at: 0, discarded: 400}]}})).toMatchObject({
      text: 'x'.repeat(100),
      pretty: null,
      message: '505 bytes, the limit is 100',
      line: {failure: 'oversize'},
    });
  });

  test('of a blank line, a text line and one of stderr', () => {
    expect(detailOf('  \n', 1)).toMatchObject({text: '  ', pretty: null, line: {kind: 'blank'}});
    expect(detailOf('text\n', 1, {format: {kind: 'text'}})).toMatchObject({text: 'text', line: {kind: 'record'}});
    const stderr = page([piece('oops\n', {stream: 'stderr', sub: 1})], {detailOf: [1, 1]});
    expect(stderr.detail).toMatchObject({text: 'oops', pretty: null, line: {kind: 'stderr'}});
  });

  test('is null when it is not there', () => {
    expect(detailOf('a\n', 7)).toBeNull();
  });
});

test('any window of any pieces is what one gets by looking at all lines', () => {
  const key = fc.option(fc.tuple(fc.integer({min: 0, max: 14}), fc.integer({min: 0, max: 3})), {nil: null, freq: 2});
  const sizes = fc.array(fc.integer({min: 1, max: 4}), {maxLength: 4});
  const keeps = fc.constantFrom('first', 'last' as const);
  fc.assert(
    fc.property(
      sizes,
      sizes,
      key,
      key,
      fc.integer({min: 1, max: 6}),
      keeps,
      fc.integer({min: 1, max: 3}),
      (stdout, stderr, after, before, count, keep, sampleEvery) => {
        const pieces = [...stdoutPieces(stdout), ...stderrPieces(stderr)];
        const all = page(pieces, {sampleEvery}).lines;
        const inside = all.filter(
          line =>
            (after === null || compareKeys(line.key, after) > 0) &&
            (before === null || compareKeys(line.key, before) < 0),
        );
        const expected = keep === 'first' ? inside.slice(0, count) : inside.slice(-count);
        const result = page(pieces, {after, before, count, keep, sampleEvery});
        expect(result.lines).toEqual(expected);
        if (inside.length <= count) expect(result.more).toBe(false);
        if (inside.length > count) expect(result.more).toBe(true);
      },
    ),
    {numRuns: 1000},
  );
});

const stdoutPieces = (sizes: readonly number[]): HistoryPiece[] =>
  sizes.map((size, index) => {
    const first = 1 + sizes.slice(0, index).reduce((sum, one) => sum + one, 0);
    return piece(numbered(first, size), {ordinal: first, firstLine: first, firstOffset: first * 100});
  });

const stderrPieces = (sizes: readonly number[]): HistoryPiece[] =>
  sizes.map((size, index) => {
    const sub = 1 + sizes.slice(0, index).reduce((sum, one) => sum + one, 0);
    return piece('e\n'.repeat(size), {stream: 'stderr', ordinal: index * 2, sub, firstLine: sub, firstOffset: sub * 2});
  });

const colouredDetail = (ansi: boolean) =>
  page([piece('\u001b[31mred\u001b[2J\n')], {format: {kind: 'text'}, detailOf: [1, 0], ansi}).detail;

test('a line in full has the colours it was printed with only where they are wanted', () => {
  expect(colouredDetail(false)).toMatchObject({text: 'red\u001b[2J', line: {message: 'red\u001b[2J'}});
  expect(colouredDetail(true)).toMatchObject({text: '\u001b[31mred\u001b[2J', line: {message: '\u001b[0;31mred\u001b[2J\u001b[0m'}});
});
