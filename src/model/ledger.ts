/**
 * The books of one process: at every moment
 * `linesIn = records + failures + blank + dropped + pending`.
 *
 * Double-entry: `linesIn` is counted where bytes are read, `pending` where
 * batches wait, the rest by the workers and by overload drops. None of them is
 * ever computed from the others.
 */
export type Ledger = {
  /** Lines read: one a newline, plus one for an unterminated last line at EOF. */
  readonly linesIn: number;
  /** Bytes read from stdout, newlines included. */
  readonly bytesIn: number;
  /** Lines that their parser accepted. */
  readonly records: number;
  /** Lines that their parser refused. */
  readonly failures: number;
  /** Lines of nothing but 0x20 and 0x09–0x0D. */
  readonly blank: number;
  /** Lines given up by an overload policy. */
  readonly dropped: number;
  /** Whole lines read and not yet judged. */
  readonly pending: number;
};

/** What is missing from (positive) or too much in (negative) the books; 0 when the ledger is true. */
export const ledgerGap = (ledger: Ledger): number =>
  ledger.linesIn - ledger.records - ledger.failures - ledger.blank - ledger.dropped - ledger.pending;
