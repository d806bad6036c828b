import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {groupKey, MAX_GROUPS, OTHER_TEMPLATE} from '../../src/model/tally.ts';
import type {ErrorGroup} from '../../src/model/tally.ts';
import type {GroupedLines} from '../../src/model/task.ts';
import {mergeCounted, mergeGroups} from '../../src/state/merge-groups.ts';
import {groupArbitrary} from '../support/tally-arbitrary.ts';

const sample = {text: 'x', message: '', generation: 1, line: 1, offset: 0};
const group = (over: Partial<ErrorGroup>): ErrorGroup => ({
  kind: 'error', template: 't', count: 1, firstSeenMs: 5, lastSeenMs: 5, sample, ...over,
});
const mergedFrom = (groups: Iterable<ErrorGroup>): ErrorGroup[] => {
  const into = new Map<string, ErrorGroup>();
  mergeGroups(into, groups);
  for (const [key, one] of into) expect(key).toBe(groupKey(one));
  return [...into.values()];
};

const perKind = (groups: Iterable<ErrorGroup>): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const {kind, count} of groups) sums[kind] = (sums[kind] ?? 0) + count;
  return sums;
};

describe('mergeGroups', () => {
  it('keeps first and last sight and the newest sample, in any order', () => {
    const older = group({count: 2, firstSeenMs: 1, lastSeenMs: 6, sample: {...sample, text: 'older'}});
    const newer = group({count: 3, firstSeenMs: 4, lastSeenMs: 9, sample: {...sample, text: 'newer'}});
    const both = group({count: 5, firstSeenMs: 1, lastSeenMs: 9, sample: {...sample, text: 'newer'}});
    expect(mergedFrom([older, newer])).toEqual([both]);
    expect(mergedFrom([newer, older])).toEqual([both]);
  });

  it('takes the later line for the newer one within a millisecond', () => {
    const first = group({sample: {...sample, line: 9}});
    const second = group({sample: {...sample, line: 10}});
    const restarted = group({sample: {...sample, line: 1, generation: 2}});
    expect(mergedFrom([second, first])[0]?.sample).toBe(second.sample);
    expect(mergedFrom([first, second])[0]?.sample).toBe(second.sample);
    expect(mergedFrom([restarted, second])[0]?.sample).toBe(restarted.sample);
  });

  it('keeps equal templates of different kinds apart', () => {
    expect(mergedFrom([group({}), group({kind: 'fatal'})])).toHaveLength(2);
  });

  it('counts what comes beyond the cap under the other group of its kind', () => {
    const many = Array.from({length: MAX_GROUPS + 50}, (_, index) => group({template: `t${index}`, lastSeenMs: index}));
    const merged = mergedFrom([...many, group({kind: 'fatal', template: 'late', count: 7}), group({template: 't0'})]);
    expect(merged).toHaveLength(MAX_GROUPS + 2);
    expect(merged.find(({template}) => template === 't0')?.count).toBe(2);
    const others = merged.filter(({template}) => template === OTHER_TEMPLATE);
    expect(others.map(({kind, count}) => [kind, count])).toEqual([['error', 50], ['fatal', 7]]);
    expect(others[0]?.lastSeenMs).toBe(MAX_GROUPS + 49);
  });

  it('loses no count and stays bounded, whatever comes', () => {
    const wide = fc.tuple(groupArbitrary, fc.nat(600)).map(([one, n]) => ({...one, template: `${one.template}${n}`}));
    fc.assert(
      fc.property(fc.array(wide, {minLength: 300, maxLength: 700}), groups => {
        const merged = mergedFrom(groups);
        expect(perKind(merged)).toEqual(perKind(groups));
        expect(merged.length).toBeLessThanOrEqual(MAX_GROUPS + 10);
      }),
      {numRuns: 30},
    );
  });
});

const lines = (template: string, count: number): GroupedLines => ({name: {id: 0, kind: 'error', template, key: groupKey({kind: 'error', template})}, count, index: 0, start: 0});

describe('mergeCounted', () => {
  it('adds to a known group, which keeps its sample; looks at a line where a group is new', () => {
    const into = new Map<string, ErrorGroup>();
    const looked: string[] = [];
    const sampleOf = ({name}: GroupedLines): ErrorGroup['sample'] => {
      looked.push(name.template);
      return {...sample, text: name.template};
    };
    mergeCounted(into, [lines('a', 2), lines('b', 1)], 5, sampleOf);
    mergeCounted(into, [lines('a', 3)], 9, sampleOf);
    mergeCounted(into, [lines('a', 1)], 4, sampleOf);
    expect(looked).toEqual(['a', 'b']);
    const seen = group({template: 'a', count: 6, firstSeenMs: 4, lastSeenMs: 9, sample: {...sample, text: 'a'}});
    expect(into.get(groupKey(seen))).toEqual(seen);
  });

  it('loses no count beyond the most groups, and looks at one line for all of them', () => {
    const into = new Map<string, ErrorGroup>();
    let looked = 0;
    const sampleOf = (): ErrorGroup['sample'] => {
      looked++;
      return sample;
    };
    for (let round = 1; round <= 3; round++) {
      mergeCounted(into, Array.from({length: 500}, (_, index) => lines(`t${index}`, 2)), round, sampleOf);
    }
    expect(perKind(into.values())).toEqual({error: 3000});
    expect(into.size).toBe(MAX_GROUPS + 1);
    expect(looked).toBe(MAX_GROUPS + 1);
    expect(into.get(groupKey({kind: 'error', template: OTHER_TEMPLATE}))?.count).toBe(3 * 2 * (500 - MAX_GROUPS));
  });
});
