import type {Random} from './random.ts';

/** Cuts a line into two to four pieces anywhere, inside a multibyte character as gladly as not. */
export const tornPieces = (line: string, random: Random): Buffer[] => {
  const bytes = Buffer.from(line);
  const cuts = Array.from({length: random.int(1, 3)}, () => random.int(1, bytes.length - 1)).toSorted((a, b) => a - b);
  return [0, ...cuts].map((cut, index) => bytes.subarray(cut, cuts[index]));
};
