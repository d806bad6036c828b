import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {countNewlines} from '../../src/ingest/newline-count.ts';
import {reserveScanMemory} from '../../src/scan/scan-memory.ts';
import {JsonScanner} from '../../src/scan/scanner.ts';
import {BatchSlots} from '../../src/worker/batch-slots.ts';
import {firstDifference, loadScanner, scan, scanMemory, wordsOf} from './against-parser.ts';

const scanner = loadScanner();

/** A record of so many bytes. */
const recordOf = (length: number): string => `{"a":${'1'.repeat(length - 6)}}`;

describe('lines', () => {
  test.each([
    ['newlines', '{}\n[]\n', ['record none', 'not-an-object']],
    ['CRLF', '{}\r\n\r\n', ['record none', 'blank']],
    ['blank of every kind', '\n \n\t\n\r\n\v\n\f\n \t\v\f\r \n', Array.from({length: 7}, () => 'blank')],
    ['not quite blank', '\v{}\n{}\f\n\u00a0\n\u0000\n\u0008\n\u000e\n', Array.from({length: 6}, () => 'invalid-json')],
    ['two values', '{}{}\n{} {}\n', ['invalid-json', 'invalid-json']],
    ['a byte order mark', '\ufeff{}\n', ['invalid-json']],
    ['a value over two lines', '{"a":\n1}\n{"a":"\n"}\n', Array.from({length: 4}, () => 'invalid-json')],
    ['an end without newline', '{}\n{}', ['record none']],
    ['one without any', '{"a":1}', []],
    ['nothing', '', []],
  ])('with %s are told apart', (_what, content, expected) => {
    expect(wordsOf(scanner, content)).toEqual(expected);
  });

  test('over the limit are left to whoever knows their length, one carriage return not counted', () => {
    const [fits, less, more] = [recordOf(20), recordOf(19), recordOf(21)];
    const lines = [fits, more, `${fits}\r`, `${fits}\r\r`, `${less} `, `${fits} `, ' '.repeat(20), ' '.repeat(21)];
    expect(wordsOf(scanner, lines.map(line => `${line}\n`).join(''), 20)).toEqual([
      'record none', 'ask', 'record none', 'ask', 'record none', 'ask', 'blank', 'ask',
    ]);
  });

  test('of any length are taken where there is no limit', () => {
    const line = `{"a":"${'x'.repeat(3_000_000)}"}\n`;
    for (const limit of [Infinity, 2 ** 40, 2 ** 32 - 1]) expect(wordsOf(scanner, line, limit)).toEqual(['record none']);
  });

  test('are the same wherever a batch is cut', () => {
    const row = fc.constantFrom('{"level":30,"a":"é"}', '{"a":[1,2', '', '  ', '{}\r', 'text', '{"level":60}');
    fc.assert(
      fc.property(fc.array(row, {maxLength: 12}), fc.nat(), (lines, at) => {
        const content = lines.map(line => `${line}\n`).join('');
        const cut = content.lastIndexOf('\n', at % (content.length + 1)) + 1;
        const parts = [content.slice(0, cut), content.slice(cut)].flatMap(part => wordsOf(scanner, part));
        expect(parts).toEqual(wordsOf(scanner, content));
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

  test('of the caller may be any part of any buffer', () => {
    const content = Buffer.from('}}"{"level":40}\n{"a":1}\n}"}\n{}\n');
    const shared = new Uint8Array(new SharedArrayBuffer(content.length));
    shared.set(content);
    for (const bytes of [content, shared]) {
      expect(wordsOf(scanner, bytes.subarray(3, 24))).toEqual(['record warn', 'record none']);
    }
  });

  test('that all threads share is read where it is, from its first slot to its last', () => {
    const layout = scanMemory(1000, 3);
    const own = loadScanner({memory: layout});
    for (let slot = 0; slot < layout.slotCount; slot++) {
      const bytes = new Uint8Array(layout.memory.buffer, layout.slotsAt + slot * layout.slotBytes, layout.slotBytes);
      for (const end of ['\n', '"\n', '{"a":1\n', '{"a":"\\u12\n', '{"level":6\n', ' \n']) {
        const lines = '{"level":"warn"}\n'.repeat(50) + end;
        bytes.fill(0x7d);
        bytes.set(Buffer.from(lines));
        const words: string[] = [];
        const range = {bytes, isInMemory: true, from: 0, to: lines.length, maxLineBytes: 100};
        own.scan(range, ({kind, level}) => words.push(`${kind} ${level}`));
        expect(words.length).toBe(51);
        expect(words.slice(0, 50)).toEqual(Array.from({length: 50}, () => 'record warn'));
      }
    }
  });

  test('may be larger than 2 GiB, whose upper half has negative addresses to WebAssembly', () => {
    const slots = BatchSlots.reserve({batchBytes: 256 * 1024 * 1024, slotCount: 9, threads: 1})!;
    const own = loadScanner({memory: slots.memory});
    const taken = Array.from({length: 9}, () => slots.take(256 * 1024 * 1024)!);
    const bytes = taken.at(-1)!;
    expect(bytes.byteOffset).toBeGreaterThan(2 ** 31);
    const lines = '{"level":"warn"}\n[]\nno\n'.repeat(3000);
    slots.landing.set(Buffer.from(lines.slice(0, 60_000)));
    expect(slots.copy(slots.landing.subarray(0, 60_000), bytes, 0)).toBe(true);
    bytes.set(Buffer.from(lines.slice(60_000)), 60_000);
    expect(slots.countNewlines(bytes, 0, lines.length)).toBe(9000);
    const picked: string[] = [];
    const range = {bytes, isInMemory: true, from: 0, to: lines.length, maxLineBytes: 100};
    const counts = own.scan(range, ({kind, start}) => picked.push(`${kind} ${start}`));
    expect([counts?.lines, picked.length]).toEqual([9000, 9000]);
    expect(picked.slice(0, 3)).toEqual(['record 0', 'not-an-object 17', 'invalid-json 20']);
    expect(slots.release(bytes)).toBe(true);
  });

  test('has room for any number of picks, and for a batch of its size, no more', () => {
    const own = loadScanner({memory: scanMemory(100_003)});
    const empty = scan(own, Buffer.alloc(100_003, '\n'));
    expect([empty.counts.lines, empty.picked.length]).toEqual([100_003, 100_003]);
    expect(empty.picked.every(({index, start}) => index === start)).toBe(true);
    const over = new Uint8Array(100_400).fill(10);
    const range = {bytes: over, isInMemory: false, from: 0, to: 100_400, maxLineBytes: 100};
    expect(own.scan(range, () => {})).toBeNull();
    expect(wordsOf(own, '{}\n')).toEqual(['record none']);
  });

  test('of one thread is no other thread’s', () => {
    const memory = scanMemory();
    const [a, b] = [loadScanner({memory}), loadScanner({memory})];
    wordsOf(a, '{"level":"info"}\n{"level":"error"}\n');
    expect(wordsOf(b, '{"level":"error"}\n{"level":"warn"}\n')).toEqual(['record error', 'record warn']);
    expect(wordsOf(a, '{"level":"warn"}\n{"level":"info"}\n')).toEqual(['record warn', 'record info']);
  });

  test('for one more thread than it was made for is not there', () => {
    const {layout: memory} = reserveScanMemory({batchBytes: 1000, slotCount: 1, threads: 2})!;
    const load = () => JsonScanner.load({memory, levelOf: () => 'none', useOf: () => 'pick'});
    expect([load(), load(), load()].map(one => one !== null)).toEqual([true, true, false]);
  });

  test('of a size that can’t be had is none', () => {
    expect(reserveScanMemory({batchBytes: 2 ** 30, slotCount: 1000, threads: 1})).toBeNull();
  });
});

describe('counting', () => {
  test('spares the caller all lines that are not picked, and misses none', () => {
    const quiet = loadScanner({useOf: line => (line === 'error' || line === 'failure' ? 'pick' : 'count')});
    const rows = ['{"level":"info"}', '{"level":50}', '', '{}', '[]', 'x', '{"level":30}', '{"level":"error"}', ' \t'];
    for (let round = 0; round < 2; round++) {
      const {picked, counts} = scan(quiet, Buffer.from(rows.map(row => `${row}\n`).join('').repeat(100)));
      // What is met for the first time is picked, too, since nobody knows yet what it means.
      const known = picked.filter(({kind, level}) => kind !== 'record' || level === 'error');
      expect(known.map(({kind}) => kind)).toEqual(
        Array.from({length: 100}, () => ['record', 'not-an-object', 'invalid-json', 'record']).flat(),
      );
      expect(counts.lines).toBe(900);
      expect(counts.blank).toBe(200);
      const counted = [...counts.levels.values()].reduce((sum, count) => sum + count, 0);
      expect(counted + picked.length - known.length).toBe(300);
      if (round === 1) expect([...counts.levels]).toEqual([['none', 100], ['info', 200]]);
    }
  });

  test('by groups picks the first line of each, and tells how many there are and which is the newest', () => {
    const grouping = loadScanner({useOf: line => (line === 'blank' || line === 'info' ? 'count' : 'group')});
    const rows = ['{"level":50,"a":1}', 'bad 1', '{"level":30}', '{"level":50,"a":2}', 'bad 2', "it's", 'bad 34'];
    grouping.finder([['msg']]).useForGroups();
    const content = `${rows.join('\n')}\n`;
    scan(grouping, Buffer.from('{"level":50}\n{"level":30}\n'));
    const {picked, counts} = scan(grouping, Buffer.from(content));
    expect(picked.map(({index, group}) => [index, group === null])).toEqual([[0, false], [1, false], [5, true], [6, false]]);
    expect(counts.levels).toEqual(new Map([['error', 2], ['info', 1]]));
    expect(counts.failures).toEqual({'invalid-json': 3, 'not-an-object': 0});
    const newest = [content.indexOf('{"level":50,"a":2}'), content.indexOf('bad 2'), content.indexOf('bad 34')];
    const groups = (): {group: number; count: number; index: number; start: number}[] => {
      const told: {group: number; count: number; index: number; start: number}[] = [];
      grouping.eachGroup((group, lines) => told.push({group, ...lines}));
      return told;
    };
    expect(groups().map(({count, index, start}) => [count, index, start])).toEqual([
      [2, 3, newest[0]], [2, 4, newest[1]], [1, 6, newest[2]],
    ]);
    const numbers = groups().map(({group}) => group);
    expect(scan(grouping, Buffer.from('bad 3\n')).picked).toEqual([]);
    expect(groups()).toEqual([{group: numbers[1], count: 1, index: 0, start: 0}]);
  });

  test('tells lines that are no UTF-8, as Node does', () => {
    const pieces = fc.constantFrom(
      ...['a', '"', 'é', '€', '😀', '\n', 'xxxxxxxxxxxxxxxx'].map(text => Buffer.from(text)),
      ...[[0x80], [0xbf], [0xc0, 0x80], [0xc1, 0xbf], [0xc2], [0xe0, 0x80, 0x80], [0xe0, 0xa0, 0x80], [0xed, 0xa0, 0x80],
        [0xed, 0x9f, 0xbf], [0xe2, 0x82], [0xf0, 0x80, 0x80, 0x80], [0xf0, 0x90, 0x80, 0x80], [0xf4, 0x8f, 0xbf, 0xbf],
        [0xf4, 0x90, 0x80, 0x80], [0xf5], [0xff], [0xf0, 0x9f, 0x98]].map(bytes => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(fc.array(pieces, {maxLength: 60}), parts => {
        expect(firstDifference(scanner, Buffer.concat([...parts, Buffer.from('\n')]))).toBeNull();
      }),
      {numRuns: 1000},
    );
    for (let first = 0; first < 256; first++) {
      const lines = Array.from({length: 256}, (_, second) => Buffer.from([first, second, 10])).filter(line => line.indexOf(10) === 2);
      expect(firstDifference(scanner, Buffer.concat(lines))).toBeNull();
    }
  });

  test('newlines, of any bytes from anywhere', () => {
    const slots = BatchSlots.reserve({batchBytes: 20_000, slotCount: 1, threads: 1})!;
    const bytes = slots.take(20_000)!;
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(20_000), fc.constantFrom(1, 2, 7, 300), (a, b, every) => {
        for (let at = 0; at < bytes.length; at++) bytes[at] = at % every === 0 ? 10 : 0x8a;
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        expect(slots.countNewlines(bytes, start, end)).toBe(countNewlines(bytes, start, end));
      }),
      {numRuns: 100},
    );
    bytes.fill(10);
    expect(slots.countNewlines(bytes, 0, 20_000)).toBe(20_000);
  });
});

describe('where a line stops being JSON', () => {
  test.each([
    ['{"a":1', 6], ['{"a":tru}', 8], ['{"a":fals3}', 9], ['{"a":nulL}', 8], ['{"a" 1}', 5], ['{a:1}', 1], ['{"a":01}', 6],
    ['{"a":1.}', 7], ['{"a":1e+}', 8], ['{"a":-}', 6], ['{"a":"\\x"}', 7], ['{"a":"\\u12g4"}', 10], ['{"a":"\u0001"}', 6],
    ['{} x', 3], ['[1,]', 3], ['[1 2]', 3], ['x', 0], ['  x', 2], ['{"a":[{"b":}]}', 11],
  ])('%s', (line, at) => {
    const {picked} = scan(scanner, Buffer.from(`{}\n${line}\n`));
    expect([picked[1]!.kind, picked[1]!.failedAt - picked[1]!.start]).toEqual(['invalid-json', at]);
  });
});

describe('a scanner that can’t be loaded', () => {
  test.each(['./no-such-file.wasm', './scanner.test.ts'])('from %s is null', name => {
    const file = new URL(name, import.meta.url);
    expect(JsonScanner.load({memory: scanMemory(), levelOf: () => 'none', useOf: () => 'pick', file})).toBeNull();
  });
});
