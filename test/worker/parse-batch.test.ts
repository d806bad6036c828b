import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {MAX_DEPTH} from '../../src/model/verdict.ts';
import type {ParsedBatch, ParseTask} from '../../src/model/task.ts';
import type {Tally} from '../../src/model/tally.ts';
import {emptyTally, mergeTally} from '../../src/state/tally.ts';
import {parseBatch, parseStderr} from '../../src/worker/parse-batch.ts';
import {batchesOf, cutsArbitrary, lineCount, streamArbitrary, type Cuts} from '../support/line-streams.ts';
import {parseTask} from '../support/parse-task.ts';

type Parsed = ReturnType<typeof parseBatch>;

const MAX_LINE_BYTES = 32;

/** All batches of a stream, judged, in order. */
const judgeStream = (stream: Buffer, cuts: Cuts, options: Partial<ParseTask> = {}): Parsed[] =>
  batchesOf(stream, cuts, MAX_LINE_BYTES).map(({bytes, ...batch}) =>
    parseBatch(
      parseTask(bytes, {...batch, maxLineBytes: MAX_LINE_BYTES, ordinal: batch.firstLine, ...options, arrivedAtMs: 5}),
    ),
  );

const merged = (parsed: readonly Parsed[]): Tally =>
  parsed.reduce((sum, {tally}) => mergeTally(sum, tally), emptyTally());

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, one) => total + one, 0);

const anyFormat = fc.constantFrom({kind: 'json'} as const, {kind: 'text'} as const);
const anySampling = fc.constantFrom(1, 1, 2, 3, 7);

describe('for any bytes, cut anyhow', () => {
  test('each line is counted once', () => {
    fc.assert(
      fc.property(streamArbitrary, cutsArbitrary, anyFormat, anySampling, (stream, cuts, format, sampleEvery) => {
        const parsed = judgeStream(stream, cuts, {format, sampleEvery});
        const tally = merged(parsed);
        const lines = lineCount(stream);
        expect(tally.records + tally.failures + tally.blank + tally.dropped).toBe(lines);
        expect(tally.dropped).toBe(lines - Math.ceil(lines / sampleEvery));
        expect(sum(tally.levels)).toBe(tally.records);
        expect(sum(tally.failureKinds)).toBe(tally.failures);
        expect(parsed.reduce((total, one) => total + one.lines, 0)).toBe(lines);
      }),
      {numRuns: 400},
    );
  });

  test('the borders of chunks and batches change nothing: not tallies, not output, not lines shown', () => {
    const whole: Cuts = [[1_000_000, false]];
    const emits = fc.constantFrom(
      {kind: 'plain', prefix: 'p', color: false, ansi: 'none'} as const,
      {kind: 'json', process: 'p'} as const,
    );
    fc.assert(
      fc.property(
        streamArbitrary,
        cutsArbitrary,
        anyFormat,
        anySampling,
        emits,
        (stream, cuts, format, sampleEvery, emit) => {
          const options = {format, sampleEvery, emit};
          const one = judgeStream(stream, whole, options);
          const many = judgeStream(stream, cuts, options);
          expect(merged(many)).toEqual(merged(one));
          expect(Buffer.concat(many.map(outputOf)).toString()).toBe(Buffer.concat(one.map(outputOf)).toString());
          expect(many.flatMap(({tail}) => tail)).toEqual(one.flatMap(({tail}) => tail));
        },
      ),
      {numRuns: 400},
    );
  });

  test('stderr is shown line by line and judged never', () => {
    fc.assert(
      fc.property(streamArbitrary, cutsArbitrary, (stream, cuts) => {
        const batches = batchesOf(stream, cuts, MAX_LINE_BYTES);
        const parsed = batches.map(({bytes, ...batch}) =>
          parseStderr(parseTask(bytes, {...batch, stream: 'stderr', tailLines: 1000})),
        );
        expect(parsed.flatMap(({tail}) => tail)).toHaveLength(lineCount(stream));
        expect(merged(parsed)).toEqual(emptyTally());
      }),
    );
  });
});

const outputOf = ({emitted}: Pick<ParsedBatch, 'emitted'>): Uint8Array => emitted ?? new Uint8Array(0);

/** A line as what it is counted as: record, blank, dropped or the kind of its failure. */
const verdicts = (content: string | Uint8Array, options: Partial<ParseTask> = {}): string[] => {
  const task = parseTask(content, options);
  const {tail} = parseBatch({...task, tailLines: 1000});
  return tail.map(({kind, failure}) => failure ?? kind);
};

