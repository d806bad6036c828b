import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {nearest} from '../../src/config/nearest.ts';

const CANDIDATES = [
  '--name',
  '--format',
  '--for',
  '--restart',
  '--report',
  '--run-name',
  '--kill-others',
  '--kill-others-on-fail',
];

describe('nearest', () => {
  test.each([
    ['--formt', '--format'],
    ['--fromat', '--format'],
    ['--names', '--name'],
    ['--restrat', '--restart'],
    ['--reprot', '--report'],
    ['-name', '--name'],
    ['--kill', '--kill-others'],
    ['--kill-other', '--kill-others'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearest(word, CANDIDATES)).toBe(meant);
  });

  test.each(['--', '', '--zzzzzz', '-x', '--verbose'])('finds nothing near %j', word => {
    expect(nearest(word, CANDIDATES)).toBeNull();
  });

  test('finds a word itself, whatever it is and whatever else there is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({minLength: 1, maxLength: 30}), {minLength: 1}), words => {
        const [first = ''] = words;
        const others = words.filter(word => !word.startsWith(first));
        expect(nearest(first, [...others, first])).toBe(first);
      }),
    );
  });

  test('is quick with an endless word', () => {
    expect(nearest('-'.repeat(1_000_000), CANDIDATES)).toBeNull();
  });
});
