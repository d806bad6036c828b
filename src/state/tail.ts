import {compareKeys, TAIL_LINES} from '../model/display-line.ts';
import type {DisplayLine} from '../model/display-line.ts';

/** The newest lines of a process in order of arrival, at most `TAIL_LINES`, whatever order they come in. */
export class Tail {
  #lines: readonly DisplayLine[] = [];

  /**
   * Puts lines in their places: stderr overtakes stdout lines that are still being parsed. A judged line
   * replaces the undecided one of its key; of two others with one key the first stays.
   */
  push(lines: readonly DisplayLine[]): void {
    let next: DisplayLine[] | null = null;
    for (const line of lines) {
      const current: readonly DisplayLine[] = next ?? this.#lines;
      const at = placeOf(current, line);
      const same = current[at - 1];
      if (same !== undefined && compareKeys(same.key, line.key) === 0) {
        if (same.kind !== 'undecided' || line.kind === 'undecided') continue;
        next ??= [...this.#lines];
        next[at - 1] = line;
      } else if (at > 0 || current.length < TAIL_LINES) {
        next ??= [...this.#lines];
        next.splice(at, 0, line);
        if (next.length > TAIL_LINES) next.shift();
      }
    }
    if (next !== null) this.#lines = next;
  }

  /** Oldest first; the same array while nothing has changed, and never changed itself. */
  lines(): readonly DisplayLine[] {
    return this.#lines;
  }
}

/** Index behind the last line whose key is not greater. New lines mostly belong at the end. */
const placeOf = (lines: readonly DisplayLine[], line: DisplayLine): number => {
  let at = lines.length;
  while (at > 0 && compareKeys(lines[at - 1]!.key, line.key) > 0) at--;
  return at;
};
