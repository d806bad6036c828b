import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {MAX_DEPTH} from '../../src/model/verdict.ts';
import {MAX_RECORD_JSON_CHARS, recordJson} from '../../src/parse/custom.ts';
import {nest} from '../support/nest.ts';

const cycle: Record<string, unknown> = {name: 'c'};
cycle['self'] = cycle;
cycle['list'] = [1, cycle];
const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe('recordJson', () => {
  it('is what JSON.stringify makes of any record of plain data', () => {
    const record = fc.dictionary(fc.string(), fc.anything({withSparseArray: true}));
    fc.assert(
      fc.property(record, value => {
        expect(recordJson(value)).toBe(JSON.stringify(value));
      }),
      {numRuns: 300},
    );
  });

  it.each([
    ['BigInts', {a: 12345678901234567890n}, '{"a":"12345678901234567890"}'],
    ['Dates', {a: new Date(0)}, '{"a":"1970-01-01T00:00:00.000Z"}'],
    ['functions, symbols and undefined', {a: () => 1, b: undefined, c: Symbol('x')}, '{}'],
    ['the same in arrays', {a: [() => 1, undefined, Symbol('x')]}, '{"a":[null,null,null]}'],
    ['what is left out in the middle', {a: 1, b: undefined, c: 2}, '{"a":1,"c":2}'],
    ['numbers that JSON has not', {a: Number.NaN, b: -Infinity, c: -0}, '{"a":null,"b":null,"c":0}'],
    ['circles', cycle, '{"name":"c","self":"(cycle)","list":[1,"(cycle)"]}'],
    ['a toJSON that throws', {a: {toJSON: () => { throw new Error('no'); }}, b: 1}, '{"a":"(unreadable)","b":1}'],
    ['a getter that throws', {get a(): never { throw new Error('no'); }, b: 1}, '{"a":"(unreadable)","b":1}'],
    ['what throws deep inside', {a: [{get b(): never { throw new Error('no'); }}]}, '{"a":[{"b":"(unreadable)"}]}'],
    ['a toJSON of the record itself', {a: 1, toJSON: () => 'no'}, '{"a":1}'],
    ['odd keys', JSON.parse('{"__proto__":1,"constructor":2,"\\"":3}'), '{"__proto__":1,"constructor":2,"\\"":3}'],
    ['half a character', {a: '\ud800'}, '{"a":"\\ud800"}'],
    ['a revoked proxy', revoked.proxy, '{"message":"(unreadable record)"}'],
  ])('copes with %s', (_, value, json) => expect(recordJson(value as Record<string, unknown>)).toBe(json));

  it('leaves an object met twice whole both times', () => {
    const shared = {x: 1};
    expect(recordJson({a: shared, b: shared})).toBe('{"a":{"x":1},"b":{"x":1}}');
  });

  it('keeps the greatest depth', () => {
    expect(recordJson(nest(MAX_DEPTH))).toBe(JSON.stringify(nest(MAX_DEPTH)));
  });

  it.each([
    ['one long string', {a: 'x'.repeat(50_000_000)}],
    ['a sparse array', {a: Array(4_000_000_000)}],
    ['many keys', Object.fromEntries(Array.from({length: 200_000}, (_, index) => [`key${index}`, index]))],
    ['doubling', Array.from({length: 40}).reduce<Record<string, unknown>>(below => ({l: below, r: below}), {})],
    ['strings that grow by escaping', {a: '\u0001'.repeat(500_000)}],
  ])('replaces a record made too large by %s', (_, value) => {
    expect(recordJson(value)).toBe('{"message":"(record too large)"}');
  });

  it('keeps a record of exactly the limit', () => {
    const a = 'x'.repeat(MAX_RECORD_JSON_CHARS - '{"a":""}'.length);
    expect(recordJson({a})).toHaveLength(MAX_RECORD_JSON_CHARS);
    expect(recordJson({a: `${a}x`})).toBe('{"message":"(record too large)"}');
  });
});
