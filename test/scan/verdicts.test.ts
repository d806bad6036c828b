import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {MAX_DEPTH} from '../../src/model/verdict.ts';
import {firstDifference, loadScanner, wordsOf} from './against-parser.ts';
import {JSON_BYTES as ALPHABET, mutated} from './mutate.ts';
import {randomBelow} from './random.ts';

/** More in a long run. */
const MUTATED_LINES = Number(process.env['KEEPUP_SCAN_LINES'] ?? 100_000);

const scanner = loadScanner();

const expectNoDifference = (lines: readonly string[]): void => {
  expect(firstDifference(scanner, Buffer.from(lines.map(line => `${line}\n`).join('')))).toBeNull();
};

const UP_TO_TWO = ['', ...ALPHABET, ...ALPHABET.flatMap(a => ALPHABET.map(b => a + b))];

describe('agrees with the parser on every text of up to three bytes of JSON’s alphabet', () => {
  test.each([
    ['as a line', '', ''],
    ['in an object', '{', '}'],
    ['as a value', '{"a":', '}'],
    ['behind a value', '{"a":1', '}'],
    ['in a string', '{"a":"', '"}'],
    ['in a number', '{"level":1', '0}'],
    ['behind an object', '{}', ''],
  ])('%s', (_where, before, after) => {
    for (const a of ['', ...ALPHABET]) expectNoDifference(UP_TO_TWO.map(text => before + a + text + after));
  });
});

const TOKENS = ['{', '}', '[', ']', ',', ':', '"b"', '2', ' '];

/** Every sequence of up to four tokens. */
const UP_TO_FOUR_TOKENS = [1, 2, 3, 4].reduce<readonly string[]>(
  shorter => ['', ...shorter.flatMap(text => TOKENS.map(token => text + token))],
  [''],
);

describe('agrees with the parser on every sequence of up to four tokens', () => {
  test.each([
    ['as a value', '{"a":', '}'],
    ['in a nested object', '{"a":{', '}}'],
    ['in an array', '{"a":[', ']}'],
    ['behind a member', '{"a":1', '}'],
    ['behind a nested member', '{"a":{"b":1', '}}'],
    ['behind an item', '{"a":[1', ']}'],
    ['behind a nested object', '{"a":{"b":{}', '}}'],
  ])('%s', (_where, before, after) => {
    expectNoDifference(UP_TO_FOUR_TOKENS.map(text => before + text + after));
  });
});

const HEXES = [
  '', '0', '00', '000', '0000', 'aF09', 'd800', 'dc00', 'g000', '0g00', '00g0', '000g', '00 0', '@```', '////', ':000',
];

