import type {BatchBytes, ParseTask} from '../../src/model/task.ts';

/** A batch of the given lines, at the start of a first run unless `place` says otherwise. */
export const batchBytes = (content: string | Uint8Array, place: Partial<BatchBytes> = {}): BatchBytes => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    bytes,
    lines: bytes.filter(byte => byte === 10).length,
    discarded: [],
    generation: 1,
    firstLine: 1,
    firstOffset: 0,
    ordinal: 1,
    sub: 0,
    arrivedAtMs: ARRIVED_AT_MS,
    ...place,
  };
};

/** The arrival of all batches that say nothing else. */
export const ARRIVED_AT_MS = 1_700_000_000_000;

/** A task over such a batch: JSON, every line, 64 lines of tail, nothing emitted. */
export const parseTask = (content: string | Uint8Array, options: Partial<ParseTask> = {}): ParseTask => ({
  kind: 'parse',
  shared: null,
  ...batchBytes(content, options),
  stream: 'stdout',
  format: {kind: 'json'},
  maxLineBytes: 65_536,
  sampleEvery: 1,
  tailLines: 64,
  samples: true,
  ansi: false,
  emit: null,
  journal: null,
  recover: null,
  budgetMs: Infinity,
  ...options,
});
