import {describe, expect, test} from 'vitest';
import type {Emit, ParseTask} from '../../src/model/task.ts';
import {parseBatch, parseStderr} from '../../src/worker/parse-batch.ts';
import {parseTask} from '../support/parse-task.ts';

const plain = {kind: 'plain', prefix: 'web ', color: false, ansi: 'none'} as const satisfies Emit;
const json: Emit = {kind: 'json', process: 'web'};

const emitted = (content: string | Uint8Array, options: Partial<ParseTask>): string => {
  const task = parseTask(content, options);
  const {emitted: bytes} = task.stream === 'stderr' ? parseStderr(task) : parseBatch(task);
  return Buffer.from(bytes ?? []).toString();
};

const events = (content: string | Uint8Array, options: Partial<ParseTask> = {}): Record<string, unknown>[] =>
  emitted(content, {emit: json, ...options})
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line));

describe('plain output', () => {
  test('marks failures, keeps blank lines and shows records as they came', () => {
    expect(emitted('{"b": 1,  "a":2}\nbad\n\n  \n', {emit: plain})).toBe(
      'web  │ {"b": 1,  "a":2}\nweb  ✗ bad\nweb  │ \nweb  │ \n',
    );
  });

  test('marks stderr', () => {
    expect(emitted('oops\n', {emit: plain, stream: 'stderr'})).toBe('web  ! oops\n');
  });

  test('makes odd characters visible, so that each line stays one line', () => {
    const text = emitted('a\x1b[2Jb\rc\td\u202e\u2028e\x00\n', {emit: plain, format: {kind: 'text'}});
    expect(text).toBe('web  │ a^[[2Jb^Mc  d<U+202E><U+2028>e^@\n');
  });

  test('leaves colours out, or paints them anew', () => {
    const format = {kind: 'text'} as const;
    expect(emitted('\x1b[1;31mbad\x1b[0m x\n', {emit: plain, format})).toBe('web  │ bad x\n');
    expect(emitted('\x1b[1;8;31mbad\x1b[0m x\n', {emit: {...plain, ansi: '16'}, format})).toBe(
      'web  │ \x1b[1;31mbad\x1b[0m x\n',
    );
  });

  test('says of a line over the limit how long it was, on either stream', () => {
    const content = `${'x'.repeat(30)}\n`;
    expect(emitted(content, {emit: plain, maxLineBytes: 10})).toBe(
      `web  ✗ ${'x'.repeat(10)}… (30 bytes, the limit is 10)\n`,
    );
    expect(emitted(content, {emit: plain, maxLineBytes: 10, stream: 'stderr'})).toBe(
      `web  ! ${'x'.repeat(10)}… (30 bytes, the limit is 10)\n`,
    );
  });

  test('is no output at all where nothing was shown', () => {
    const {emitted: none} = parseBatch(parseTask('1\n2\n', {emit: plain, sampleEvery: 2, firstLine: 2, lines: 1}));
    expect(Buffer.from(none ?? []).toString()).toBe('web  ✗ 2\n');
    expect(parseBatch(parseTask('2\n', {emit: plain, sampleEvery: 2, firstLine: 2})).emitted).toBeNull();
  });
});

describe('JSON output', () => {
  test('has the documented fields for a record', () => {
    expect(
      events('{"time":"2026-01-02T03:04:05Z","level":"warn","msg":"m","a":[1]}\n', {firstLine: 7, firstOffset: 99}),
    ).toEqual([
      {
        kind: 'record',
        process: 'web',
        generation: 1,
        time: '2026-01-02T03:04:05.000Z',
        line: 7,
        offset: 99,
        level: 'warn',
        message: 'm',
        record: {time: '2026-01-02T03:04:05Z', level: 'warn', msg: 'm', a: [1]},
      },
    ]);
  });

  test('has them for a failure and for a line of stderr', () => {
    const head = {process: 'web', generation: 2, time: '2023-11-14T22:13:20.000Z', line: 1};
    expect(events('[1]\n', {generation: 2})).toEqual([
      {kind: 'failure', ...head, offset: 0, failure: 'not-an-object', message: expect.any(String), text: '[1]'},
    ]);
    expect(events('oops\n', {generation: 2, stream: 'stderr'})).toEqual([{kind: 'stderr', ...head, text: 'oops'}]);
  });

  test('leaves out blank and sampled-out lines', () => {
    expect(events('{"n":1}\n\n{"n":3}\n{"n":4}\n', {sampleEvery: 2}).map(({record}) => record)).toEqual([
      {n: 1},
      {n: 3},
    ]);
  });

  test.each(['12345678901234567890', '0.1000000000000000055511151231257827', '1e400', '-0', '1.0'])(
    'keeps the number %s as it was written',
    number => {
      expect(emitted(`{"n":${number}}\n`, {emit: json})).toContain(`"record":{"n":${number}}}\n`);
    },
  );

  test('escapes odd characters, and means the same', () => {
    const value = {msg: 'a\u202eb\u2028c\u0085d\x7f', 'key\u0000': 1};
    const text = emitted(`${JSON.stringify(value)}\n`, {emit: json});
    expect(text).toMatch(/^[ -~]*\n$/);
    expect(JSON.parse(text)).toMatchObject({record: value});
  });

  test('gives text lines a record of their own, odd characters escaped', () => {
    const text = emitted('it\x1b[31ms "quoted"\t\u2029\n', {emit: json, format: {kind: 'text'}});
    expect(text).toMatch(/^[ -~]*\n$/);
    expect(JSON.parse(text)).toMatchObject({
      kind: 'record',
      level: null,
      record: {message: 'it\x1b[31ms "quoted"\t\u2029'},
    });
  });

  test('strips what stands around the record', () => {
    expect(events('\t {"a":1}\t\r\n')).toMatchObject([{record: {a: 1}}]);
    expect(events('\ufeff{"a":1}\n')).toMatchObject([{record: {a: 1}}]);
  });
});
