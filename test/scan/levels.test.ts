import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {recordLevel} from '../../src/parse/record-view.ts';
import {wordsOf, firstDifference, loadScanner, scan} from './against-parser.ts';

const scanner = loadScanner();

describe('the level of a record', () => {
  test.each([
    ['{"level":"warn"}', 'record warn'],
    ['{"level":30}', 'record info'],
    ['{"a":1, "severity" : "ERROR" }', 'record error'],
    ['{"severity":3}', 'record error'],
    ['{"level":3}', 'record trace'],
    ['{"lvl":"W"}', 'record warn'],
    ['{"loglevel":"Critical"}', 'record fatal'],
    ['{"level":"no such level"}', 'record none'],
    ['{"level":""}', 'record none'],
    ['{"level":-1}', 'record none'],
    ['{"level":3e1}', 'record info'],
    ['{}', 'record none'],
    ['{"a":"level","b":["level"]}', 'record none'],
  ])('of %s is known to the scanner', (line, expected) => {
    expect(wordsOf(scanner, `${line}\n`)).toEqual([expected]);
  });

  test.each([
    ['nested', '{"a":{"level":"fatal"},"b":[{"lvl":60}]}'],
    ['in a string', '{"a":"\\"level\\":\\"fatal\\""}'],
    ['in a longer key', '{"levels":"fatal","xlevel":60,"leve":"fatal","lvll":60,"severit":0,"loglevels":"fatal"}'],
    ['in another case', '{"Level":"fatal","SEVERITY":"fatal"}'],
  ])('is none where a level is %s', (_where, line) => {
    expect(wordsOf(scanner, `${line}\n`)).toEqual(['record none']);
  });

  test.each([
    ['two of the keys', '{"level":"info","severity":"fatal"}'],
    ['a key twice', '{"level":"info","a":1,"level":"fatal"}'],
    ['an escape in a key', '{"\\u006cevel":"fatal"}'],
    ['an escape in another key', '{"a\\n":1,"level":"fatal"}'],
    ['an escape in the value', '{"level":"f\\u0061tal"}'],
    ['a value of another kind', '{"level":null}'],
    ['an object', '{"level":{"level":"fatal"}}'],
    ['a long word', `{"level":"${' '.repeat(20)}fatal"}`],
    ['a long number', `{"level":30.${'0'.repeat(30)}}`],
  ])('is left to the record where there is %s', (_what, line) => {
    expect(wordsOf(scanner, `${line}\n{"level":"info"}\n`)).toEqual(['record', 'record info']);
  });

  test('is not touched by escapes in other values, before it or behind it', () => {
    const lines = '{"a":"\\n","level":"info","b":{"\\n":"\\t"}}\n{"level":"warn","a":"\\n"}\n';
    expect(wordsOf(scanner, lines)).toEqual(['record info', 'record warn']);
  });

  test('takes words of up to 24 bytes, and of any letters', () => {
    const lines = `{"level":"${' '.repeat(19)}fatal"}\n{"level":"ínfo"}\n`;
    expect(wordsOf(scanner, lines)).toEqual(['record fatal', 'record none']);
  });

  test('tells values apart by their key, their kind and each of their bytes', () => {
    const long = 'i'.repeat(23);
    const values = ['5', '"5"', '50', '"50"', '"info"', '"infp"', '" info"', '"info "', `"${long}i"`, `"${long}j"`];
    const lines = ['level', 'severity', 'lvl', 'loglevel'].flatMap(key => values.map(value => `{"${key}":${value}}\n`));
    for (let round = 0; round < 2; round++) {
      expect(wordsOf(scanner, lines.join(''))).toEqual(lines.map(line => `record ${recordLevel(JSON.parse(line))}`));
    }
  });

  test('is what the parser says, however a record spells it', () => {
    const space = fc.constantFrom('', ' ', '\t', ' \r ');
    const key = fc.constantFrom(
      'level', 'severity', 'lvl', 'loglevel', 'a', 'lev', '\\u006cevel', 'lv\\l', 'severity\\n', '',
    );
    const value = fc.oneof(
      fc.constantFrom('"info"', '"WARN"', '"Error"', '"panic"', '" f "', '"\\u0065"', '"x"'),
      fc.constantFrom('null', 'true', '{"level":60}', '["fatal"]'),
      fc.double({noNaN: true, noDefaultInfinity: true}).map(String),
      fc.integer({min: -5, max: 70}).map(String),
      fc.string({unit: 'binary', maxLength: 26}).map(text => JSON.stringify(text)),
    );
    const member = fc
      .tuple(space, key, space, value, space)
      .map(([a, name, b, text, c]) => `${a}"${name}"${b}:${c}${text}${a}`);
    const record = fc.array(member, {maxLength: 4}).map(members => `{${members.join(',')}}\n`);
    fc.assert(
      fc.property(fc.array(record, {maxLength: 40}), records => {
        expect(firstDifference(scanner, Buffer.from(records.join('')))).toBeNull();
      }),
      {numRuns: 400},
    );
  });
});

/** Records with so many levels, no two the same. */
const numbered = (from: number, count: number): string =>
  Array.from({length: count}, (_, index) => `{"level":"x${from + index}"}\n`).join('');

describe('distinct levels', () => {
  test('beyond 200 are left to the record, and those known before stay known', () => {
    const fresh = loadScanner();
    const words = wordsOf(fresh, `${numbered(0, 300)}${numbered(0, 200)}{"level":"info"}\n{}\n`);
    expect(words.slice(0, 200)).toEqual(Array.from({length: 200}, () => 'record none'));
    expect(words.slice(200, 300)).toEqual(Array.from({length: 100}, () => 'record'));
    expect(words.slice(300)).toEqual([...Array.from({length: 200}, () => 'record none'), 'record', 'record none']);
  });

  test('of one batch cost the next one nothing', () => {
    const fresh = loadScanner();
    for (let round = 0; round < 5; round++) {
      wordsOf(fresh, numbered(round * 300, 300));
      expect(wordsOf(fresh, '{"level":"warn"}\n{"level":50}\n')).toEqual(['record warn', 'record error']);
    }
  });

  test('are asked for once each, in the words of the record', () => {
    const asked: string[] = [];
    const listening = loadScanner({
      levelOf: json => {
        asked.push(json);
        return 'info';
      },
    });
    const batch = Buffer.from('{"lvl": "é" }\n{"b":1,"level":-1e3}\n{"lvl":"é"}\n{"severity":2}\n{"loglevel":2}\n');
    for (let round = 0; round < 3; round++) scan(listening, batch);
    expect(asked).toEqual(['{}', '{"lvl":"é"}', '{"level":-1e3}', '{"severity":2}', '{"loglevel":2}']);
  });

  test('of lines that are no records are none', () => {
    const asked: string[] = [];
    const listening = loadScanner({
      levelOf: json => {
        asked.push(json);
        return 'info';
      },
    });
    scan(listening, Buffer.from('{"level":"a"\n{"level":"b",}\n'));
    expect(asked).toEqual(['{}']);
  });
});
