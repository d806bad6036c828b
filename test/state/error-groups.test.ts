import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {groupKey} from '../../src/model/tally.ts';
import type {ErrorGroup} from '../../src/model/tally.ts';
import {newestGroup, topGroups} from '../../src/state/error-groups.ts';
import {groupArbitrary} from '../support/tally-arbitrary.ts';

const mapArbitrary = fc
  .uniqueArray(groupArbitrary, {selector: groupKey})
  .map(groups => new Map(groups.map(group => [groupKey(group), group])));
const named = (template: string, count: number, lastSeenMs: number, line = 1): [string, ErrorGroup] => {
  const sample = {text: '', message: '', generation: 1, line, offset: 0};
  return [template, {kind: 'error', template, count, firstSeenMs: 0, lastSeenMs, sample}];
};
const names = (groups: readonly ErrorGroup[]): string => groups.map(({template}) => template).join(' ');

describe('topGroups', () => {
  it('lists the largest first, of equal ones the newest', () => {
    const equal = [named('old', 2, 1), named('new', 2, 5, 7), named('newer', 2, 5, 8)];
    const groups = new Map([...equal, named('big', 9, 0), named('one', 1, 9)]);
    expect(names(topGroups(groups, 4))).toBe('big newer new old');
  });

  it('leaves out none that is larger than one it lists, and changes nothing', () => {
    fc.assert(
      fc.property(mapArbitrary, fc.nat(20), (groups, count) => {
        const before = [...groups];
        const top = topGroups(groups, count);
        expect(top).toHaveLength(Math.min(count, groups.size));
        const left = [...groups.values()].filter(group => !top.includes(group));
        const least = Math.min(...top.map(group => group.count));
        expect(left.every(group => count === 0 || group.count <= least)).toBe(true);
        expect([...groups]).toEqual(before);
      }),
    );
  });
});

describe('newestGroup', () => {
  it('is null without any', () => expect(newestGroup(new Map())).toBeNull());

  it('is the one seen last, whatever its size and place', () => {
    const groups = new Map([named('a', 9, 1), named('b', 1, 5, 3), named('c', 1, 5, 2), named('d', 99, 4)]);
    expect(newestGroup(groups)?.template).toBe('b');
  });
});