describe('a JSON line', () => {
  test.each([
    ['an object', '{"a":1}', 'record'],
    ['an object among blanks', '  {"a":1}\t', 'record'],
    ['an empty object', '{}', 'record'],
    ['an array', '[1]', 'not-an-object'],
    ['a number', '1', 'not-an-object'],
    ['null', 'null', 'not-an-object'],
    ['text', 'hello', 'invalid-json'],
    ['two objects', '{}{}', 'invalid-json'],
    ['half an object', '{"a":', 'invalid-json'],
    ['an object with bytes that are no UTF-8', Buffer.from('{"a":"\xff"}', 'latin1').toString('latin1'), 'record'],
    [`nested ${MAX_DEPTH} deep`, `{"a":${'['.repeat(MAX_DEPTH - 1)}${']'.repeat(MAX_DEPTH - 1)}}`, 'record'],
    [`nested ${MAX_DEPTH + 1} deep`, `{"a":${'['.repeat(MAX_DEPTH)}${']'.repeat(MAX_DEPTH)}}`, 'too-deep'],
    ['nested 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'too-deep'],
  ])('%s', (_title, line, expected) => {
    expect(verdicts(Buffer.from(`${line}\n`, 'latin1'), {maxLineBytes: 1_000_000})).toEqual([expected]);
  });
});

describe('a line is blank', () => {
  const formats = [{kind: 'json'}, {kind: 'text'}] as const;
  test.each([
    ['empty', '\n', true],
    ['CRLF alone', '\r\n', true],
    ['all that counts as blank', ' \t\v\f\r\n', true],
    ['a byte order mark at the start', '\ufeff\n', true],
    ['a no-break space', '\u00a0\n', false],
    ['an ideographic space', '\u3000\n', false],
    ['NUL', '\0\n', false],
    ['0x08', '\b\n', false],
    ['0x0E', '\x0e\n', false],
  ])('or not, in every format: %s', (_title, line, isBlank) => {
    for (const format of formats) {
      const {tally} = parseBatch(parseTask(line, {format}));
      expect(tally.blank).toBe(isBlank ? 1 : 0);
    }
  });
});

describe('a line over the limit', () => {
  test.each([
    ['as long as the limit', 'x'.repeat(32), 'record'],
    ['as long as the limit before CRLF', `${'x'.repeat(32)}\r`, 'record'],
    ['one byte longer', 'x'.repeat(33), 'oversize'],
    ['of characters that are fewer than its bytes', 'ä'.repeat(17), 'oversize'],
    ['blank', ' '.repeat(33), 'oversize'],
  ])('%s', (_title, line, expected) => {
    expect(verdicts(`${line}\n`, {maxLineBytes: 32, format: {kind: 'text'}})).toEqual([expected]);
  });

  test('is one failure with its true length and a bounded beginning', () => {
    const task = parseTask('abc\nrest of it\n', {discarded: [{at: 4, discarded: 5_000_000}], maxLineBytes: 4});
    const {tally} = parseBatch(task);
    const group = [...tally.groups.values()].find(({kind}) => kind === 'oversize');
    expect(group?.sample).toMatchObject({text: 'rest', message: '5000010 bytes, the limit is 4', line: 2, offset: 4});
  });

  test('given up by sampling is dropped, blank or not', () => {
    const {tally} = parseBatch(
      parseTask(`1\n${'x'.repeat(33)}\n\n4\n`, {maxLineBytes: 32, sampleEvery: 4, format: {kind: 'text'}}),
    );
    expect(tally).toMatchObject({records: 1, failures: 0, blank: 0, dropped: 3});
  });
});

describe('sampling', () => {
  test('judges line 1 and every Nth after it, by the number in the stream', () => {
    const content = '8\n9\n10\n11\n12\n13\n';
    expect(
      parseBatch(parseTask(content, {format: {kind: 'text'}, sampleEvery: 3, firstLine: 8})).tail.map(
        ({message}) => message,
      ),
    ).toEqual(['10', '13']);
  });

  test('fills the tail with lines that were judged', () => {
    const content = Array.from({length: 5000}, (_, index) => `${index + 1}\n`).join('');
    const {tail} = parseBatch(parseTask(content, {format: {kind: 'text'}, sampleEvery: 50}));
    expect(tail).toHaveLength(64);
    expect(tail.at(-1)!.message).toBe('4951');
  });
});

test('an answer tells how many lines and bytes it covers', () => {
  expect(parseBatch(parseTask('a\nb\n'))).toMatchObject({lines: 2, bytes: 4, verdicts: null});
  expect(parseBatch(parseTask('1\n2\n3\n', {sampleEvery: 10}))).toMatchObject({lines: 3, bytes: 6});
});

test('a custom format is refused: it has a parser of its own', () => {
  expect(() => parseBatch(parseTask('a\n', {format: {kind: 'module', path: 'x', url: 'file:///x'}}))).toThrow(
    'parse-custom',
  );
});
