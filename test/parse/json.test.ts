import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {MAX_DEPTH} from '../../src/model/verdict.ts';
import {judgeJson, MAX_PARSE_MESSAGE_CHARS} from '../../src/parse/json.ts';

/** What JSON.parse says, in the words of a verdict. */
const oracle = (text: string): string => {
  try {
    const value: unknown = JSON.parse(text);
    if (depthOf(value) > MAX_DEPTH) return 'too-deep';
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? 'record' : 'not-an-object';
  } catch {
    return 'invalid-json';
  }
};

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

const said = (text: string): string => {
  const verdict = judgeJson(text);
  return verdict.kind === 'record' ? 'record' : verdict.failure;
};

const ALPHABET = '{}[]:,"\\-+.eE019tfnrualsx/ \t\r\n\f\v\u00a0\ufeff\u0001é'.split('');

describe('judgeJson', () => {
  it('agrees with JSON.parse on every text of up to three characters of JSON’s alphabet', () => {
    for (const a of ['', ...ALPHABET]) {
      for (const b of ['', ...ALPHABET]) {
        for (const c of ['', ...ALPHABET]) {
          const text = a + b + c;
          if (said(text) !== oracle(text)) expect.fail(`${JSON.stringify(text)}: ${said(text)}, not ${oracle(text)}`);
        }
      }
    }
  });

  it('agrees with JSON.parse on every JSON value, with any white space around it', () => {
    const space = fc.string({unit: fc.constantFrom(' ', '\t', '\r', '\n', '\f', '\u00a0'), maxLength: 3});
    fc.assert(
      fc.property(fc.json(), space, space, (json, before, after) => {
        expect(said(before + json + after)).toBe(oracle(before + json + after));
      }),
      {numRuns: 500},
    );
  });

  it('agrees with JSON.parse on mutations of valid JSON', () => {
    const put = fc.string({unit: fc.constantFrom(...ALPHABET), maxLength: 2});
    const edit = fc.record({at: fc.nat(200), drop: fc.nat(3), put});
    fc.assert(
      fc.property(fc.json(), fc.array(edit, {minLength: 1, maxLength: 3}), (json, edits) => {
        const text = edits.reduce((before, one) => {
          const at = one.at % (before.length + 1);
          return before.slice(0, at) + one.put + before.slice(at + one.drop);
        }, json);
        expect(said(text)).toBe(oracle(text));
      }),
      {numRuns: 2000},
    );
  });

  it('agrees with JSON.parse on any text', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), text => {
        expect(said(text)).toBe(oracle(text));
      }),
      {numRuns: 500},
    );
  });

  it.each([
    ['-0', 'not-an-object'],
    ['1e400', 'not-an-object'],
    ['01', 'invalid-json'],
    ['2024-05-01 10:00:00 started', 'invalid-json'],
    ['true', 'not-an-object'],
    ['truex', 'invalid-json'],
    ['the server is up', 'invalid-json'],
    ['[INFO] up', 'invalid-json'],
    ['{"a":1}', 'record'],
    ['{"a":1}{"b":2}', 'invalid-json'],
    ['{"a":1,}', 'invalid-json'],
    ["{'a':1}", 'invalid-json'],
    ['\u{feff}{}', 'invalid-json'],
    ['{}\u00a0', 'invalid-json'],
    ['{"a":"\u2028"}', 'record'],
    ['', 'invalid-json'],
  ])('says of %j: %s', (text, expected) => expect(said(text)).toBe(expected));

  it('returns the record itself, with keys like __proto__ as plain data', () => {
    const verdict = judgeJson(' {"a":[1,{"b":null}],"__proto__":{"level":"fatal"}}\r');
    const value = verdict.kind === 'record' ? verdict.value : {};
    expect(Object.keys(value)).toEqual(['a', '__proto__']);
    expect(value['level']).toBeUndefined();
  });

  it.each([
    ['objects', '{"a":', '1', '}'],
    ['arrays in an object', '[', '', ']'],
  ])('takes %s of exactly the greatest depth and refuses one level more', (_, open, core, close) => {
    const nested = (levels: number): string => `{"x":${open.repeat(levels - 1)}${core}${close.repeat(levels - 1)}}`;
    expect(said(nested(MAX_DEPTH))).toBe('record');
    expect(said(nested(MAX_DEPTH + 1))).toBe('too-deep');
    expect(said(nested(100_000))).toBe('too-deep');
  });

  it('refuses a deep array as too deep and the shortest deep text there is', () => {
    expect(said('['.repeat(MAX_DEPTH + 1) + ']'.repeat(MAX_DEPTH + 1))).toBe('too-deep');
    expect(said('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH))).toBe('not-an-object');
  });

  it('does not take many brackets side by side or in strings for depth', () => {
    expect(said(`{"a":[${'{},'.repeat(2000)}1],"b":"${'{[\\"'.repeat(2000)}"}`)).toBe('record');
  });

  it('says why in a short sentence that does not echo the line', () => {
    const long = `{"a":1,secret${'x'.repeat(5000)}}`;
    for (const text of ['{"secret":tru}', '{"secret" 1}', '["secret",]', '"secret"x"', long, 'secret']) {
      const verdict = judgeJson(text);
      if (verdict.kind === 'record') expect.fail(text);
      else {
        expect(verdict.message).not.toContain('secret');
        expect(verdict.message.length).toBeGreaterThan(5);
        expect(verdict.message.length).toBeLessThanOrEqual(MAX_PARSE_MESSAGE_CHARS);
      }
    }
  });
});
