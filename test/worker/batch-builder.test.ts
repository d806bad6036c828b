import {describe, expect, test} from 'vitest';
import {MAX_MESSAGE_CHARS} from '../../src/model/display-line.ts';
import type {BatchBytes} from '../../src/model/task.ts';
import {MAX_GROUPS, MAX_SAMPLE_CHARS} from '../../src/model/tally.ts';
import {BatchBuilder, keyOf, type BuilderOptions} from '../../src/worker/batch-builder.ts';
import {LineCursor} from '../../src/worker/line-cursor.ts';
import {ARRIVED_AT_MS, batchBytes} from '../support/parse-task.ts';

type Take = (builder: BatchBuilder, cursor: LineCursor) => void;

/** Hands each line of the batch to `take`. */
const build = (
  content: string | Uint8Array,
  take: Take,
  options: Partial<BuilderOptions & BatchBytes> = {},
): BatchBuilder => {
  const place = batchBytes(content, options);
  const builder = new BatchBuilder(place, {
    stream: 'stdout',
    tailLines: 64,
    ansi: false,
    emit: null,
    maxLineBytes: 65_536,
    tailFrom: 0,
    ...options,
  });
  const cursor = new LineCursor(place);
  while (cursor.advance()) take(builder, cursor);
  return builder;
};

const lines = (count: number): string => Array.from({length: count}, (_, index) => `line ${index}\n`).join('');

const asRecord: Take = (builder, cursor) => builder.record(cursor, cursor.text(), JSON.parse(cursor.text()), null);
const asText: Take = (builder, cursor) => builder.record(cursor, cursor.text(), {message: cursor.text()}, null);
const asFailure: Take = (builder, cursor) => builder.failure(cursor, cursor.text(), 'invalid-json', 'why');

describe('the tally', () => {
  test('counts records by level', () => {
    const {tally, lines: taken} = build('{"level":"warn"}\n{"level":30}\n{}\n{"level":"fatal"}\n', asRecord);
    expect(tally).toMatchObject({records: 4, failures: 0, levels: {warn: 1, info: 1, none: 1, fatal: 1, error: 0}});
    expect(taken).toBe(4);
  });

  test('groups error and fatal records by the shape of their message, or of the line without one', () => {
    const {tally} = build(
      '{"level":"error","msg":"no route to 10.0.0.1"}\n{"level":"error","msg":"no route to 10.0.0.2"}\n' +
        '{"level":"fatal","msg":"no route to 10.0.0.1"}\n{"level":"error","code":7}\n{"level":"info","msg":"fine"}\n',
      asRecord,
    );
    const groups = [...tally.groups.values()].map(({kind, template, count}) => [kind, template, count]);
    expect(groups).toEqual([
      ['error', 'no route to <ip>', 2],
      ['fatal', 'no route to <ip>', 1],
      ['error', expect.stringContaining('"code":<n>'), 1],
    ]);
  });

  test('keeps of a group its newest line, with number and offset', () => {
    const {tally} = build('bad 1\nbad 2\n', asFailure, {firstLine: 10, firstOffset: 500, generation: 3});
    expect([...tally.groups.values()]).toEqual([
      {
        kind: 'invalid-json',
        template: 'bad <n>',
        count: 2,
        firstSeenMs: ARRIVED_AT_MS,
        lastSeenMs: ARRIVED_AT_MS,
        sample: {text: 'bad 2', message: 'why', generation: 3, line: 11, offset: 506},
      },
    ]);
  });

  test('groups what a custom parser throws by what it said', () => {
    const {tally} = build('a\nb\n', (builder, cursor) =>
      builder.failure(cursor, cursor.text(), 'parser-error', 'no column 7'),
    );
    expect([...tally.groups.values()]).toMatchObject([{template: 'no column <n>', count: 2, sample: {text: 'b'}}]);
  });

  test('counts each failure though groups are capped', () => {
    const words = Array.from(
      {length: 2 * MAX_GROUPS},
      (_, index) => `${'a'.repeat(index % 25)} ${'b'.repeat(index / 25)}\n`,
    );
    const content = words.map(word => `x${word}`).join('');
    const {tally} = build(content, asFailure);
    const counted = [...tally.groups.values()].reduce((sum, {count}) => sum + count, 0);
    expect([tally.failures, counted]).toEqual([2 * MAX_GROUPS, 2 * MAX_GROUPS]);
    expect(tally.groups.size).toBeLessThanOrEqual(MAX_GROUPS + 1);
  });

  test('counts lines with invalid UTF-8 among those judged, not among those dropped or only shown', () => {
    const content = Buffer.from('a\xff\n', 'latin1');
    expect(build(content, asText).tally.invalidUtf8).toBe(1);
    expect(build(content, asFailure).tally.invalidUtf8).toBe(1);
    expect(build(content, (builder, cursor) => builder.dropped(cursor)).tally).toMatchObject({
      invalidUtf8: 0,
      dropped: 1,
    });
    expect(build(content, (builder, cursor) => builder.shown(cursor, 'stderr')).tally.invalidUtf8).toBe(0);
  });
});

