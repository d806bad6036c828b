import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {loadWasm} from '../../src/scan/load-wasm.ts';
import {JsonScanner} from '../../src/scan/scanner.ts';
import {codesOf, firstDifference, loadScanner, scan} from './against-parser.ts';

const scanner = loadScanner();

/** A record of so many bytes. */
const recordOf = (length: number): string => `{"a":${'1'.repeat(length - 6)}}`;

describe('lines', () => {
  test.each([
    ['newlines', '{}\n[]\n', ['record none', 'ask']],
    ['CRLF', '{}\r\n\r\n', ['record none', 'blank']],
    ['blank of every kind', '\n \n\t\n\r\n\v\n\f\n \t\v\f\r \n', Array.from({length: 7}, () => 'blank')],
    ['not quite blank', '\v{}\n{}\f\n\u00a0\n\u0000\n\u0008\n\u000e\n', Array.from({length: 6}, () => 'ask')],
    ['two values', '{}{}\n{} {}\n', ['ask', 'ask']],
    ['a byte order mark', '\ufeff{}\n', ['ask']],
    ['a value over two lines', '{"a":\n1}\n{"a":"\n"}\n', ['ask', 'ask', 'ask', 'ask']],
    ['an end without newline', '{}\n{}', ['record none']],
    ['one without any', '{"a":1}', []],
    ['nothing', '', []],
  ])('with %s are told apart', (_what, content, expected) => {
    expect(codesOf(scanner, content)).toEqual(expected);
  });

  test('over the limit are left to whoever knows their length, one carriage return not counted', () => {
    const [fits, less, more] = [recordOf(20), recordOf(19), recordOf(21)];
    const lines = [fits, more, `${fits}\r`, `${fits}\r\r`, `${less} `, `${fits} `, ' '.repeat(20), ' '.repeat(21)];
    expect(codesOf(scanner, lines.map(line => `${line}\n`).join(''), 20)).toEqual([
      'record none', 'ask', 'record none', 'ask', 'record none', 'ask', 'blank', 'ask',
    ]);
  });

  test('of any length are taken where there is no limit', () => {
    const line = `{"a":"${'x'.repeat(3_000_000)}"}\n`;
    for (const limit of [Infinity, 2 ** 40, 2 ** 32 - 1]) expect(codesOf(scanner, line, limit)).toEqual(['record none']);
  });

  test('are the same wherever a batch is cut', () => {
    const row = fc.constantFrom('{"level":30,"a":"é"}', '{"a":[1,2', '', '  ', '{}\r', 'text', '{"level":60}');
    fc.assert(
      fc.property(fc.array(row, {maxLength: 12}), fc.nat(), (lines, at) => {
        const content = lines.map(line => `${line}\n`).join('');
        const cut = content.lastIndexOf('\n', at % (content.length + 1)) + 1;
        const parts = [content.slice(0, cut), content.slice(cut)].flatMap(part => codesOf(scanner, part));
        expect(parts).toEqual(codesOf(scanner, content));
      }),
      {numRuns: 200},
    );
  });
});

describe('memory', () => {
  /** Left behind in the scanner's memory by an earlier batch: it would complete what the next one cuts off. */
  const TRAPS = ['"}\n', '}\n', ':1}\n', '0}\n', '\\"}\n', 'ue}\n', '{}\n', 'level":60}\n'];
  const STUMPS = [
    '{"a":"x', '{"a":1', '{"a"', '{"a":', '{"a":tr', '{', '{"', '{"a":[1,{"b":2', '{"a":"\\', '{"a":"\\u00', ' ', '',
  ];

  test('behind a batch does not matter', () => {
    for (const trap of TRAPS) {
      for (const stump of STUMPS) {
        const before = `{"pad":"${'x'.repeat(stump.length)}"}`;
        for (const content of [`{}\n${stump}`, `{}\n${stump}\n`, stump, `${stump}\n`]) {
          // Both are of one length, so that the trap lies right behind the batch's end.
          scan(scanner, Buffer.from(before.slice(0, content.length).padEnd(content.length) + trap.repeat(30)));
          expect(firstDifference(scanner, Buffer.from(content))).toBeNull();
        }
      }
    }
  });

  test('need not end anywhere, where nothing was scanned before', () => {
    for (const stump of STUMPS) {
      expect(codesOf(loadScanner(), stump)).toEqual([]);
      expect(codesOf(loadScanner(), `{}\n${stump}`)).toEqual(['record none']);
    }
  });

  test('of the caller may be any part of any buffer', () => {
    const content = Buffer.from('}}"{"level":40}\n{"a":1}\n}"}\n{}\n');
    const shared = new Uint8Array(new SharedArrayBuffer(content.length));
    shared.set(content);
    for (const bytes of [content, shared]) {
      const {codes, ends, levels} = scan(scanner, bytes.subarray(3, 24));
      expect([...codes].map(code => levels[code - 3])).toEqual(['warn', 'none']);
      expect([...ends]).toEqual([13, 21]);
    }
  });

  test('grows with the batch, and holds small ones afterwards', () => {
    const fresh = loadScanner();
    const row = '{"level":"info","a":[1,2,3]}\n';
    for (const rows of [1, 10, 1000, 100_000, 300_000, 5]) {
      const {count, codes, ends, levels} = scan(fresh, Buffer.from(row.repeat(rows)));
      expect(count).toBe(rows);
      expect(ends.length).toBe(rows);
      expect(codes.every(code => levels[code - 3] === 'info')).toBe(true);
      expect(ends.at(-1)).toBe(rows * row.length);
    }
  });

  test('has room for an answer a byte', () => {
    const fresh = loadScanner();
    const {count, codes, ends} = scan(fresh, Buffer.alloc(1_000_003, '\n'));
    expect(count).toBe(1_000_003);
    expect(codes.every(code => code === 0)).toBe(true);
    expect(ends.every((end, index) => end === index + 1)).toBe(true);
  });

  test('may be full to its last bytes', () => {
    const exports = loadWasm(new URL('../../dist/scan/scanner.wasm', import.meta.url))!;
    const full = new JsonScanner(exports, () => 'none');
    for (let pages = 1; pages <= 4; pages++) {
      // A byte of a batch, five of answers; between them the slack and what aligns them.
      const longest = Math.floor((pages * 65_536 - exports.base() - 64 - 3) / 6);
      for (let length = longest - 1; length <= longest; length++) {
        for (const end of ['\n', '"', '{"a":1', '{"a":"\\u12', '{"level":6', ' ']) {
          const bytes = Buffer.alloc(length, '\n');
          bytes.write(end, length - end.length);
          expect(firstDifference(full, bytes)).toBeNull();
        }
      }
      expect(exports.memory.buffer.byteLength).toBe(pages * 65_536);
    }
  });

  test('that is not to be had is no error', () => {
    const bytes = new Uint8Array(16);
    Object.defineProperty(bytes, 'length', {value: 2 ** 32});
    expect(scanner.scan(bytes, 100)).toBeNull();
    expect(codesOf(scanner, '{}\n')).toEqual(['record none']);
  });
});

describe('a scanner that can’t be loaded', () => {
  test.each(['./no-such-file.wasm', './scanner.test.ts'])('from %s is null', file => {
    expect(JsonScanner.load(() => 'none', new URL(file, import.meta.url))).toBeNull();
  });
});
