/** The bytes that JSON makes something of, and some that it must refuse. */
export const JSON_BYTES = '{}[]:,"\\-+.eE019tfnrualsx/b \t\r\f\v\u0000\u001f\u007fé'.split('');

/** One to three times: flips a bit, cuts, inserts or repeats a piece, swaps two bytes, or puts a byte of JSON's in. */
export const mutated = (json: Buffer, corpus: readonly Buffer[], below: (limit: number) => number): Buffer => {
  let line = Buffer.from(json);
  for (let times = 1 + below(3); times > 0; times--) line = mutateOnce(line, corpus, below);
  return line;
};

const mutateOnce = (line: Buffer, corpus: readonly Buffer[], below: (limit: number) => number): Buffer<ArrayBuffer> => {
  const at = below(line.length + 1);
  const [before, after] = [line.subarray(0, at), line.subarray(at)];
  switch (below(6)) {
    case 0: {
      const flipped = Buffer.from(line);
      if (at < line.length) flipped[at]! ^= 1 << below(8);
      return flipped;
    }
    case 1:
      return Buffer.concat([before, after.subarray(1 + below(4))]);
    case 2:
      return Buffer.from(before);
    case 3: {
      const other = corpus[below(corpus.length)]!;
      const from = below(other.length);
      return Buffer.concat([before, other.subarray(from, from + 1 + below(6)), after]);
    }
    case 4: {
      const swapped = Buffer.from(line);
      const other = below(line.length + 1);
      if (at < line.length && other < line.length) [swapped[at], swapped[other]] = [swapped[other]!, swapped[at]!];
      return swapped;
    }
    default:
      return Buffer.concat([before, Buffer.from(JSON_BYTES[below(JSON_BYTES.length)]!), after.subarray(below(2))]);
  }
};
