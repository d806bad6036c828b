import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {loadWasm, type ScannerExports} from '../../src/scan/load-wasm.ts';
import {takeScratch} from '../../src/scan/scan-memory.ts';
import {firstDifference, loadScanner, scan, scanMemory, wordsOf} from './against-parser.ts';
import {mutated} from './mutate.ts';
import {randomBelow} from './random.ts';

/** More in a long run. */
const MUTATED_LINES = Number(process.env['KEEPUP_SCAN_LINES'] ?? 100_000);

const FORM = '{"level":30,"time":1,"name":"a","on":true,"req":{"url":"/x"},"ids":[1,"b"],"level2":null}';

const batchOf = (lines: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat(lines.flatMap(line => [Buffer.from(line), Buffer.from('\n')]));

/** How many lines of a batch were of a known form. */
const counting = (): {readonly known: (lines: readonly string[]) => number; readonly exports: ScannerExports} => {
  const memory = scanMemory();
  const exports = loadWasm(memory.memory)!;
  exports.useScratch(takeScratch(memory)!);
  exports.clearSymbols();
  const known = (lines: readonly string[]): number => {
    const before = exports.knownCount.value;
    const batch = batchOf(lines);
    const end = memory.slotsAt + batch.length;
    new Uint8Array(memory.memory.buffer, memory.slotsAt, batch.length).set(batch);
    for (let at = memory.slotsAt; at < end; at = exports.stoppedAt.value) exports.scan(at, end, 65_536, 0);
    return exports.knownCount.value - before;
  };
  return {known, exports};
};

describe('a line is told by the form of one before it', () => {
  test.each([
    ['with other values', FORM, FORM.replaceAll('1', '-2.5e3').replace('"a"', '"\\n é"').replace('true', 'false')],
    ['with longer values', FORM, FORM.replace('"/x"', `"${'y'.repeat(100)}"`).replace('1', '12345678901234567890')],
    ['with white space', '{ "a" : 1 , "b" : "x" }  \r', '{ "a" : 2 , "b" : "" }  \r'],
    ['with long names', `{"${'a'.repeat(64)}":1,"${'b'.repeat(200)}":2}`, `{"${'a'.repeat(64)}":3,"${'b'.repeat(200)}":4}`],
    ['with nothing in it', '{}', '{}'],
    ['with another word', '{"a":null}', '{"a":true}'],
    ['with a level of another kind', '{"level":"warn","a":1}', '{"level":"error","a":2}'],
  ])('%s', (_how, first, second) => {
    const {known} = counting();
    expect(known([first, second])).toBe(1);
    const scanner = loadScanner();
    expect(firstDifference(scanner, batchOf([first, second, first]))).toBeNull();
  });

  test.each([
    ['another name', '{"a":1}', '{"b":1}'],
    ['a name more', '{"a":1}', '{"a":1,"b":2}'],
    ['another kind of value', '{"a":1}', '{"a":"1"}'],
    ['an escape in a name', '{"\\n":1}', '{"\\n":1}'],
    ['two levels', '{"level":1,"lvl":2}', '{"level":1,"lvl":2}'],
    ['no record', '[1]', '[1]'],
    ['a zero too many', '{"a":1}', '{"a":01}'],
    ['a number that stops', '{"a":1}', '{"a":1.}'],
    ['no end', '{"a":1}', '{"a":1'],
    ['too much', '{"a":1}', '{"a":1}}'],
    ['a control character', '{"a":"b"}', '{"a":"\u0001"}'],
  ])('but not with %s', (_what, first, second) => {
    expect(counting().known([first, second])).toBe(0);
    expect(firstDifference(loadScanner(), batchOf([first, second, first, second]))).toBeNull();
  });

  test('and of several forms, of which some begin alike', () => {
    const lines = ['{"a":1}', '{"a":"x"}', '{"a":1,"b":2}', '{"a":1,"b":"y"}', '{"a":null,"c":[]}', '{}'];
    expect(counting().known([...lines, ...lines, ...lines])).toBe(2 * lines.length);
  });

  test('in batches that follow', () => {
    const {known} = counting();
    known([FORM]);
    expect(known([FORM, FORM])).toBe(2);
  });
});

describe('the level of a line that is told by its form', () => {
  test.each([
    ['{"level":30}', '{"level":50}', 'record error'],
    ['{"level":"info"}', '{"level":"fatal"}', 'record fatal'],
    ['{"a":1,"severity":"ERROR"}', '{"a":2,"severity":"WARNING"}', 'record warn'],
    ['{"a":"\\n","level":"info"}', '{"a":"\\n","level":"warn"}', 'record warn'],
    ['{"level":"info","a":"b"}', '{"level":"warn","a":"\\n"}', 'record warn'],
    ['{"level":"info"}', '{"level":"w\\u0061rn"}', 'record'],
    ['{"level":"info"}', `{"level":"${' '.repeat(20)}fatal"}`, 'record'],
    ['{"level":30}', `{"level":30.${'0'.repeat(30)}}`, 'record'],
    ['{"a":{"level":30}}', '{"a":{"level":60}}', 'record none'],
  ])('%s, then %s', (first, second, expected) => {
    expect(counting().known([first, second])).toBe(1);
    expect(wordsOf(loadScanner(), `${first}\n${second}\n`)[1]).toBe(expected);
  });
});

describe('looking for forms', () => {
  test('is given up where no two lines are alike, and tried again later', () => {
    const {known} = counting();
    const other = Array.from({length: 64}, (_, index) => `{"${'x'.repeat(index + 1)}":1}`);
    expect(known(other)).toBe(0);
    expect(known(Array.from({length: 4096}, () => FORM))).toBe(0);
    expect(known([FORM, FORM, FORM])).toBeGreaterThan(0);
  });

  test('goes on where half of the lines are alike', () => {
    const {known} = counting();
    expect(known(Array.from({length: 20_000}, (_, index) => (index % 2 === 0 ? FORM : 'no JSON')))).toBe(9999);
  });

  test('goes on with what is known where there is no room for more forms', () => {
    const {known, exports} = counting();
    const names = Array.from({length: 2000}, (_, index) => `{"a":1,"${'x'.repeat(index % 50)}${index}":1}`);
    const lines = names.flatMap(name => [FORM, name]);
    expect(known([FORM, ...lines])).toBe(2000);
    expect(exports.knownCount.value).toBe(2000);
    expect(firstDifference(loadScanner(), batchOf(lines))).toBeNull();
  });
});

/** Values in JSON of which each could stand in another's place. */
const value = fc.oneof(
  fc.constantFrom('0', '-0', '7', '10', '-12.5', '1e5', '0.1E-7', '01', '1.', '-', '+1', 'true', 'false', 'null', 'nul', ''),
  fc.constantFrom('""', '"a"', '"\\""', '"\\u00e9"', '"\\x"', '"a\tb"', '"', '{}', '[]', '[1,2]', '{"a":1}', '"error"', '"WARN"'),
  fc.integer({min: 0, max: 70}).map(length => `"${'z'.repeat(length)}"`),
  fc.integer({min: 1, max: 40}).map(length => '8'.repeat(length)),
);

test('agrees with the parser on lines of few forms, with values of any kind', () => {
  const space = fc.constantFrom('', '', '', ' ', '\t', '  ');
  const name = fc.constantFrom('level', 'lvl', 'a', 'msg', 'severity', 'a\\n', 'x'.repeat(70));
  const form = fc.array(fc.tuple(name, space, space), {minLength: 1, maxLength: 6});
  const batch = fc.tuple(fc.array(form, {minLength: 1, maxLength: 4}), fc.array(fc.tuple(fc.nat(), fc.array(value, {minLength: 6, maxLength: 6}))));
  const scanner = loadScanner();
  fc.assert(
    fc.property(batch, ([forms, rows]) => {
      const lines = rows.map(([which, values]) => lineOf(forms[which % forms.length]!, values));
      expect(firstDifference(scanner, batchOf([...lines, ...lines]))).toBeNull();
    }),
    {numRuns: 2000},
  );
});

const lineOf = (form: readonly (readonly [string, string, string])[], values: readonly string[]): string =>
  `{${form.map(([name, before, behind], index) => `${before}"${name}":${before}${values[index]!}${behind}`).join(',')}}`;

test(`agrees with the parser on ${MUTATED_LINES} mutations of lines whose form it knows`, {timeout: 30_000 + MUTATED_LINES}, () => {
  const object = fc.dictionary(fc.constantFrom('level', 'a', 'é', 'msg', 'req'), fc.jsonValue({maxDepth: 2}), {minKeys: 1});
  const corpus = fc.sample(object, {numRuns: 300, seed: 11}).map(one => Buffer.from(JSON.stringify(one)));
  corpus.push(Buffer.from(FORM));
  const below = randomBelow(MUTATED_LINES);
  const scanner = loadScanner();
  for (let done = 0; done < MUTATED_LINES; done += LINES_A_BATCH) {
    const form = corpus[below(corpus.length)]!;
    // Two that are known for one that may be: looking for forms must not be given up.
    const lines = Array.from({length: LINES_A_BATCH}, () => [form, form, mutated(form, corpus, below)]).flat();
    expect(firstDifference(scanner, batchOf(lines))).toBeNull();
  }
});

const LINES_A_BATCH = 500;

test('picks lines of a known form as any other', () => {
  const scanner = loadScanner({useOf: line => (line === 'error' ? 'pick' : 'count')});
  const batch = batchOf(['{"level":30}', '{"level":50}', '{"level":30}', '{"level":50}', '{"level":30}']);
  scan(scanner, batch);
  const {picked, counts} = scan(scanner, batch);
  expect(picked.map(({index}) => index)).toEqual([1, 3]);
  expect(counts.levels).toEqual(new Map([['info', 3]]));
});