describe('agrees with the parser', () => {
  test('on every two bytes in keys and arrays', () => {
    for (const [before, after] of [['{"', '":0}'], ['{"a":[', ']}'], ['{"a":[1', ']}'], ['{"a":{', '}}']] as const) {
      expectNoDifference(UP_TO_TWO.map(text => before + text + after));
    }
  });

  test.each(['"', '\\', '/', 'b', 'f', 'n', 'r', 't', 'u', 'x', '0', 'U', ' ', 'é'])('on the escape %j', letter => {
    const escapes = HEXES.map(hex => `\\${letter}${hex}`);
    expectNoDifference(escapes.flatMap(escape => [`{"a":"${escape}"}`, `{"a":"${escape}`, `{"${escape}":1}`]));
  });

  test('on each byte below 0x80 in strings, at each place of what is read at once', () => {
    for (let code = 0; code < 0x80; code++) {
      const byte = String.fromCharCode(code);
      if (byte === '\n') continue;
      const places = Array.from({length: 40}, (_, at) => at);
      expectNoDifference(places.map(at => `{"a":"${'x'.repeat(at)}${byte}${'y'.repeat(40 - at)}"}`));
    }
  });

  test('on strings, digits and white space of each length', () => {
    for (const unit of ['x', '7', ' ', 'é', '\u{1f600}', '\\n', '\\"', '\\\\']) {
      const runs = Array.from({length: 70}, (_, length) => unit.repeat(length));
      expectNoDifference(runs.flatMap(run => [`{"a":"${run}"}`, `{"${run}":${run}}`, `{"a":0.${run}}`]));
      expectNoDifference(runs.flatMap(run => [`${run}{}${run}`, `{"${run}`]));
    }
  });

  test.each([
    ['objects', '{"a":', '1', '}'],
    ['arrays', '[', '', ']'],
    ['objects in arrays', '[{"a":', '[]', '}]'],
  ])('on the nesting of %s around the greatest depth', (_of, open, core, close) => {
    const depths = [1, 2, 254, 255, 256, 257, MAX_DEPTH - 2, MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, 2000];
    expectNoDifference(depths.map(depth => `{"x":${open.repeat(depth - 1)}${core}${close.repeat(depth - 1)}}`));
    expectNoDifference(depths.map(depth => `{"x":${open.repeat(depth)}${core}${close.repeat(depth - 1)}}`));
  });

  test('on brackets that go on without end', () => {
    const batch = `${'{"a":'.repeat(20_000)}\n${'{"a":['.repeat(20_000)}\n{}\n`;
    expect(wordsOf(scanner, batch, 1e6)).toEqual(['ask', 'ask', 'record none']);
  });

  test('on generated JSON values, whatever stands around them', () => {
    const space = fc.string({unit: fc.constantFrom(' ', '\t', '\r', '\f', '\u00a0', '\ufeff'), maxLength: 2});
    const key = fc.constantFrom('level', 'severity', 'lvl', 'loglevel', 'a', 'levels', '__proto__', 'l"vel');
    const object = fc.dictionary(key, fc.jsonValue()).map(value => JSON.stringify(value));
    const value = fc.oneof(fc.json({stringUnit: 'binary'}), object);
    fc.assert(
      fc.property(fc.array(fc.tuple(space, value, space), {maxLength: 40}), rows => {
        const texts = rows.map(row => row.join(''));
        expectNoDifference(texts.flatMap(text => [text, `{"v":${text}}`]));
      }),
      {numRuns: 150},
    );
  });

  test('on bytes of any kind', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 400}), bytes => {
        expect(firstDifference(scanner, bytes)).toBeNull();
      }),
      {numRuns: 500},
    );
  });
});

test(`agrees with the parser on ${MUTATED_LINES} mutations of JSON objects`, {timeout: 30_000 + MUTATED_LINES}, () => {
  const key = fc.constantFrom('level', 'lvl', 'a', 'é', 'msg', 'a\\b');
  const object = fc.dictionary(key, fc.jsonValue({maxDepth: 3}), {minKeys: 1});
  const jsons = fc.sample(object, {numRuns: 1000, seed: 7}).map(value => JSON.stringify(value));
  const corpus = [...jsons, ...jsons.map(pretty), ...TYPICAL].map(json => Buffer.from(json));
  const below = randomBelow(MUTATED_LINES);
  for (let done = 0; done < MUTATED_LINES; done += LINES_A_BATCH) {
    const lines = Array.from({length: LINES_A_BATCH}, () => mutated(corpus[below(corpus.length)]!, corpus, below));
    const batch = Buffer.concat(lines.flatMap(line => [line, NEWLINE]));
    expect(firstDifference(scanner, batch)).toBeNull();
  }
});

/** With white space wherever it may be. */
const pretty = (json: string): string => JSON.stringify(JSON.parse(json), null, 1).replaceAll('\n', ' ');

const LINES_A_BATCH = 500;
const NEWLINE = Buffer.from('\n');

const TYPICAL = [
  '{"level":30,"time":1700000000000,"pid":1,"msg":"request done","req":{"method":"GET","url":"/a?b=c"},"ms":1.25e3}',
  '{"severity":"ERROR","message":"no \\"route\\" to \\u00e9","tags":["a",null,true,-0.5E-7],"in":{"level":"fatal"}}\r',
];