describe('the tail', () => {
  test.each([
    [1, 0],
    [63, 0],
    [64, 0],
    [65, 1],
    [1000, 936],
  ])('of %i lines starts with line %i and holds 64 at the most, newest last', (count, first) => {
    const {tail} = build(lines(count), asText);
    expect(tail).toHaveLength(Math.min(64, count));
    expect(tail[0]!.message).toBe(`line ${first}`);
    expect(tail.at(-1)!.message).toBe(`line ${count - 1}`);
  });

  test('is empty where none is wanted', () => {
    expect(build(lines(5), asText, {tailLines: 0}).tail).toEqual([]);
  });

  test('leaves out lines before `tailFrom`, which are counted all the same', () => {
    const {tail, tally} = build(lines(10), asText, {tailFrom: 7});
    expect(tail.map(({message}) => message)).toEqual(['line 7', 'line 8', 'line 9']);
    expect(tally.records).toBe(10);
  });

  test('shows a record with its own time and level, other lines with their arrival', () => {
    const own = Date.parse('2026-01-02T03:04:05.678Z');
    const {tail} = build('{"time":"2026-01-02T03:04:05.678Z","level":"warn","msg":"m","a":1}\n{"msg":"n"}\n', asRecord);
    expect(tail).toMatchObject([
      {kind: 'record', atMs: own, ownTime: true, level: 'warn', message: 'm', fields: [['a', '1']], failure: null},
      {kind: 'record', atMs: ARRIVED_AT_MS, ownTime: false, level: 'none', message: 'n', fields: []},
    ]);
  });

  test('shows failures, blanks and lines of stderr as what they are', () => {
    const place = {firstLine: 5, ordinal: 8, generation: 2};
    expect(build('bad\n', asFailure, place).tail).toEqual([
      {
        key: [8, 0],
        kind: 'failure',
        failure: 'invalid-json',
        message: 'bad',
        generation: 2,
        line: 5,
        atMs: ARRIVED_AT_MS,
        ownTime: false,
        level: 'none',
        fields: [],
      },
    ]);
    expect(build('\n', (builder, cursor) => builder.blank(cursor)).tail).toMatchObject([{kind: 'blank', message: ''}]);
    expect(build('oops\n', (builder, cursor) => builder.shown(cursor, 'stderr')).tail).toMatchObject([
      {kind: 'stderr', message: 'oops'},
    ]);
  });

  test('cuts long messages and samples', () => {
    const content = `${'x'.repeat(5000)}\n`;
    const {tail, tally} = build(content, asFailure);
    expect(tail[0]!.message).toHaveLength(MAX_MESSAGE_CHARS);
    expect([...tally.groups.values()][0]!.sample.text).toHaveLength(MAX_SAMPLE_CHARS);
    expect(build(content, asText).tail[0]!.message).toHaveLength(MAX_MESSAGE_CHARS);
  });
});

describe('colours that were printed', () => {
  const RED = '\u001b[31;8mred\u001b[m';

  test('are left out of what is displayed; with `ansi` they stay, in our own form', () => {
    const takes: readonly Take[] = [asText, asFailure, (builder, cursor) => builder.shown(cursor, 'stderr')];
    for (const take of takes) {
      expect(build(`${RED} x\n`, take).tail[0]!.message).toBe('red x');
      expect(build(`${RED} x\n`, take, {ansi: true}).tail[0]!.message).toBe('\u001b[0;31mred\u001b[0m x');
    }
  });

  test('do not count where a message is cut, however many there are', () => {
    const content = `${'\u001b[38;2;100;100;200mx'.repeat(MAX_MESSAGE_CHARS + 5)}\n`;
    for (const take of [asText, asFailure]) {
      expect(build(content, take).tail[0]!.message).toBe(`${'x'.repeat(MAX_MESSAGE_CHARS - 1)}…`);
    }
  });

  test('make no other error group', () => {
    const {tally} = build(`${RED} failed\nred failed\n`, asFailure);
    expect([...tally.groups.values()].map(({template, count}) => [template, count])).toEqual([['red failed', 2]]);
  });
});

test('keys go by ordinal on stdout and by sub on stderr', () => {
  const place = batchBytes('a\n', {ordinal: 10, sub: 4});
  expect(keyOf(place, 'stdout', 3)).toEqual([13, 0]);
  expect(keyOf(place, 'stderr', 3)).toEqual([10, 7]);
});
