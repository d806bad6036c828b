import {describe, expect, test} from 'vitest';
import type {BatchBytes} from '../../src/model/task.ts';
import {LineCursor} from '../../src/worker/line-cursor.ts';
import {batchBytes} from '../support/parse-task.ts';

const bytes = (latin1: string): Uint8Array => Buffer.from(latin1, 'latin1');

const BOM = '\u00ef\u00bb\u00bf';

type Seen = {text: string; number: number; offset: number; contentBytes: number; lineBytes: number; valid: boolean};

const walk = (content: string | Uint8Array, place: Partial<BatchBytes> = {}): Seen[] => {
  const cursor = new LineCursor(batchBytes(content, place));
  const seen: Seen[] = [];
  while (cursor.advance()) {
    const {number, offset, contentBytes, lineBytes} = cursor;
    seen.push({text: cursor.text(), number, offset, contentBytes, lineBytes, valid: cursor.isValidUtf8()});
  }
  return seen;
};

const texts = (content: string | Uint8Array, place: Partial<BatchBytes> = {}): string[] =>
  walk(content, place).map(({text}) => text);

describe('lines', () => {
  test.each([
    ['newlines', 'a\nbc\n', ['a', 'bc']],
    ['CRLF', 'a\r\nbc\r\n', ['a', 'bc']],
    ['one of two carriage returns', 'a\r\r\n', ['a\r']],
    ['a carriage return inside a line', 'a\rb\n', ['a\rb']],
    ['a lone carriage return', '\r\n', ['']],
    ['empty lines', '\n\n', ['', '']],
    ['nothing behind the last newline', 'a\nrest', ['a']],
    ['nothing at all', '', []],
  ])('are split at %s', (_title, content, expected) => {
    expect(texts(content)).toEqual(expected);
  });

  test('are numbered and placed in their stream', () => {
    expect(walk('ab\r\nc\n\n', {firstLine: 11, firstOffset: 100})).toMatchObject([
      {number: 11, offset: 100, contentBytes: 2, lineBytes: 3},
      {number: 12, offset: 104, contentBytes: 1, lineBytes: 1},
      {number: 13, offset: 106, contentBytes: 0, lineBytes: 0},
    ]);
  });

  test('can be read from the middle of a buffer', () => {
    const buffer = bytes('xxab\ncd\nyy');
    expect(texts(buffer.subarray(2, 8))).toEqual(['ab', 'cd']);
  });
});

describe('a byte order mark', () => {
  test('is stripped where the stream starts', () => {
    expect(walk(bytes(`${BOM}{}\n${BOM}{}\n`))).toMatchObject([
      {text: '{}', offset: 0, contentBytes: 2, lineBytes: 5},
      {text: '\ufeff{}', offset: 6, contentBytes: 5},
    ]);
  });

  test('stays at the start of a later batch', () => {
    expect(texts(bytes(`${BOM}x\n`), {firstOffset: 10, firstLine: 3})).toEqual(['\ufeffx']);
  });

  test('alone is an empty line; two of its three bytes are none', () => {
    expect(walk(bytes(`${BOM}\n`))).toMatchObject([{text: '', contentBytes: 0}]);
    expect(texts(bytes('\u00ef\u00bb\n'))).toEqual(['\ufffd']);
  });

  test('alone before CRLF is an empty line', () => {
    expect(walk(bytes(`${BOM}\r\n`))).toMatchObject([{text: '', contentBytes: 0, lineBytes: 4}]);
  });
});

describe('text', () => {
  test('that is no UTF-8 is replaced, and only its own line counts as invalid', () => {
    expect(walk(bytes('ok\na\xffb\n\xc3\xa4\n'))).toMatchObject([
      {text: 'ok', valid: true},
      {text: 'a\ufffdb', valid: false},
      {text: 'ä', valid: true},
    ]);
  });

  test.each([
    ['ASCII', 'abcdef', 3, 'abc'],
    ['before a character of two bytes that does not fit', 'abä', 3, 'ab'],
    ['behind one that just fits', 'abä', 4, 'abä'],
    ['before one of four bytes', 'a🙂b', 4, 'a'],
    ['behind one of four bytes', 'a🙂b', 5, 'a🙂'],
    ['not, when it is short', 'ä', 100, 'ä'],
  ])('is cut %s', (_title, line, maxBytes, expected) => {
    const cursor = new LineCursor(batchBytes(`${line}\n`));
    cursor.advance();
    expect(cursor.text(maxBytes)).toBe(expected);
    expect(cursor.isValidUtf8(maxBytes)).toBe(true);
  });

  test.each([
    ['stray continuation bytes', 'ab\x80\x80\x80\x80\x80\n', 4, false],
    ['one behind ASCII', 'abc\x80\n', 3, true],
    ['an invalid byte beyond the cut', 'abc\xff\n', 3, true],
  ])('cut at %s loses nothing', (_title, line, maxBytes, valid) => {
    const cursor = new LineCursor(batchBytes(bytes(line)));
    cursor.advance();
    expect(cursor.text(maxBytes)).toHaveLength(maxBytes);
    expect(cursor.isValidUtf8(maxBytes)).toBe(valid);
  });
});

describe('a line whose middle was not kept', () => {
  const place = {
    discarded: [
      {at: 2, discarded: 100},
      {at: 11, discarded: 7},
    ],
  };

  test('has its true length, and moves what comes behind it', () => {
    expect(walk('a\nbbbb\nccc\nd\ne\n', place)).toMatchObject([
      {text: 'a', offset: 0, contentBytes: 1},
      {text: 'bbbb', offset: 2, contentBytes: 104, lineBytes: 104},
      {text: 'ccc', offset: 107, contentBytes: 3},
      {text: 'd', offset: 111, contentBytes: 8},
      {text: 'e', offset: 120, contentBytes: 1},
    ]);
  });

  test('has no carriage return to strip, as what it ended with is unknown', () => {
    expect(walk('bb\r\n', {discarded: [{at: 0, discarded: 5}]})).toMatchObject([{contentBytes: 8, lineBytes: 8}]);
  });
});
