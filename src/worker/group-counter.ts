import {MAX_GROUPS, MAX_SAMPLE_CHARS, OTHER_TEMPLATE, type ErrorGroup, type Tally} from '../model/tally.ts';
import type {PickedLine} from '../scan/scanner.ts';
import {mergeGroups} from '../state/merge-groups.ts';
import type {LineCursor} from './line-cursor.ts';

type Kind = ErrorGroup['kind'];

/** A group of this batch, and where its newest line is. */
type Counted = {readonly kind: Kind; readonly template: string; count: number; index: number; start: number};

/** Counts the lines of error groups; of each group only the newest line is looked at again, at the end. */
export class GroupCounter {
  /** By kind, then by template: a key made of both would have to be made for each line. */
  readonly #groups = new Map<Kind, Map<string, Counted>>();
  readonly #inOrder: Counted[] = [];

  /** Counts lines under their group, of which this is the newest one. */
  count(kind: Kind, template: string, {index, start}: Pick<PickedLine, 'index' | 'start'>, count = 1): void {
    const ofKind = this.#ofKind(kind);
    const known = ofKind.get(template);
    if (known !== undefined) {
      known.count += count;
      if (index > known.index) [known.index, known.start] = [index, start];
    } else if (this.#inOrder.length < MAX_GROUPS || template === OTHER_TEMPLATE) {
      const counted = {kind, template, count, index, start};
      ofKind.set(template, counted);
      this.#inOrder.push(counted);
    } else {
      this.count(kind, OTHER_TEMPLATE, {index, start}, count);
    }
  }

  #ofKind(kind: Kind): Map<string, Counted> {
    const known = this.#groups.get(kind);
    if (known !== undefined) return known;
    const made = new Map<string, Counted>();
    this.#groups.set(kind, made);
    return made;
  }

  /**
   * Adds the groups to a tally.
   *
   * @param cursor Moved about.
   * @param options `messageOf`: what the parser says of a line.
   */
  addTo(
    tally: Tally,
    cursor: LineCursor,
    options: {seenMs: number; generation: number; messageOf: (kind: Kind, text: string) => string},
  ): void {
    const groups: ErrorGroup[] = [];
    for (const {kind, template, count, index, start} of this.#inOrder) {
      cursor.moveTo(index, start);
      const text = cursor.text();
      const place = {generation: options.generation, line: cursor.number, offset: cursor.offset};
      const sample = {text: text.slice(0, MAX_SAMPLE_CHARS), message: options.messageOf(kind, text), ...place};
      groups.push({kind, template, count, firstSeenMs: options.seenMs, lastSeenMs: options.seenMs, sample});
    }
    mergeGroups(tally.groups, groups);
  }
}
