/**
 * The candidate that was most likely meant, for "did you mean".
 *
 * @returns The one with the fewest edits (a swap of neighbours counts as one),
 *   or null when even that differs in more than a third of its letters.
 */
export const nearest = (word: string, candidates: readonly string[]): string | null => {
  let best: string | null = null;
  let bestEdits = Infinity;
  for (const candidate of candidates) {
    const edits =
      candidate.startsWith(word) && word.length > 2 ? 0.5 : editDistance(word.slice(0, MAX_CHARS), candidate);
    if (edits < bestEdits && edits <= Math.max(1, candidate.length / 3)) [best, bestEdits] = [candidate, edits];
  }
  return best;
};

/** Words beyond this are no misspelt option. */
const MAX_CHARS = 40;

const editDistance = (a: string, b: string): number => {
  let beforeLast: number[] = [];
  let last = Array.from({length: b.length + 1}, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
};

const at = (row: readonly number[], column: number): number => row[column] ?? Infinity;
