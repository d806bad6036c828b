import type {Discarded} from '../model/task.ts';
import type {Batch} from './batch.ts';

const NEWLINE = 10;

/**
 * Cuts a batch in two behind its first `lines` lines. Both parts look into the same memory.
 *
 * @param lines From 1 to the batch's lines.
 * @returns The first part, and the rest; null when nothing is left.
 */
export const splitBatch = (batch: Batch, lines: number): [head: Batch, rest: Batch | null] => {
  if (lines >= batch.lines) return [batch, null];
  let at = 0;
  for (let line = 0; line < lines; line++) at = batch.bytes.indexOf(NEWLINE, at) + 1;
  const inHead = batch.discarded.filter(entry => entry.at < at);
  const inRest = batch.discarded.slice(inHead.length).map(entry => ({...entry, at: entry.at - at}));
  return [
    {...batch, bytes: batch.bytes.subarray(0, at), lines, discarded: inHead},
    {
      ...batch,
      bytes: batch.bytes.subarray(at),
      lines: batch.lines - lines,
      firstLine: batch.firstLine + lines,
      firstOffset: batch.firstOffset + at + sum(inHead),
      discarded: inRest,
    },
  ];
};

const sum = (discarded: readonly Discarded[]): number => discarded.reduce((total, entry) => total + entry.discarded, 0);
