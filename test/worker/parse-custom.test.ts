import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ParseTask} from '../../src/model/task.ts';
import {emptyTally, mergeTally} from '../../src/state/tally.ts';
import {Journal, replay} from '../../src/worker/journal.ts';
import {parseCustom, type CustomParse} from '../../src/worker/parse-custom.ts';
import {batchesOf, cutsArbitrary, lineCount, streamArbitrary} from '../support/line-streams.ts';
import {parseTask} from '../support/parse-task.ts';

const format = {kind: 'module', path: './p.ts', url: 'file:///p.ts'} as const;

const customTask = (content: string | Uint8Array, options: Partial<ParseTask> = {}): ParseTask =>
  parseTask(content, {format, journal: Journal.allocate(), ...options});

const noTime = (): number => 0;

const parse = (content: string, parser: CustomParse, options: Partial<ParseTask> = {}) =>
  parseCustom(customTask(content, options), parser, noTime);

/** Each line as its record's first field, or the kind of its failure. */
const seen = async (content: string, parser: CustomParse, options: Partial<ParseTask> = {}) =>
  (await parse(content, parser, options)).tail.map(
    ({failure, fields, message}) => failure ?? fields[0]?.[1] ?? message,
  );

const each =
  (answers: Readonly<Record<string, () => unknown>>): CustomParse =>
  line =>
    answers[line]?.() ?? {line};

describe('an answer', () => {
  test.each<[string, () => unknown, string]>([
    ['an object', () => ({a: 1}), '1'],
    ['a promise of an object', () => Promise.resolve({a: 2}), '2'],
    ['a thenable', () => ({then: (resolve: (value: unknown) => void) => resolve({a: 3})}), '3'],
    [
      'an instance of a class',
      () =>
        new (class {
          a = 4;
          get hidden(): number {
            return 1;
          }
        })(),
      '4',
    ],
    ['an object without a prototype', () => Object.assign(Object.create(null), {a: 5}), '5'],
    ['a BigInt', () => ({a: 12_345_678_901_234_567_890n}), '12345678901234567890'],
    ['a Date', () => ({a: new Date(0)}), '1970-01-01T00:00:00.000Z'],
    [
      'a getter that throws',
      () => ({
        get a(): never {
          throw new Error('no');
        },
      }),
      'parser-error',
    ],
    ['a Map', () => Object.assign(new Map([[1, 2]]), {a: 6}), '6'],
    ['null', () => null, 'no-match'],
    ['undefined', () => undefined, 'no-match'],
    ['a promise of null', () => Promise.resolve(null), 'no-match'],
    ['an array', () => [1], 'not-an-object'],
    ['a string', () => 'text', 'not-an-object'],
    ['a function', () => () => 1, 'not-an-object'],
    [
      'an exception',
      () => {
        throw new TypeError('bad');
      },
      'parser-error',
    ],
    ['a rejection', () => Promise.reject(new Error('bad')), 'parser-error'],
    [
      'a thrown null',
      () => {
        throw null as unknown;
      },
      'parser-error',
    ],
    [
      'a then that throws',
      () => ({
        get then(): never {
          throw new Error('no');
        },
      }),
      'parser-error',
    ],
    [
      'a proxy that throws',
      () =>
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('no');
            },
          },
        ),
      'parser-error',
    ],
    [
      'a circle',
      () => {
        const a: Record<string, unknown> = {};
        a['a'] = a;
        return a;
      },
      'too-deep',
    ],
  ])('of %s', async (_title, answer, expected) => {
    const lines = await seen('x\n', () => answer());
    expect(lines).toEqual([expected]);
  });

  test('with a message of its own says what was thrown', async () => {
    const {tally} = await parse('x\n', () => {
      throw new RangeError('column 3');
    });
    expect([...tally.groups.values()]).toMatchObject([
      {kind: 'parser-error', sample: {message: 'RangeError: column 3', text: 'x'}},
    ]);
  });

  test('is shown, emitted and kept as one and the same', async () => {
    const answer = {level: 'warn', msg: 'm', at: new Date(0), big: 7n, skip: undefined};
    const result = await parse('x\n', () => answer, {emit: {kind: 'json', process: 'p'}});
    const kept = {level: 'warn', msg: 'm', at: '1970-01-01T00:00:00.000Z', big: '7'};
    expect([...replay(result.verdicts!)]).toEqual([{kind: 'record', value: kept}]);
    expect(JSON.parse(Buffer.from(result.emitted!).toString())).toMatchObject({
      level: 'warn',
      message: 'm',
      record: kept,
    });
    expect(result.tail).toMatchObject([
      {
        level: 'warn',
        message: 'm',
        fields: [
          ['at', kept.at],
          ['big', '7'],
        ],
      },
    ]);
    expect(result.tally.levels.warn).toBe(1);
  });
});

