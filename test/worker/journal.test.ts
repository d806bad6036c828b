import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {FAILURE_KINDS, type Verdict} from '../../src/model/verdict.ts';
import {MAX_RECORD_JSON_CHARS} from '../../src/parse/custom.ts';
import {Journal, replay} from '../../src/worker/journal.ts';

const record = (value: Record<string, unknown>): Verdict => ({kind: 'record', value});

const note = (journal: Journal, verdict: Verdict): void => {
  journal.begin();
  journal.finish(verdict, verdict.kind === 'record' ? JSON.stringify(verdict.value) : '');
};

const anyVerdict: fc.Arbitrary<Verdict> = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue()).map(value => record(JSON.parse(JSON.stringify(value)))),
  fc.record({
    kind: fc.constant('failure' as const),
    failure: fc.constantFrom(...FAILURE_KINDS),
    message: fc.string({unit: 'binary'}),
  }),
);

describe('a journal', () => {
  test('begins empty', () => {
    const journal = new Journal(Journal.allocate());
    expect([journal.begun, journal.done, journal.hasRoom]).toEqual([0, 0, true]);
    expect([...replay(journal.verdicts())]).toEqual([]);
  });

  test('gives back any verdicts, in order, to whoever looks into its memory', () => {
    fc.assert(
      fc.property(fc.array(anyVerdict, {maxLength: 20}), verdicts => {
        const shared = Journal.allocate();
        const journal = new Journal(shared);
        for (const verdict of verdicts) note(journal, verdict);
        expect([...replay(new Journal(shared).verdicts())]).toEqual(verdicts);
        expect([journal.begun, journal.done]).toEqual([verdicts.length, verdicts.length]);
      }),
    );
  });

  test('tells a line that was begun from one that is done', () => {
    const journal = new Journal(Journal.allocate());
    note(journal, record({n: 1}));
    journal.begin();
    expect([journal.begun, journal.done]).toEqual([2, 1]);
  });

  test('grows for verdicts of any size until it has no room, and never beyond its bounds', () => {
    const shared = Journal.allocate();
    const journal = new Journal(shared);
    const large = record({text: '\u20ac'.repeat(MAX_RECORD_JSON_CHARS - 100)});
    let count = 0;
    while (journal.hasRoom) {
      note(journal, large);
      count++;
    }
    expect(count).toBeGreaterThan(0);
    expect(shared.byteLength).toBeLessThanOrEqual(shared.maxByteLength);
    expect([...replay(journal.verdicts())]).toEqual(Array.from({length: count}, () => large));
  });

  test('gives verdicts that stay as they are when more are noted', () => {
    const journal = new Journal(Journal.allocate());
    note(journal, record({n: 1}));
    const verdicts = journal.verdicts();
    note(journal, record({n: 2}));
    expect([...replay(verdicts)]).toEqual([record({n: 1})]);
    expect(verdicts.buffer).toBeInstanceOf(ArrayBuffer);
  });
});

describe('a copy', () => {
  test('holds what was answered and what was begun', () => {
    const shared = Journal.allocate();
    const journal = new Journal(shared);
    note(journal, record({n: 1}));
    journal.begin();
    const copy = new Journal(Journal.copy(shared));
    expect([copy.begun, copy.done]).toEqual([2, 1]);
    expect([...replay(copy.verdicts())]).toEqual([record({n: 1})]);
  });

  test('of a large journal can grow on', () => {
    const shared = Journal.allocate();
    const large = record({text: 'x'.repeat(100_000)});
    note(new Journal(shared), large);
    const copy = new Journal(Journal.copy(shared));
    note(copy, large);
    expect([...replay(copy.verdicts())]).toEqual([large, large]);
  });

  test('lets the old worker begin nothing more', () => {
    const shared = Journal.allocate();
    const old = new Journal(shared);
    note(old, record({n: 1}));
    Journal.copy(shared);
    expect(() => old.begin()).toThrow('taken over');
  });

  test('does not see what the old worker finishes late', () => {
    const shared = Journal.allocate();
    const old = new Journal(shared);
    old.begin();
    const copy = new Journal(Journal.copy(shared));
    old.finish(record({late: true}), '{"late":true}');
    copy.finish({kind: 'failure', failure: 'timeout', message: 'too late'}, '');
    note(copy, record({n: 2}));
    expect([...replay(copy.verdicts())]).toEqual([
      {kind: 'failure', failure: 'timeout', message: 'too late'},
      record({n: 2}),
    ]);
  });

  test('counts a verdict that was written though it was not yet noted as done', () => {
    const shared = Journal.allocate();
    const old = new Journal(shared);
    note(old, record({n: 1}));
    const DONE = 1;
    Atomics.store(new Int32Array(shared, 0, 3), DONE, 0);
    expect(new Journal(Journal.copy(shared)).done).toBe(1);
  });
});

test('replay ignores a verdict without its end', () => {
  expect([...replay(Buffer.from('r{"a":1}\nr{"b"'))]).toEqual([record({a: 1})]);
});
