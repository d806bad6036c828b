import type {Guard} from '../model/guard.ts';
import {groupMembers} from './group-members.ts';

/** A pipe that is open so long after its process's exit is held by someone else. */
export const KEPT_OPEN_MS = 1000;
/** Looking costs tens of ms on a busy machine: while it lasts, it is done so often. */
const LOOK_EVERY_MS = 3000;

/** What there is to know of the output of a process that has exited. */
export type OpenOutput = {
  /** Monotonic ms of the exit, and of the last byte that came. */
  readonly endedAtMs: number;
  readonly lastOutputAtMs: number;
  /** Pids of those who hold it open, as far as one can see. */
  readonly find: () => readonly number[];
};

/** Who holds the output of an exited process open. */
export class PipeKeepers {
  #pids: readonly number[] | null = null;
  #lookedAtMs = -Infinity;

  /** Empty: somebody whom we can't see; null: nobody that we know of, or not to be asked now. */
  get pids(): readonly number[] | null {
    return this.#pids;
  }

  /**
   * Ten times a second.
   *
   * @param output Null when it is closed, or the process runs.
   * @returns Whether `pids` has changed.
   */
  tick(output: OpenOutput | null, nowMs: number): boolean {
    const before = String(this.#pids);
    if (output === null) this.forget();
    else if (nowMs - output.endedAtMs >= KEPT_OPEN_MS && nowMs - this.#lookedAtMs >= LOOK_EVERY_MS) {
      this.#look(output, nowMs);
    }
    return String(this.#pids) !== before;
  }

  /** A new run has begun. */
  forget(): void {
    this.#pids = null;
    this.#lookedAtMs = -Infinity;
  }

  #look({find, lastOutputAtMs}: OpenOutput, nowMs: number): void {
    const pids = find();
    // While something comes, it may be the rest of what was printed before the exit: nobody need hold it.
    const isSilent = nowMs - lastOutputAtMs >= KEPT_OPEN_MS;
    if (pids.length === 0 && !isSilent) return;
    this.#lookedAtMs = nowMs;
    this.#pids = pids;
  }
}

/**
 * Pids of those who hold pipes open, ascending.
 *
 * @param links What `/proc` calls the pipes; null for one without a name. Of
 *   such a pipe nothing can be told: then it is whoever is left of the process.
 * @param rest What is left of the process: its group, and what has left it.
 */
export const keepersOf = (
  links: readonly (string | null)[],
  guard: Guard,
  rest: {readonly groupId: number | null; readonly strays: readonly number[]},
): readonly number[] => {
  const named = guard.holders(links.filter(link => link !== null));
  if (links.every(link => link !== null)) return named;
  const {groupId, strays} = rest;
  const members = groupId === null ? [] : (groupMembers(groupId) ?? []);
  return [...new Set([...named, ...members.map(({pid}) => pid), ...strays])].toSorted((a, b) => a - b);
};
