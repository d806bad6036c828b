import fc from 'fast-check';
import type {LineKey} from '../../src/model/display-line.ts';
import type {HistoryPiece} from '../../src/model/task.ts';

/** A line as a naive history would keep it. */
export type NaiveLine = {readonly stream: 'stdout' | 'stderr'; readonly key: LineKey; readonly text: string};

/** Pieces in an order in which they may be added, and the lines that they hold. */
export type HistoryScript = {readonly pieces: readonly HistoryPiece[]; readonly lines: readonly NaiveLine[]};

type Step = {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: number;
  /** The batch ends behind this line. */
  readonly cut: boolean;
  readonly lost: boolean;
};

const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  stream: fc.constantFrom('stdout', 'stdout', 'stderr' as const),
  bytes: fc.oneof({weight: 30, arbitrary: fc.nat(40)}, fc.integer({min: 0, max: 30_000}), fc.constant(70_000)),
  cut: fc.boolean(),
  lost: fc.integer({min: 0, max: 20}).map(dice => dice === 0),
});

/**
 * Reads lines one by one from two streams, batches each stream at random, and hands stdout batches over
 * late, as parsing makes them: stderr overtakes. Now and then a batch is lost (dropped), or time passes.
 */
export const scriptArbitrary: fc.Arbitrary<HistoryScript> = fc
  .tuple(fc.array(stepArbitrary, {maxLength: 120}), fc.boolean(), fc.infiniteStream(fc.nat(9)))
  .map(([steps, hasVerdicts, dice]) => scriptOf(steps, hasVerdicts, () => dice.next().value));

const scriptOf = (steps: readonly Step[], hasVerdicts: boolean, roll: () => number): HistoryScript => {
  const queues: Record<'stdout' | 'stderr', HistoryPiece[]> = {stdout: [], stderr: []};
  const lines: NaiveLine[] = [];
  const places = {stdout: {line: 1, offset: 0}, stderr: {line: 1, offset: 0}};
  let [ordinal, sub, atMs] = [0, 0, 0];
  let open: Record<'stdout' | 'stderr', boolean> = {stdout: false, stderr: false};
  for (const {stream, bytes, cut, lost} of steps) {
    const key: LineKey = stream === 'stdout' ? [++ordinal, 0] : [ordinal, ++sub];
    if (roll() === 0) atMs += 800;
    const text = `${stream} ${key.join('.')} ${'x'.repeat(bytes)}`;
    const place = places[stream];
    // A stderr piece has one ordinal: stdout lines read in between end it.
    if (stream === 'stdout') open = {...open, stderr: false};
    if (!lost) {
      const piece: HistoryPiece = {
        stream, generation: 1, firstLine: place.line, firstOffset: place.offset, ordinal: key[0], sub: key[1],
        arrivedAtMs: atMs, lines: 1, bytes: Buffer.from(`${text}\n`), discarded: [], verdicts: null,
      };
      const queue = queues[stream];
      const last = open[stream] ? queue.pop() : undefined;
      queue.push(last === undefined ? piece : longer(last, piece));
      lines.push({stream, key, text});
    }
    places[stream] = {line: place.line + 1, offset: place.offset + text.length + 1};
    open = {...open, [stream]: !cut && !lost};
  }
  return {pieces: interleave(queues, roll).map(piece => (hasVerdicts ? withVerdicts(piece) : piece)), lines};
};

const longer = (piece: HistoryPiece, by: HistoryPiece): HistoryPiece => ({
  ...piece,
  lines: piece.lines + by.lines,
  bytes: Buffer.concat([piece.bytes, by.bytes]),
});

const interleave = (queues: Record<'stdout' | 'stderr', HistoryPiece[]>, roll: () => number): HistoryPiece[] => {
  const [stdout, stderr] = [[...queues.stdout], [...queues.stderr]];
  const order: HistoryPiece[] = [];
  while (stdout.length + stderr.length > 0) {
    const next = (roll() < 5 ? stdout.shift() : stderr.shift()) ?? stdout.shift() ?? stderr.shift();
    if (next !== undefined) order.push(next);
  }
  return order;
};

/** Verdicts that name the lines they belong to, as far as tests care. */
const withVerdicts = (piece: HistoryPiece): HistoryPiece => {
  if (piece.stream === 'stderr') return piece;
  const numbers = Array.from({length: piece.lines}, (_, index) => `{"line":${piece.firstLine + index}}\n`);
  return {...piece, verdicts: Buffer.from(numbers.join(''))};
};

/** The lines of pieces, by their keys. */
export const linesOf = (pieces: readonly HistoryPiece[]): NaiveLine[] =>
  pieces.flatMap(({stream, ordinal, sub, bytes}) =>
    Buffer.from(bytes)
      .toString()
      .split('\n')
      .slice(0, -1)
      .map((text, index): NaiveLine => ({
        stream,
        key: stream === 'stdout' ? [ordinal + index, sub] : [ordinal, sub + index],
        text,
      })),
  );
