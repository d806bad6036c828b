import {MAX_GROUPS, OTHER_TEMPLATE, type ErrorGroup, type Tally} from '../model/tally.ts';
import type {BatchPlace, GroupedLines, GroupName} from '../model/task.ts';
import {mergeGroups} from '../state/merge-groups.ts';
import type {GroupNames} from './group-names.ts';
import type {LineCursor} from './line-cursor.ts';
import {sampleAt} from './line-sample.ts';

type Counted = {readonly name: GroupName; count: number; index: number; start: number};

/** Counts the lines of error groups; of each group only the newest line is looked at again, at the end. */
export class GroupCounter {
  readonly #names: GroupNames;
  readonly #groups = new Map<GroupName, Counted>();
  /** What there is no room for, of the kind that was asked for last. */
  #other: GroupName | null = null;

  constructor(names: GroupNames) {
    this.#names = names;
  }

  /** What was counted: how many lines of each group, and which was the newest. */
  get counted(): readonly GroupedLines[] {
    return [...this.#groups.values()];
  }

  /** Counts lines under their group, of which this is the newest one. */
  count(name: GroupName, index: number, start: number, count = 1): void {
    const known = this.#groups.get(name);
    if (known !== undefined) {
      known.count += count;
      if (index > known.index) {
        known.index = index;
        known.start = start;
      }
    } else if (this.#groups.size < MAX_GROUPS || name.template === OTHER_TEMPLATE) {
      this.#groups.set(name, {name, count, index, start});
    } else {
      this.count(this.#otherOf(name.kind), index, start, count);
    }
  }

  #otherOf(kind: GroupName['kind']): GroupName {
    if (this.#other?.kind !== kind) this.#other = this.#names.nameOf(kind, OTHER_TEMPLATE);
    return this.#other;
  }

  /**
   * Adds the groups to a tally.
   *
   * @param cursor Moved about.
   */
  addTo(tally: Tally, cursor: LineCursor, {arrivedAtMs, generation}: Pick<BatchPlace, 'arrivedAtMs' | 'generation'>): void {
    const groups: ErrorGroup[] = [];
    for (const {name, count, index, start} of this.#groups.values()) {
      cursor.moveTo(index, start);
      const {kind, template} = name;
      const sample = sampleAt(cursor, kind, generation);
      groups.push({kind, template, count, firstSeenMs: arrivedAtMs, lastSeenMs: arrivedAtMs, sample});
    }
    mergeGroups(tally.groups, groups);
  }
}
