import type {Peeked} from '../model/task.ts';
import type {LaneHost, LaneInfo, LaneItem} from './lane-host.ts';
import {peekJob} from './lane-jobs.ts';
import type {Job} from './scheduler.ts';

export type LanePeeksOptions = {
  readonly lane: LaneInfo;
  readonly host: LaneHost;
  /** What waits for its verdicts, oldest first. */
  readonly queue: readonly LaneItem[];
  /** More was looked at. Not called once the books are closed. */
  readonly onPeeked: () => void;
};

/** Looks at what has come of a stream for `auto`, batch by batch, until its format is settled; nothing is judged before. */
export class LanePeeks {
  readonly #options: LanePeeksOptions;
  #next = 0;
  #nonBlank = 0;
  #isRunning = false;
  #isFrozen = false;

  constructor(options: LanePeeksOptions) {
    this.#options = options;
  }

  /** Nobody knows yet what the stream is. */
  get isUndecided(): boolean {
    const {lane, host} = this.#options;
    return lane.stream === 'stdout' && host.format().kind === 'auto';
  }

  /** All that is in the queue was looked at. */
  get hasSeenAll(): boolean {
    return !this.#isRunning && this.#next >= this.#options.queue.length;
  }

  /** The next job; null where there is nothing new to look at. */
  nextJob(): Job | null {
    const {lane, host, queue} = this.#options;
    const item = queue[this.#next];
    if (item === undefined || this.#isRunning) return null;
    this.#isRunning = true;
    return peekJob({lane, host, item, nonBlankBefore: this.#nonBlank, done: peeked => this.#peeked(item, peeked)});
  }

  /** The books are closed: what workers still answer is nobody's. */
  freeze(): void {
    this.#isFrozen = true;
  }

  async #peeked(item: LaneItem, peeked: Peeked | null): Promise<void> {
    if (this.#isFrozen) return;
    this.#next++;
    this.#isRunning = false;
    if (peeked !== null) await this.#take(item, peeked);
    this.#options.onPeeked();
  }

  async #take(item: LaneItem, peeked: Peeked): Promise<void> {
    const {host} = this.#options;
    this.#nonBlank = peeked.nonBlank;
    // What settles the format is printed with its verdicts, not before.
    item.peeked = peeked.found === 'undecided';
    host.busy(peeked.busyMs);
    await host.peeked(peeked);
    if (peeked.found !== 'undecided' && this.isUndecided) host.settle(peeked.found);
  }
}
