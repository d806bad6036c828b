import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {MAX_FIELD_CHARS, MAX_FIELDS, MAX_MESSAGE_CHARS} from '../../src/model/display-line.ts';
import type {RecordValue} from '../../src/model/verdict.ts';
import {recordJson} from '../../src/parse/custom.ts';
import {recordLevel, recordMessage, viewRecord} from '../../src/parse/record-view.ts';

const throwing = {get a(): never { throw new Error('no'); }, level: 'error', msg: 'kept'};
const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe('viewRecord', () => {
  it('takes a pino record apart', () => {
    const time = Date.UTC(2024, 4, 1);
    const record = {level: 30, time, pid: 7, req: {id: 'a', tags: ['x']}, ok: true, none: null, msg: 'done', s: ''};
    expect(viewRecord(record)).toEqual({
      level: 'info',
      message: 'done',
      timeMs: time,
      fields: [['pid', '7'], ['req', '{"id":"a","tags":["x"]}'], ['ok', 'true'], ['none', 'null'], ['s', '']],
    });
  });

  it.each([
    [{msg: 'a', message: 'b', event: 'c'}, 'a', ['message', 'event']],
    [{message: 'b', event: 'c'}, 'b', ['event']],
    [{event: 'c'}, 'c', []],
    [{msg: {text: 'a'}, message: 'b'}, 'b', ['msg']],
    [{msg: null, event: 42}, '42', ['msg']],
    [{msg: false}, 'false', []],
    [{msg: '', message: 'b'}, '', ['message']],
    [{a: 1}, '', ['a']],
  ])('takes the message of %j', (record, message, rest) => {
    expect(recordMessage(record)).toBe(message);
    expect(viewRecord(record)).toMatchObject({message, fields: rest.map(key => [key, expect.anything()])});
  });

  it.each([
    [{ts: 1714558830, time: 'x'}, 1714558830000, ['time']],
    [{ts: 5, time: '2024-05-01T10:20:30Z'}, 1714558830000, ['ts']],
    [{timestamp: '1714558830456'}, 1714558830456, []],
    [{'@timestamp': new Date(1714558830456)}, 1714558830456, []],
    [{ts: 'yesterday'}, null, ['ts']],
  ])('takes the time of %j and leaves what is none among the fields', (record, timeMs, rest) => {
    const view = viewRecord(record);
    expect(view.timeMs).toBe(timeMs);
    expect(view.fields.map(([key]) => key)).toEqual(rest);
  });

  it('leaves a level that it does not know among the fields', () => {
    expect(viewRecord({level: 'tall', severity: 'error', lvl: 'info'})).toMatchObject({
      level: 'error',
      fields: [['level', 'tall'], ['lvl', 'info']],
    });
  });

  it('shows keys like __proto__ as any other', () => {
    const record = JSON.parse('{"__proto__":{"msg":"no"},"constructor":1,"toString":"x"}') as RecordValue;
    expect(viewRecord(record)).toEqual({
      level: 'none',
      message: '',
      timeMs: null,
      fields: [['__proto__', '{"msg":"no"}'], ['constructor', '1'], ['toString', 'x']],
    });
  });

  it('shows own keys only', () => {
    expect(viewRecord(Object.create({msg: 'no', time: 1714558830, x: 1}) as RecordValue)).toEqual({
      level: 'none', message: '', timeMs: null, fields: [],
    });
  });

  it('leaves out what JSON leaves out and writes what JSON has not', () => {
    expect(viewRecord({a: undefined, b: () => 1, c: 7n, d: Number.NaN, e: new Date(0)}).fields).toEqual([
      ['c', '7'], ['d', 'null'], ['e', '1970-01-01T00:00:00.000Z'],
    ]);
  });

  it('is bounded whatever the record holds', () => {
    const entries = Array.from({length: 1000}, (_, index) => [`${index}`.repeat(500), 'v'.repeat(1000)] as const);
    const view = viewRecord({...Object.fromEntries(entries), msg: 'm'.repeat(1_000_000)});
    expect(view.message).toBe(`${'m'.repeat(MAX_MESSAGE_CHARS - 1)}…`);
    expect(view.fields).toHaveLength(MAX_FIELDS);
    expect(view.fields[0]).toEqual([`${'0'.repeat(MAX_FIELD_CHARS - 1)}…`, `${'v'.repeat(MAX_FIELD_CHARS - 1)}…`]);
    expect(viewRecord({big: [Array(4_000_000_000)]}).fields[0]?.[1]).toHaveLength(MAX_FIELD_CHARS);
  });

  it('cuts no character in two', () => {
    const [, text] = viewRecord({a: '😀'.repeat(MAX_FIELD_CHARS)}).fields[0] ?? ['', ''];
    expect(text.isWellFormed()).toBe(true);
    expect(text.endsWith('😀…')).toBe(true);
  });

  it('survives records that throw when read', () => {
    expect(viewRecord(throwing)).toMatchObject({level: 'error', message: 'kept', fields: [['a', '(unreadable)']]});
    expect(viewRecord({get level(): never { throw new Error('no'); }, msg: 'kept'})).toMatchObject({
      level: 'none', message: 'kept', fields: [['level', '(unreadable)']],
    });
    expect(recordMessage(revoked.proxy as RecordValue)).toBe('');
    expect(viewRecord(revoked.proxy as RecordValue)).toMatchObject({message: '(unreadable record)'});
    expect(recordLevel(revoked.proxy as RecordValue)).toBe('none');
  });

  it('shows a custom record as it will be shown from history, whatever a parser puts in', () => {
    const known = fc.constantFrom('level', 'severity', 'msg', 'message', 'ts', 'time', '@timestamp', '__proto__');
    // V8 13.6 takes the key "\"" for a lone backslash once an object with that key was seen: JSON.parse gives it back wrong.
    const plain = fc.string().filter(text => !text.includes('\\'));
    const key = fc.oneof(known, plain);
    const value = fc.oneof(
      fc.anything({key: plain, withBigInt: true, withDate: true, withSparseArray: true, withNullPrototype: true}),
      fc.constantFrom('error', 30, 3n, 'warn', 1714558830, '2024-05-01T10:20:30Z'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value)), entries => {
        const record: RecordValue = Object.fromEntries(entries);
        const replayed = JSON.parse(recordJson(record)) as RecordValue;
        expect(viewRecord(replayed)).toEqual(viewRecord(record));
      }),
      {numRuns: 1000},
    );
  });
});

it('fields are shown without the colours in them, the message with them', () => {
  const view = viewRecord({msg: '\u001b[31mred\u001b[m', a: `\u001b[38;5;100m${'x'.repeat(MAX_FIELD_CHARS)}\u001b[m\u001b[2J`});
  expect(view.message).toBe('\u001b[31mred\u001b[m');
  expect(view.fields).toEqual([['a', `${'x'.repeat(MAX_FIELD_CHARS - 1)}…`]]);
});
