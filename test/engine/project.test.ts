import {expect, test} from 'vitest';
import {imbalance} from '../../src/engine/project.ts';
import type {Ledger} from '../../src/model/ledger.ts';
import type {ProcessSnapshot} from '../../src/model/snapshot.ts';

const books = (change: Partial<Ledger>): Ledger => ({
  linesIn: 10, bytesIn: 100, records: 4, failures: 3, blank: 1, dropped: 1, pending: 1, ...change,
});

const process = (ledger: Ledger, generationLedger = books({})): ProcessSnapshot =>
  ({name: 'web', ledger, generationLedger}) as ProcessSnapshot;

test('books that balance are true', () => {
  expect(imbalance([process(books({})), process(books({}))])).toBeNull();
});

test.each([
  ['a line that nobody booked', books({linesIn: 11}), 'off by 1 lines'],
  ['a line booked twice', books({records: 5}), 'off by -1 lines'],
])('%s is told with its process', (_title, ledger, words) => {
  expect(imbalance([process(books({})), process(ledger)])).toContain(words);
  expect(imbalance([process(ledger)])).toContain('ledger of web');
  expect(imbalance([process(books({}), ledger)])).toContain('generationLedger of web');
});
