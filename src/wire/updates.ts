import {InternalError} from '../model/errors.ts';
import type {Snapshot} from '../model/snapshot.ts';
import {deltaOf} from './delta.ts';
import {LIGHTER, fittingFrames, lighterSnapshot, withNewestLines} from './fitting.ts';
import {MAX_FRAME_TO_CLIENT, type EngineMessage} from './protocol.ts';

/** What brings a client from one snapshot to another. */
export type Update = {
  /** One or more, one behind the other. */
  readonly frames: Buffer;
  /** What the client then has: the newest, or as much of it as fits into a frame. */
  readonly snapshot: Snapshot;
};

/** Encodes each step from one snapshot to the newest once, however many clients take it. */
export class Updates {
  readonly #maxBytes: number;
  #newest: Snapshot | null = null;
  /** By how many lines of a process the client shows, then by what it has taken in. */
  readonly #made = new Map<number, Map<Snapshot | null, Update>>();

  constructor(maxBytes = MAX_FRAME_TO_CLIENT) {
    this.#maxBytes = maxBytes;
  }

  /**
   * @param base What the client has taken in; null: nothing yet.
   * @param lines It shows so many newest lines of a process, and those of stderr.
   */
  update(base: Snapshot | null, newest: Snapshot, lines = Infinity): Update {
    if (this.#newest !== newest) this.#made.clear();
    this.#newest = newest;
    const ofLines = this.#made.get(lines) ?? new Map<Snapshot | null, Update>();
    this.#made.set(lines, ofLines);
    const made = ofLines.get(base) ?? this.#make(base, withNewestLines(newest, lines));
    ofLines.set(base, made);
    return made;
  }

  /** Lets go of what was made: nobody will ask for it again. */
  forget(): void {
    this.#newest = null;
    this.#made.clear();
  }

  #make(base: Snapshot | null, newest: Snapshot): Update {
    for (const lines of [Infinity, ...LIGHTER]) {
      const snapshot = lines === Infinity ? newest : lighterSnapshot(newest, lines);
      const frames = fittingFrames(stepTo(snapshot, base), this.#maxBytes);
      if (frames !== null) return {frames, snapshot};
    }
    throw new InternalError(`a snapshot of ${newest.processes.length} processes is larger than a frame may be`);
  }
}

const stepTo = (snapshot: Snapshot, base: Snapshot | null): readonly EngineMessage[] => {
  if (base === null) return [{kind: 'snapshot', snapshot}];
  const {processes = [], ...delta} = deltaOf(base, snapshot);
  return [...processes.map(process => ({kind: 'part', process}) as const), {kind: 'delta', delta}];
};
