import {groupKey, type ErrorGroup} from '../model/tally.ts';
import type {GroupName} from '../model/task.ts';

/** So many names are remembered. */
const MAX_NAMES = 65_536;

/** Names of error groups: each is one object, with a number by which it can be told where there is no room for words. */
export class GroupNames {
  readonly #byKind = new Map<ErrorGroup['kind'], Map<string, GroupName>>();
  #untold: GroupName[] = [];
  #size = 0;
  #made = 0;

  /** The name for a kind and a template. */
  nameOf(kind: ErrorGroup['kind'], template: string): GroupName {
    let ofKind = this.#byKind.get(kind);
    if (ofKind === undefined) this.#byKind.set(kind, (ofKind = new Map()));
    const known = ofKind.get(template);
    if (known !== undefined) return known;
    const name = {id: this.#made++, kind, template, key: groupKey({kind, template})};
    ofKind.set(template, name);
    this.#untold.push(name);
    this.#size++;
    return name;
  }

  /** Forgets all names where there are too many; their numbers are not given again. Returns whether it did. */
  makeRoom(): boolean {
    if (this.#size < MAX_NAMES) return false;
    this.#byKind.clear();
    this.#size = 0;
    return true;
  }

  /** Whether someone has to be told of new names. */
  get hasUntold(): boolean {
    return this.#untold.length > 0;
  }

  /** How many names there were so far, told or not. */
  get made(): number {
    return this.#made;
  }

  /** The new names, told with this. */
  tell(): readonly GroupName[] {
    const told = this.#untold;
    this.#untold = [];
    return told;
  }
}

/** Names that another thread has told, by number. */
export class ToldNames {
  readonly #names = new Map<number, GroupName>();
  #count = 0;

  /** How many were told so far. */
  get count(): number {
    return this.#count;
  }

  /** Takes what was told, in order. Names so old that the thread must have forgotten them are forgotten, too. */
  add(names: readonly GroupName[]): void {
    for (const name of names) {
      this.#names.set(name.id, name);
      this.#names.delete(name.id - 2 * MAX_NAMES);
    }
    this.#count += names.length;
  }

  /** The name with this number; it must have been told. */
  at(id: number): GroupName {
    return this.#names.get(id)!;
  }
}
