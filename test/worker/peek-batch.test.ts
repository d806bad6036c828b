import {describe, expect, test} from 'vitest';
import type {PeekTask} from '../../src/model/task.ts';
import {peekBatch} from '../../src/worker/peek-batch.ts';
import {batchBytes} from '../support/parse-task.ts';

const peek = (content: string, options: Partial<PeekTask> = {}) =>
  peekBatch({
    kind: 'peek',
    ...batchBytes(content),
    nonBlankBefore: 0,
    maxLineBytes: 100,
    tailLines: 64,
    ansi: false,
    emit: null,
    ...options,
  });

const text = (count: number): string => 'text\n'.repeat(count);

describe('what auto looks for', () => {
  test.each([
    ['nothing but text so far', text(49), 0, 'undecided', 49],
    ['50 lines of text', text(50), 0, 'text', 50],
    ['an object in line 50', `${text(49)}{"a":1}\n`, 0, 'json', 50],
    ['an object in line 51', `${text(50)}{"a":1}\n`, 0, 'text', 50],
    ['an object in the first line', '{"a":1}\n', 0, 'json', 1],
    ['an object behind 49 lines of earlier batches', '{"a":1}\n', 49, 'json', 50],
    ['text behind 49 lines of earlier batches', 'x\n', 49, 'text', 50],
    ['49 lines and blank ones', `${text(49)}${'\n \t\n\r\n'.repeat(30)}`, 0, 'undecided', 49],
    ['blank lines before an object in what counts as line 50', `${'\n'.repeat(60)}${text(49)}{}\n`, 0, 'json', 50],
    ['other JSON values', '[1]\n12\n"x"\nnull\n', 0, 'undecided', 4],
    ['half an object', '{"a":\n', 0, 'undecided', 1],
    ['an object over the limit', `{"a":"${'x'.repeat(100)}"}\n`, 0, 'undecided', 1],
    ['as many lines over the limit as make text', `${'x'.repeat(101)}\n`.repeat(50), 0, 'text', 50],
    ['blanks over the limit, which no longer are blank', `${' '.repeat(101)}\n`, 0, 'undecided', 1],
    ['nothing', '', 7, 'undecided', 7],
  ])('%s', (_title, content, nonBlankBefore, found, nonBlank) => {
    expect(peek(content, {nonBlankBefore})).toMatchObject({found, nonBlank});
  });
});

describe('lines that wait for their verdict', () => {
  test('are shown, all of them, also behind the one that settles it', () => {
    const {tail} = peek('a\n\n{"a":1}\nb\n', {ordinal: 5, firstLine: 3});
    expect(tail.map(({key, kind, line, message}) => [key, kind, line, message])).toEqual([
      [[5, 0], 'undecided', 3, 'a'],
      [[6, 0], 'undecided', 4, ''],
      [[7, 0], 'undecided', 5, '{"a":1}'],
      [[8, 0], 'undecided', 6, 'b'],
    ]);
  });

  test('are printed in plain output as they came, blanks too', () => {
    const {emitted} = peek(`a\x1b\n\n[]\n${'x'.repeat(101)}\n`, {emit: {kind: 'plain', prefix: 'p', color: false, ansi: 'none'}});
    expect(Buffer.from(emitted!).toString()).toBe(
      `p │ a^[\np │ \np │ []\np │ ${'x'.repeat(100)}… (101 bytes, the limit is 100)\n`,
    );
  });

  test('wait for their verdicts once the format is found', () => {
    expect(peek('a\n{}\n', {emit: {kind: 'plain', prefix: 'p', color: false, ansi: 'none'}})).toMatchObject({found: 'json', emitted: null});
  });

  test('make no JSON event: that comes with the verdict', () => {
    expect(peek('a\n', {emit: {kind: 'json', process: 'p'}}).emitted).toBeNull();
  });
});
