import fc from 'fast-check';
import {groupKey} from '../../src/model/tally.ts';
import type {ErrorGroup, Tally} from '../../src/model/tally.ts';
import {FAILURE_KINDS, LEVELS} from '../../src/model/verdict.ts';

/** Groups of few kinds and templates, so that they meet; samples that tell when they were seen. */
export const groupArbitrary: fc.Arbitrary<ErrorGroup> = fc
  .record({
    kind: fc.constantFrom('error', 'fatal', 'invalid-json', 'timeout' as const),
    template: fc.constantFrom('a', 'b', 'c <n>', '(other)', ''),
    count: fc.integer({min: 1, max: 1000}),
    firstSeenMs: fc.nat(50),
    span: fc.nat(50),
    line: fc.nat(1e6),
  })
  .map(({span, line, ...group}) => ({
    ...group,
    lastSeenMs: group.firstSeenMs + span,
    sample: {text: `line ${line}`, message: '', generation: 1, line, offset: line * 10},
  }));

const counts = <K extends string>(keys: readonly K[]): fc.Arbitrary<Record<K, number>> =>
  fc
    .tuple(...keys.map(() => fc.nat(1e6)))
    .map(values => Object.fromEntries(keys.map((key, index) => [key, values[index] ?? 0])) as Record<K, number>);

/** Any tally whose groups are far below their cap. */
export const tallyArbitrary: fc.Arbitrary<Tally> = fc.record({
  records: fc.nat(1e6),
  failures: fc.nat(1e6),
  blank: fc.nat(1e6),
  dropped: fc.nat(1e6),
  invalidUtf8: fc.nat(1e6),
  levels: counts(LEVELS),
  failureKinds: counts(FAILURE_KINDS),
  groups: fc
    .uniqueArray(groupArbitrary, {selector: groupKey})
    .map(groups => new Map(groups.map(group => [groupKey(group), group]))),
});