describe('a batch', () => {
  test('asks for each line once, in order, without blanks, line ends and what is too long', async () => {
    const asked: string[] = [];
    const {tally} = await parse(`a\r\n\n  \n${'x'.repeat(40)}\nb\n`, line => (asked.push(line), {line}), {
      maxLineBytes: 32,
    });
    expect(asked).toEqual(['a', 'b']);
    expect(tally).toMatchObject({records: 2, blank: 2, failures: 1});
  });

  test('may lie in shared memory', async () => {
    const bytes = new Uint8Array(new SharedArrayBuffer(6));
    bytes.set(Buffer.from('äb\nc\n'));
    const {tally, bytes: covered} = await parseCustom(customTask(bytes), line => ({line}), noTime);
    expect([tally.records, covered]).toEqual([2, 6]);
  });

  test('needs a journal', async () => {
    await expect(parseCustom(parseTask('a\n', {format}), () => null, noTime)).rejects.toThrow('journal');
  });

  test('stops behind the line that used up its time, and covers what it has done', async () => {
    let nowMs = 0;
    const slow = (line: string): object => ((nowMs += 60), {line});
    const result = await parseCustom(customTask('1\n2\n3\n4\n', {budgetMs: 100}), slow, () => nowMs);
    expect(result).toMatchObject({lines: 2, bytes: 4, tally: {records: 2}});
    expect([...replay(result.verdicts!)]).toHaveLength(2);
  });

  test('does one line even when there is no time at all', async () => {
    expect(await parse('1\n2\n', line => ({line}), {budgetMs: 0})).toMatchObject({lines: 1, tally: {records: 1}});
  });

  test('stops when its journal has no room for another answer of any size', async () => {
    const result = await parse('1\n2\n3\n4\n5\n6\n7\n8\n', () => ({text: '\u20ac'.repeat(1_000_000)}));
    expect(result.lines).toBeGreaterThan(0);
    expect(result.lines).toBeLessThan(8);
    expect(result.tally.records).toBe(result.lines);
  });

  test('counts each line once, whatever the bytes and the borders of batches', async () => {
    const parser = each({
      '{bad': () => null,
      '12': () => {
        throw new Error('twelve');
      },
    });
    await fc.assert(
      fc.asyncProperty(streamArbitrary, cutsArbitrary, async (stream, cuts) => {
        const tally = emptyTally();
        for (const {bytes, ...batch} of batchesOf(stream, cuts, 32)) {
          const result = await parseCustom(customTask(bytes, {...batch, maxLineBytes: 32}), parser, noTime);
          expect(result.lines).toBe(batch.lines);
          mergeTally(tally, result.tally);
        }
        expect(tally.records + tally.failures + tally.blank).toBe(lineCount(stream));
      }),
    );
  });
});

/** What a worker that never comes back from line `last` leaves behind: its journal. */
const leftBehind = (task: ParseTask, last: string, asked: string[]): Promise<SharedArrayBuffer> =>
  new Promise(resolve => {
    const hang = (): Promise<never> => (resolve(Journal.copy(task.journal!)), new Promise(() => {}));
    void parseCustom(task, line => (asked.push(line), line === last ? hang() : {line}), noTime);
  });

describe('after a worker that hung or died', () => {
  const recover = {failure: 'timeout', message: 'no answer within 1 ms'} as const;

  test('the line it was at fails, all before it keep their answers, and nothing is asked twice', async () => {
    const asked: string[] = [];
    const content = 'a\n\nb\nhang\nc\n';
    const journal = await leftBehind(customTask(content), 'hang', asked);
    const next: string[] = [];
    const result = await parse(content, line => (next.push(line), {line}), {journal, recover});
    expect([asked, next]).toEqual([['a', 'b', 'hang'], ['c']]);
    expect(result.tail.map(({kind, failure, fields}) => failure ?? fields[0]?.[1] ?? kind)).toEqual([
      'a',
      'blank',
      'b',
      'timeout',
      'c',
    ]);
    expect(result).toMatchObject({lines: 5, tally: {records: 3, failures: 1, blank: 1, failureKinds: {timeout: 1}}});
    expect([...replay(result.verdicts!)]).toHaveLength(4);
  });

  test('that had not begun a line, no line fails', async () => {
    const journal = Journal.allocate();
    const result = await parseCustom(
      customTask('a\n', {journal: Journal.copy(journal), recover}),
      line => ({line}),
      noTime,
    );
    expect(result.tally).toMatchObject({records: 1, failures: 0});
  });

  test('again and again, each hang costs its own line', async () => {
    const content = '1\n2\n3\n4\n';
    let journal = Journal.allocate();
    const asked: string[] = [];
    for (const last of ['1', '2', '4']) {
      journal = await leftBehind(customTask(content, {journal, recover}), last, asked);
    }
    const result = await parseCustom(
      customTask(content, {journal, recover}),
      () => {
        throw new Error('asked again');
      },
      noTime,
    );
    expect(asked).toEqual(['1', '2', '3', '4']);
    expect(result.tail.map(({failure, fields}) => failure ?? fields[0]?.[1])).toEqual([
      'timeout',
      'timeout',
      '3',
      'timeout',
    ]);
  });

  test('answers already there are taken over though the budget is used up', async () => {
    const journal = Journal.allocate();
    await parseCustom(customTask('1\n2\n3\n', {journal}), line => ({line}), noTime);
    let nowMs = 0;
    const result = await parseCustom(
      customTask('1\n2\n3\n', {journal: Journal.copy(journal), recover, budgetMs: 1}),
      () => {
        throw new Error('asked again');
      },
      () => (nowMs += 100),
    );
    expect(result).toMatchObject({lines: 3, tally: {records: 3}});
  });
});
