import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {groupKey} from '../../src/model/tally.ts';
import type {Tally} from '../../src/model/tally.ts';
import {FAILURE_KINDS, LEVELS} from '../../src/model/verdict.ts';
import {addGroup, cloneTally, emptyTally, mergeTally} from '../../src/state/tally.ts';
import {tallyArbitrary} from '../support/tally-arbitrary.ts';

const merged = (...tallies: Tally[]): Tally => tallies.reduce((into, other) => mergeTally(into, other), emptyTally());

describe('mergeTally', () => {
  it('is associative', () => {
    fc.assert(
      fc.property(tallyArbitrary, tallyArbitrary, tallyArbitrary, (a, b, c) => {
        expect(merged(merged(a, b), c)).toEqual(merged(a, merged(b, c)));
      }),
    );
  });

  it('has an empty element on both sides', () => {
    fc.assert(
      fc.property(tallyArbitrary, a => {
        expect(mergeTally(cloneTally(a), emptyTally())).toEqual(a);
        expect(mergeTally(emptyTally(), a)).toEqual(a);
      }),
    );
  });

  it('changes and returns the first and leaves the second alone', () => {
    fc.assert(
      fc.property(tallyArbitrary, tallyArbitrary, (a, b) => {
        const before = cloneTally(b);
        expect(mergeTally(a, b)).toBe(a);
        mergeTally(a, a);
        expect(b).toEqual(before);
      }),
    );
  });

  it('sums every count', () => {
    fc.assert(
      fc.property(fc.array(tallyArbitrary), tallies => {
        const all = merged(...tallies);
        const sum = (pick: (tally: Tally) => number): number => tallies.reduce((total, one) => total + pick(one), 0);
        for (const key of ['records', 'failures', 'blank', 'dropped', 'invalidUtf8'] as const) {
          expect(all[key]).toBe(sum(one => one[key]));
        }
        for (const level of LEVELS) expect(all.levels[level]).toBe(sum(one => one.levels[level]));
        for (const kind of FAILURE_KINDS) expect(all.failureKinds[kind]).toBe(sum(one => one.failureKinds[kind]));
      }),
    );
  });
});

describe('emptyTally', () => {
  it('names every level and failure with 0 and is new each time', () => {
    expect(Object.keys(emptyTally().levels).toSorted()).toEqual([...LEVELS].toSorted());
    expect(Object.keys(emptyTally().failureKinds).toSorted()).toEqual([...FAILURE_KINDS].toSorted());
    expect(emptyTally().groups).not.toBe(emptyTally().groups);
  });
});

describe('addGroup', () => {
  const sample = {text: 'x', message: 'm', generation: 1, line: 3, offset: 20};

  it('counts one line under its group and nothing else', () => {
    const tally = emptyTally();
    addGroup(tally, {kind: 'error', template: 'x', seenMs: 10, sample});
    addGroup(tally, {kind: 'error', template: 'x', seenMs: 12, sample: {...sample, line: 4}});
    const seen = {count: 2, firstSeenMs: 10, lastSeenMs: 12};
    const group = {kind: 'error', template: 'x', ...seen, sample: {...sample, line: 4}};
    expect(tally).toEqual({...emptyTally(), groups: new Map([[groupKey(group), group]])});
  });
});

describe('cloneTally', () => {
  it('shares nothing that merging changes', () => {
    fc.assert(
      fc.property(tallyArbitrary, tallyArbitrary, (a, b) => {
        const clone = cloneTally(a);
        expect(clone).toEqual(a);
        mergeTally(clone, b);
        mergeTally(clone, clone);
        expect(merged(cloneTally(a), b, merged(a, b))).toEqual(clone);
      }),
    );
  });
});
