import {mixture, pick, repeated, seeded, sgrStorm} from './hostile-sequences.ts';
import type {Random} from './hostile-sequences.ts';

/** Makes one line, without its newline and with none inside. */
type LineMaker = (random: Random) => string | Buffer;

/**
 * Lines that try to steer a terminal, to hide, to break parsers and measuring, or to be slow: as bytes, each ending
 * with its newline, the same for the same seed.
 *
 * @param options `longEvery`: one line in so many is long (100 KB to 1 MB); default 1000, 0 for none.
 */
export function* hostileLines(count: number, seed: number, options: HostileOptions = {}): Generator<Buffer, undefined> {
  const {longEvery = 1000} = options;
  const random = seeded(seed);
  for (let n = 1; n <= count; n += 1) {
    const make = longEvery > 0 && n % longEvery === 0 ? pick(random, LONG) : pick(random, SHORT);
    const line = make(random);
    yield Buffer.concat([typeof line === 'string' ? Buffer.from(line) : line, NEWLINE]);
  }
}

export type HostileOptions = {readonly longEvery?: number};

/** What the books must say of such a stream. */
export const hostileCounts = (
  count: number,
  seed: number,
  options: HostileOptions = {},
): {readonly lines: number; readonly bytes: number} => {
  let lines = 0;
  let bytes = 0;
  for (const line of hostileLines(count, seed, options)) {
    lines += 1;
    bytes += line.length;
  }
  return {lines, bytes};
};

const NEWLINE = Buffer.from('\n');

/** Bytes that are no UTF-8: lone and overlong, cut off, surrogates (CESU), beyond Unicode, C1 raw. */
const BROKEN_BYTES = [
  [0x80], [0xff, 0xfe], [0xc0, 0x80], [0xc0, 0x9b], [0xe0, 0x80, 0x9b], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80],
  [0xed, 0xb0, 0x80], [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80],
  [0x9b, 0x32, 0x4a], [0x9d, 0x30, 0x3b, 0x78, 0x9c], [0x85], [0x90, 0x71, 0x9c], [0xef, 0xbb, 0xbf], [0xfe, 0xff, 0x00, 0x41],
].map((bytes) => Buffer.from(bytes));

const broken: LineMaker = (random) =>
  Buffer.concat(Array.from({length: 1 + random(6)}, () => [Buffer.from(mixture(random)), pick(random, BROKEN_BYTES)]).flat());

/** A value as JSON text, written by hand where `JSON.stringify` would not write it so. */
const value = (random: Random): string => (random(3) === 0 ? pick(random, VALUES) : JSON.stringify(mixture(random)));
const VALUES = [
  '1e400', '-0', '9007199254740993', `1${'0'.repeat(400)}`, '0.1000000000000000055511151231257827', 'null', 'true', '[]', '{}',
  String.raw`"\ud800"`, String.raw`"\udc00\ud800"`, String.raw`"\ud83d\u001b[31m\ude00"`, String.raw`"\u0000\u001b[2J\u009b"`,
  String.raw`"\u202e\u2066"`, '"\u009b31m"', '{"__proto__":{"polluted":true}}', '{"toJSON":1,"toString":2}', `${'['.repeat(60)}${']'.repeat(60)}`,
];
const key = (random: Random): string => (random(3) === 0 ? JSON.stringify(mixture(random)) : pick(random, KEYS));
const KEYS = ['"__proto__"', '"constructor"', '"prototype"', '"toString"', '"hasOwnProperty"', '""', '" "', '"level"', '"msg"', '"a"', String.raw`"\u006dsg"`];

const member = (random: Random): string => `${key(random)}:${value(random)}`;
const level = (random: Random): string => `"level":${random(2) === 0 ? pick(random, LEVELS) : value(random)}`;
const LEVELS = ['"info"', '"error"', '"fatal"', '"ERROR"', '50', '60', '1e9', '-1', '"\u202eerror"', String.raw`"\u001b[31merror\u001b[39m"`];
const time = (random: Random): string => `"time":${random(2) === 0 ? pick(random, TIMES) : value(random)}`;
const TIMES = ['"2024-05-01T10:00:00Z"', '1714557600000', '1e308', '-1', '"9999-99-99"', '253402300800000', '8640000000000001'];

const record: LineMaker = (random) => {
  const members = [level(random), `"msg":${value(random)}`, time(random), ...Array.from({length: random(8)}, () => member(random))];
  return `{${members.filter(() => random(5) > 0).join(',')}}`;
};

const tornRecord: LineMaker = (random) => {
  const text = String(record(random));
  return text.slice(random(text.length + 1)) || text.slice(0, random(text.length + 1));
};

const nested: LineMaker = (random) => {
  const depth = pick(random, [64, 511, 512, 513, 2000]);
  return random(2) === 0
    ? `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`
    : `${'{"a":'.repeat(depth)}1${'}'.repeat(random(2) === 0 ? depth : depth - 1)}`;
};

const manyKeys: LineMaker = (random) =>
  `{${Array.from({length: 1 + random(300)}, (_, i) => `"k${random(1e6)}_${i}":${i}`).join(',')}}`;

const SHORT: readonly LineMaker[] = [
  mixture, mixture, mixture, record, record, record, tornRecord, broken, nested, manyKeys, () => '', () => ' \t ',
];

const MEGABYTE = 1024 * 1024;

const LONG: readonly LineMaker[] = [
  () => 'x'.repeat(MEGABYTE),
  () => '😀'.repeat(50_000),
  () => '👩\u200d👧\ufe0f'.repeat(50_000),
  () => `e${'\u0301'.repeat(300_000)}`,
  () => '\u001b'.repeat(100_000),
  () => '\u001b['.repeat(100_000),
  () => `\u001b[${'1;'.repeat(100_000)}m`,
  () => `{"msg":"${'\u202e'.repeat(50_000)}"}`,
  () => `{"level":"error","msg":"${String.raw`\u001b[31mx`.repeat(20_000)}"}`,
  () => `{"${'k'.repeat(200_000)}":"${'v'.repeat(200_000)}"}`,
  () => `{"a":[${'1,'.repeat(60_000)}1]}`,
  () => '"'.repeat(200_000),
  () => '['.repeat(200_000),
  () => '0'.repeat(200_000),
  () => '/'.repeat(200_000),
  () => 'a.'.repeat(100_000),
  () => '\r'.repeat(100_000),
  () => '\t'.repeat(100_000),
  (random) => sgrStorm(random, 100_000),
  (random) => repeated(random, 200_000),
  (random) => `{"level":"error","msg":${JSON.stringify(repeated(random, 100_000))}}`,
];
